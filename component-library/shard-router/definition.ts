import { dispatchOf, oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { keySpreadOf } from "#library/contract/hashed-keys.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "shard-router",
  title: "Shard router",
  category: "data",
  role: "router",
  summary: "Sends each request to the shard that holds its key.",
  keywords: ["sharding", "partitioning", "vitess", "mongos", "citus", "twemproxy", "proxysql"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  routing: ({ policy }) => dispatchOf(policy),
  hashedKeys: (stated) => (stated.policy === "hash" ? keySpreadOf(stated, null) : null),
  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: two crashes a year and instance, restarted by an orchestrator."),
  caption: ({ instances, policy }) => `shard router, ${instances} × ${policy}`,
  presets: [
    {
      title: "Vitess gateway, 4 cores",
      settings: { instances: 2, concurrency: 4, capacityPerSecond: 40_000, latencyMs: 1 },
    },
    {
      title: "MongoDB mongos, 4 cores",
      settings: { instances: 2, concurrency: 4, capacityPerSecond: 30_000, latencyMs: 0.5 },
    },
  ],
});
