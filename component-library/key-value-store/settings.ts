import * as v from "valibot";
import { hashedKeysSettings } from "#library/contract/hashed-keys.ts";
import { quorumSettings, replicationMode, standbys } from "#library/contract/replication.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { published } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 12,
    capacityPerSecond: 3000,
    latencyMs: 4,
    mtbfHours: 9999,
    mttrMinutes: 60,
    sources: {
      capacity: published(
        "DynamoDB: one partition serves 3 000 reads of 4 kB or 1 000 writes of 1 kB a second. One instance is one partition.",
        "vendor",
      ),
      latency: published("DynamoDB promises single-digit milliseconds; about 4 ms a read and 6 ms a write.", "vendor"),
      failure: published(
        "DynamoDB promises 99.99 % (list of 2019): 9 999 h between outages of one hour.",
        "vendor",
        "2019",
      ),
    },
  }),
  v.object({ replication: replicationMode("asynchronous"), standbys }),
  quorumSettings,
  hashedKeysSettings("the partitions"),
]);

export type KeyValueStoreSettings = v.InferOutput<typeof settings>;
