import fc from "fast-check";
import { catalogue } from "#library/catalogue.ts";

/** Kinds that can stand in the middle of a design. */
const kinds = [...catalogue.values()].filter((kind) => !kind.isContainer && kind.role !== "source");
const containers = ["zone-a", "zone-b"];

const serviceMs = fc.constantFrom(0.2, 1, 5, 20);
const settings = fc.record(
  {
    instances: fc.constantFrom(1, 2, 3, 8),
    concurrency: fc.constantFrom(1, 2, 4, 16),
    serviceMs,
    extraMs: fc.constantFrom(0, 0, 3),
    variability: fc.constantFrom(0, 0.5, 1, 2),
    dispatch: fc.constantFrom("shared-queue", "random", "round-robin", "least-connections", "power-of-two", "hash"),
    queueLimit: fc.constantFrom(0, 3, 20),
    instanceWeights: fc.constantFrom("2, 1", "1, 0, 3"),
    discipline: fc.constantFrom("first-come", "processor-sharing"),
    patienceMs: fc.constantFrom(0.5, 10, 1000),
    contention: fc.constantFrom(0, 0.05, 1),
    coherency: fc.constantFrom(0, 0.002, 0.1),
    holdsWorkerWhileWaiting: fc.boolean(),
    hitRatio: fc.constantFrom(0, 0.5, 0.9, 1),
    strategy: fc.constantFrom(
      "cache-aside",
      "read-through",
      "write-through",
      "write-behind",
      "write-around",
      "refresh-ahead",
    ),
    policy: fc.constantFrom("round-robin", "random", "least-connections", "power-of-two", "hash"),
    replication: fc.constantFrom("synchronous", "asynchronous"),
    rateLimitPerSecond: fc.constantFrom(20, 200),
    partitions: fc.constantFrom(1, 3, 12),
    partitionSkew: fc.constantFrom(0, 1),
    retentionHours: fc.constantFrom(1, 168),
    maxMessages: fc.constantFrom(100, 1_000_000),
    batchSize: fc.constantFrom(1, 4, 50),
    batchFixedMs: fc.constantFrom(0, 5),
    lingerMs: fc.constantFrom(0, 20),
    maxInstances: fc.constantFrom(4, 20),
    minInstances: fc.constantFrom(1, 2),
    replicas: fc.constantFrom(3, 5),
    writeQuorum: fc.constantFrom(1, 2),
    readQuorum: fc.constantFrom(1, 3),
    limiterPolicy: fc.constantFrom("token-bucket", "leaky-bucket", "fixed-window", "sliding-log", "sliding-counter"),
    burst: fc.constantFrom(1, 5, 1000),
    windowMs: fc.constantFrom(10, 1000, 60_000),
  },
  { requiredKeys: ["concurrency", "serviceMs"] },
);

/** Settings of how requests wait; they stand in designs of their own, so that the others stay as simple as they are. */
const waitingSettings = new Set(["instanceWeights", "discipline", "patienceMs", "contention", "coherency"]);

/** What caches hold, how keys are spread, and reads that ask several parts at once. */
const keyedSettings = fc.record(
  {
    keys: fc.constantFrom(1, 50, 50, 1000, 1_000_000),
    keySkew: fc.constantFrom(0, 0.8, 1.2),
    skew: fc.constantFrom(0, 0.8, 1.2),
    memoryBytes: fc.constantFrom(0, 20, 20, 500),
    eviction: fc.constantFrom("lru", "lfu", "fifo", "random"),
    ttlMs: fc.constantFrom(0, 100, 10_000),
    ttlRenewedByHits: fc.boolean(),
    writesPerSecond: fc.constantFrom(0, 5),
    recomputeMs: fc.constantFrom(0, 100),
    refreshWindow: fc.constantFrom(0, 0.2, 1),
    coalescedWrites: fc.constantFrom(1, 5),
    flushMs: fc.constantFrom(0, 1000),
    scatterRatio: fc.constantFrom(0, 0.3, 1),
    shardsAsked: fc.constantFrom(1, 2, 8),
    recordTtlMs: fc.constantFrom(1000, 60_000),
    resolverPerSecond: fc.constantFrom(0, 2),
  },
  { requiredKeys: ["keys"] },
);

/** Settings of rate limits, likewise. */
const limitSettings = new Set(["limiterPolicy", "burst", "windowMs"]);

