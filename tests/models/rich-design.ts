import { client, type DesignText, serves } from "./design-reports.ts";

const content = { ...serves(0.01, 8), keys: 10_000, memoryBytes: 1000, objectBytes: 1, skew: 0.8 };

/** With `retriedDesign` every construct that gives a figure of its own, so that reports of both have every number that there is. */
export const richDesign: DesignText = {
  nodes: [
    client,
    ["users", "client"],
    ["desk", "service", { ...serves(20), latencyMs: 20 }],
    ["edge", "api-gateway", { ...serves(0.1, 8), rateLimitPerSecond: 400, limiterPolicy: "leaky-bucket", burst: 500 }],
    ["cdn", "cdn", { ...content, memoryBytes: 100, ttlMs: 5000, recomputeMs: 200 }],
    ["api", "service", serves(5, 8, { instances: 3, patienceMs: 50, holdsWorkerWhileWaiting: false })],
    ["redis", "cache", { ...content, strategy: "refresh-ahead", refreshWindow: 0.2, ttlMs: 60_000 }],
    ["buffer", "cache", { ...serves(0.01, 8), hitRatio: 0.5, strategy: "write-behind", flushMs: 100 }],
    ["db", "relational-database", serves(2, 16)],
    ["copy", "read-replica", serves(4, 4)],
    ["kv", "key-value-store", serves(4, 16, { replicas: 3, writeQuorum: 1, readQuorum: 1 })],
    ["ring", "consistent-hash-ring", { ...serves(0.01, 64), virtualNodes: 20, keys: 1000, keySkew: 0.5 }],
    ["shard", "service", serves(2, 4, { instances: 4 })],
    ["scaled", "service", serves(8, 2, { minInstances: 1, maxInstances: 6 })],
    ["log", "stream", { partitions: 2, partitionSkew: 1, retentionHours: 1, rebalancePauseMs: 3000 }],
    ["worker", "worker", serves(45, 1, { instances: 3 })],
    ["aside", "cache", { ...content, strategy: "write-around", ttlMs: 30_000 }],
  ],
  edges: [
    ["client", "edge", { networkMs: 20 }],
    ["edge", "cdn"],
    ["cdn", "api"],
    ["users", "desk"],
    ["api", "redis", { condition: "read" }],
    ["redis", "buffer"],
    [
      "buffer",
      "db",
      { connectionPool: 6, payloadBytes: 2000, bandwidthBytesPerSecond: 2_000_000, networkMs: 1, timeoutMs: 200 },
    ],
    ["api", "kv", { condition: "read", calls: 0.5, timeoutMs: 9, retries: 2, circuitBreaker: { failureRatio: 0.02 } }],
    ["api", "copy", { condition: "read", calls: 0.5, timeoutMs: 60, retries: 2 }],
    ["db", "copy", { networkMs: 1 }],
    ["api", "db", { condition: "write" }],
    ["api", "ring", { condition: "read", calls: 0.5 }],
    ["ring", "shard"],
    ["api", "scaled", { payloadBytes: 500 }],
    ["api", "log", { condition: "write" }],
    ["log", "worker"],
    ["shard", "aside"],
  ],
  journeys: [
    { id: "get", source: "client", ratePerSecond: 300, latencyTargets: [{ percentile: 99, ms: 100 }] },
    { id: "put", source: "client", operation: "write", ratePerSecond: 30 },
    { id: "ask", source: "users", users: 20, thinkTimeMs: 1000 },
  ],
  requirements: { recordsPerDay: 1_000_000, recordBytes: 1000, retentionDays: 30 },
};

/** Retries that feed themselves before any part is full: by itself, for the search for where that begins takes long. */
export const retriedDesign: DesignText = {
  nodes: [client, ["batch", "service", serves(0.001)], ["flaky", "service", serves(10)]],
  edges: [
    ["client", "batch"],
    ["batch", "flaky", { timeoutMs: 100, retries: 3 }],
  ],
  journeys: [{ id: "tick", source: "client", ratePerSecond: 75 }],
};
