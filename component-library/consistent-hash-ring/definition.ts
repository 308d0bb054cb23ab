import { dispatchOf, oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { keySpreadOf } from "#library/contract/hashed-keys.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "consistent-hash-ring",
  title: "Consistent hash ring",
  category: "data",
  role: "router",
  summary: "Places keys on a ring, so that adding a node moves only that node's share of the keys.",
  keywords: ["hashing", "ring", "dht", "partitioning", "ketama", "dynamo", "placement"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  routing: ({ policy }) => dispatchOf(policy),
  hashedKeys: (stated) => (stated.policy === "hash" ? keySpreadOf(stated, stated.virtualNodes) : null),
  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: two crashes a year and instance, restarted by an orchestrator."),
  caption: ({ virtualNodes }) => `hash ring, ${virtualNodes} points a node`,
  presets: [
    { title: "Memcached client with ketama", settings: { virtualNodes: 160 } },
    { title: "Cassandra ring, 16 tokens a node", settings: { virtualNodes: 16 } },
  ],
});