/** Settings of messages, copies and scaling; in designs of their own as well. */
const flowingSettings = new Set([
  "partitions",
  "partitionSkew",
  "retentionHours",
  "maxMessages",
  "batchSize",
  "batchFixedMs",
  "lingerMs",
  "maxInstances",
  "minInstances",
  "replicas",
  "writeQuorum",
  "readQuorum",
]);

const node = fc.record({
  kind: fc.nat(kinds.length - 1),
  settings,
  keyed: keyedSettings,
  /** 0 and 1 stand for the two zones, more for none. */
  zone: fc.nat(3),
});

const callSettings = fc.record(
  {
    calls: fc.oneof(
      fc.constantFrom(0.3, 1, 1, 2, 2.5),
      fc.constantFrom({ read: 1 }, { write: 0.5, other: 2 }, { read: 2, write: 1, other: 1 }),
    ),
    order: fc.constantFrom(1, 1, 2),
    condition: fc.constantFrom("always", "read", "write", "fallback"),
    mode: fc.constantFrom("synchronous", "asynchronous", "replication"),
    weight: fc.constantFrom(0, 1, 3),
    networkMs: fc.constantFrom(0, 0.5, 10),
    payloadBytes: fc.constantFrom(0, 1000),
  },
  { requiredKeys: [] },
);
const protection = fc.record(
  {
    timeoutMs: fc.constantFrom(1, 10, 100, 1000),
    retries: fc.nat(3),
    backoffMs: fc.constantFrom(0, 5),
    jitter: fc.boolean(),
  },
  { requiredKeys: ["timeoutMs"] },
);
/** Where calls wait on their way. */
const passage = fc.record(
  {
    connectionPool: fc.constantFrom(1, 3, 20, 200),
    bandwidthBytesPerSecond: fc.constantFrom(1e5, 1e7),
    payloadBytes: fc.constantFrom(100, 1000),
  },
  { requiredKeys: ["connectionPool"] },
);
const circuitBreaker = fc.oneof(
  fc.constant(true),
  fc.record(
    {
      failureRatio: fc.constantFrom(0.1, 0.5, 1),
      minimumCalls: fc.constantFrom(1, 5, 100),
      windowMs: fc.constantFrom(100, 60_000),
      openMs: fc.constantFrom(1, 30_000),
      halfOpenCalls: fc.constantFrom(1, 10),
    },
    { requiredKeys: [] },
  ),
);
const edgeSettings = fc.record({
  passage: fc.option(passage, { freq: 3 }),
  circuitBreaker: fc.option(circuitBreaker, { freq: 3 }),
  call: callSettings,
  protection: fc.option(protection, { freq: 3 }),
  hedged: fc.nat(9),
});

/**
 * What is special about a design. Joins, held servers, attempts and loops of calls inside one another are fixed points in
 * fixed points, too slow to solve thousands of times: each stands in designs of its own, and queue limits in all.
 */
const style = fc.oneof(
  { weight: 16, arbitrary: fc.constant("plain") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "joined",
      "protected",
      "looping",
      "holding",
      "waiting",
      "pooled",
      "guarded",
      "limited",
      "flowing",
      "keyed",
      "crowded",
    ),
  },
);

const edge = fc.record({
  from: fc.nat(100),
  to: fc.nat(100),
  settings: edgeSettings,
  back: fc.boolean(),
});

/** Users instead of a rate, of one journey or of two. */
const crowd = fc.record({
  users: fc.constantFrom(1, 3, 40, 400),
  thinkTimeMs: fc.constantFrom(0, 10, 1000),
  others: fc.constantFrom(null, null, 5),
});

const shape = fc.record({
  nodes: fc.array(node, { minLength: 1, maxLength: 7 }),
  edges: fc.array(edge, { minLength: 6, maxLength: 10 }),
  rates: fc.tuple(fc.constantFrom(0, 1, 10, 100), fc.constantFrom(0, 1, 10, 50), fc.constantFrom(0, 5)),
  quorum: fc.constantFrom(null, null, 1, 2),
  crowd,
  style,
});

export interface RandomDesign {
  readonly file: string;
  /** What it exercises, for counting. */
  readonly constructs: readonly string[];
}

