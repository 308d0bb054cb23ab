import { defineKind } from "#library/contract/define-kind.ts";
import { keySpreadOf } from "#library/contract/hashed-keys.ts";
import { quorumOf, withStandbys } from "#library/contract/replication.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "key-value-store",
  title: "Key-value store",
  category: "data",
  role: "store",
  summary: "Keeps values by key over many partitions: wide-column, document and key-value databases.",
  keywords: [
    "nosql",
    "dynamodb",
    "cassandra",
    "scylladb",
    "mongodb",
    "wide-column",
    "document",
    "bigtable",
    "hbase",
    "riak",
  ],
  version: 1,
  settings,
  serving: servingOf,
  visit,

  quorum: quorumOf,
  hashedKeys: (stated) => keySpreadOf(stated, null),
  reliability: (stated) => withStandbys(stated, "SLA of a managed store, 99.99 %, over hour-long outages."),
  caption: ({ instances, concurrency }) => `key-value store, ${instances} × ${concurrency}`,
  presets: [
    {
      title: "DynamoDB, one partition, reads",
      settings: { instances: 1, concurrency: 12, capacityPerSecond: 3000, latencyMs: 4 },
    },
    {
      title: "DynamoDB, one partition, writes",
      settings: { instances: 1, concurrency: 6, capacityPerSecond: 1000, latencyMs: 6 },
    },
    { title: "DynamoDB, new on-demand table, reads", settings: { instances: 4, dispatch: "hash" } },
    {
      title: "Cassandra, 3 nodes",
      settings: {
        instances: 3,
        concurrency: 16,
        capacityPerSecond: 5000,
        latencyMs: 4,
        mtbfHours: 4380,
        mttrMinutes: 60,
      },
    },
    {
      title: "MongoDB, 8 vCPU",
      settings: {
        concurrency: 8,
        capacityPerSecond: 16_000,
        latencyMs: 1,
        mtbfHours: 4380,
        mttrMinutes: 60,
        standbys: 2,
      },
    },
  ],
});
