import { oneOfInstances } from "#library/contract/behaviour.ts";
import { contentOf, hitRatioOf, hitsInWords } from "#library/contract/cached-content.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

/** What a write journey does at the cache. */
const writesUnder = {
  "cache-aside": "invalidate",
  "read-through": "through",
  "write-through": "through",
  "write-behind": "behind",
  "write-around": "around",
  "refresh-ahead": "through",
} as const;

export default defineKind({
  id: "cache",
  title: "Cache",
  category: "cache",
  role: "cache",
  summary: "Answers repeated reads from memory, so that the store behind sees only the rest.",
  keywords: ["redis", "memcached", "valkey", "elasticache", "in-memory", "session store", "lru"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  hitRatio: hitRatioOf,
  content: (stated) =>
    contentOf(stated, {
      refreshWindow: stated.strategy === "refresh-ahead" ? (stated.refreshWindow ?? 0) : 0,
      writesUpdateCopies: stated.strategy !== "write-around",
      flushMs: stated.strategy === "write-behind" ? stated.flushMs : null,
    }),
  edges: ({ strategy }) => ({
    incomingMode: "synchronous",
    cacheAside: strategy === "cache-aside" || strategy === "write-around",
    writes: writesUnder[strategy],
  }),
  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: two crashes a year and instance, restarted by an orchestrator."),
  caption: (stated) => `cache, ${stated.instances} × ${hitsInWords(stated)}`,
  presets: [
    { title: "Redis, one shard", settings: { capacityPerSecond: 80_000, latencyMs: 0.2 } },
    { title: "Redis Cluster, 3 shards", settings: { instances: 3, dispatch: "hash" } },
    { title: "Memcached, 4 cores", settings: { concurrency: 4, capacityPerSecond: 800_000, latencyMs: 0.2 } },
    {
      title: "ElastiCache over two zones",
      settings: { instances: 2, latencyMs: 0.5, mtbfHours: 9999, mttrMinutes: 60 },
    },
    {
      title: "4 GB for 10 million objects of 1 kB",
      settings: { keys: 10_000_000, objectBytes: 1000, memoryBytes: 4_000_000_000 },
    },
  ],
});
