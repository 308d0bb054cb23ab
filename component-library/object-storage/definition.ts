import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "object-storage",
  title: "Object storage",
  category: "data",
  role: "store",
  summary: "Keeps files and blobs by name, cheaply and durably, with a slow first byte.",
  keywords: ["s3", "blob", "bucket", "gcs", "minio", "files", "images", "backup", "data lake"],
  version: 1,
  settings,
  serving: servingOf,
  visit,

  reliability: (stated) => oneOfInstances(stated, "SLA of a managed object store, 99.9 %, over hour-long outages."),
  caption: ({ instances }) => (instances === 1 ? "object storage" : `object storage, ${instances} prefixes`),
  presets: [
    { title: "Amazon S3, reads", settings: { capacityPerSecond: 5500 } },
    { title: "Amazon S3, writes", settings: { concurrency: 525, capacityPerSecond: 3500, latencyMs: 150 } },
    {
      title: "MinIO on 4 nodes",
      settings: {
        instances: 4,
        concurrency: 64,
        capacityPerSecond: 2000,
        latencyMs: 32,
        mtbfHours: 4380,
        mttrMinutes: 60,
      },
    },
  ],
});
