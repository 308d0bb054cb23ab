import { defineKind } from "#library/contract/define-kind.ts";
import { withStandbys } from "#library/contract/replication.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "shard",
  title: "Shard",
  category: "data",
  role: "store",
  summary: "One part of a database that is split by key: the primary of that part.",
  keywords: ["partition", "sharding", "horizontal partitioning", "vitess", "citus", "mongodb"],
  version: 1,
  settings,
  serving: servingOf,
  visit,

  reliability: (stated) => withStandbys(stated, "Estimate: two crashes a year, an hour to restore without a standby."),
  caption: ({ instances, concurrency }) =>
    instances === 1 ? `shard, ${concurrency}` : `${instances} shards × ${concurrency}`,
  presets: [
    { title: "PostgreSQL or MySQL shard, 4 vCPU", settings: { concurrency: 4, capacityPerSecond: 2800 } },
    { title: "Sixteen shards by hash", settings: { instances: 16, dispatch: "hash" } },
    {
      title: "MongoDB shard, 8 vCPU",
      settings: { concurrency: 8, capacityPerSecond: 16_000, latencyMs: 2, standbys: 2 },
    },
  ],
});