/** Random valid designs of every kind and construct, as the text of a design file. */
export const randomDesign: fc.Arbitrary<RandomDesign> = shape.map((drawn) => {
  const constructs = new Set<string>();
  const used = (construct: string): void => {
    constructs.add(construct);
  };
  const nodes = drawn.nodes.map((spec, index) => {
    const kind = kinds[spec.kind];
    if (kind === undefined) throw new Error(`No kind ${spec.kind}`);
    used(`kind:${kind.id}`);
    const known = new Set(kind.form.map((field) => field.name));
    const { serviceMs: serviceTime, extraMs = 0, ...others } = spec.settings;
    const { hitRatio, ...unstated } = others;
    const isKeyed = drawn.style === "keyed";
    // With keys and no hit ratio that is stated, it is computed.
    const rest = isKeyed ? { ...unstated, objectBytes: 1, ...spec.keyed } : others;
    const stated = {
      capacityPerSecond: (spec.settings.concurrency * 1000) / serviceTime,
      latencyMs: serviceTime + extraMs,
      ...rest,
    };
    const kept = Object.entries(stated).filter(
      ([name]) =>
        known.has(name) &&
        (name !== "holdsWorkerWhileWaiting" || drawn.style === "holding") &&
        (!waitingSettings.has(name) || drawn.style === "waiting") &&
        (!limitSettings.has(name) || drawn.style === "limited") &&
        (!flowingSettings.has(name) || drawn.style === "flowing") &&
        // Batches are not computed with a limit of waiting places.
        (name !== "queueLimit" || drawn.style !== "flowing" || (spec.settings.batchSize ?? 1) === 1),
    );
    for (const [name, value] of kept) used(value === true || typeof value === "string" ? `${name}:${value}` : name);
    const parent = containers[spec.zone];
    if (parent !== undefined) used("zone");
    return { id: `n${index}`, kind: kind.id, settings: Object.fromEntries(kept), ...(parent && { parent }) };
  });
  const edges = drawn.edges.flatMap((spec, index) => {
    const last = nodes.length - 1;
    // The first edges reach every node from one before it; later ones may lead back, each round a tenth as likely.
    const isTree = index < last;
    const isBack = spec.back && !isTree && drawn.style === "looping";
    const from = spec.from % (isTree ? index + 1 : nodes.length);
    if (isBack ? from === 0 : from === last) return [];
    const to = isTree ? index + 1 : isBack ? spec.to % from : from + 1 + (spec.to % (last - from));
    const { order, ...call } = spec.settings.call;
    const joined = drawn.style === "joined" && order !== undefined;
    const settingsOfEdge = {
      ...call,
      ...(isBack && { calls: 0.1 }),
      ...(joined && { order }),
      ...(joined && order === 1 && drawn.quorum !== null && { quorum: drawn.quorum }),
      ...(drawn.style === "pooled" && spec.settings.passage),
      ...(drawn.style === "guarded" && {
        ...spec.settings.protection,
        circuitBreaker: spec.settings.circuitBreaker ?? false,
      }),
      ...(drawn.style === "protected" && spec.settings.protection),
      ...(drawn.style === "protected" && spec.settings.hedged === 0 && { hedgeAfterMs: 20 }),
    };
    if (isBack) used("loop");
    for (const [name, value] of Object.entries(settingsOfEdge)) {
      used(typeof value === "string" ? `${name}:${value}` : typeof value === "object" ? "calls:by-journey" : name);
    }
    return [{ id: `e${index}`, source: `n${from}`, target: `n${to}`, settings: settingsOfEdge }];
  });
  used(`style:${drawn.style}`);
  const [read, write, other] = drawn.rates;
  const crowded = drawn.style === "crowded" ? drawn.crowd : null;
  const file = JSON.stringify({
    format: "plimsoll",
    version: 1,
    journeys: [
      {
        id: "read",
        source: "client",
        ...(crowded === null ? { ratePerSecond: read } : { users: crowded.users, thinkTimeMs: crowded.thinkTimeMs }),
        // A target takes many solutions: only where each of them is quick.
        latencyTargets: drawn.style === "holding" ? [{ percentile: 99, ms: 200 }] : [],
      },
      {
        id: "write",
        source: "client",
        operation: "write",
        ...(typeof crowded?.others === "number" ? { users: crowded.others } : { ratePerSecond: write }),
        availabilityTarget: 0.999,
      },
      { id: "other", source: "client", ratePerSecond: other },
    ],
    nodes: [{ id: "client", kind: "client" }, ...containers.map((id) => ({ id, kind: "availability-zone" })), ...nodes],
    edges: [{ id: "entry", source: "client", target: "n0" }, ...edges],
  });
  return { file, constructs: [...constructs] };
});
