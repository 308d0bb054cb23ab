import * as v from "valibot";
import { replicationMode } from "#library/contract/replication.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { published } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 550,
    capacityPerSecond: 5500,
    latencyMs: 100,
    mtbfHours: 999,
    mttrMinutes: 60,
    sources: {
      capacity: published(
        "Amazon S3: 5 500 reads and 3 500 writes a second for each prefix. One instance is one prefix.",
        "secondary",
      ),
      latency: published("Amazon S3: 100 to 200 ms to the first byte.", "secondary"),
      failure: published(
        "Amazon S3 promises 99.9 % (list of 2019): 999 h between outages of one hour.",
        "vendor",
        "2019",
      ),
    },
  }),
  v.object({ replication: replicationMode("asynchronous") }),
]);

export type ObjectStorageSettings = v.InferOutput<typeof settings>;
