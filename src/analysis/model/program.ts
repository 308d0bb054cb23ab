/**
 * The request program: what a visit does, said once. The analytic solver and the simulator both interpret it.
 * Indices point into the tables of `AnalysisModel`; everything is plain data, so a model can be posted to a worker.
 */
export type Program =
  | { readonly op: "sequence"; readonly steps: readonly Program[] }
  /** Wait for a server of the station, occupy it for a random time, release it. */
  | { readonly op: "work"; readonly station: number; readonly demand: TimeLaw }
  /** Pass time and occupy nothing. */
  | { readonly op: "delay"; readonly time: TimeLaw }
  /** Wait for a server of the station, keep it while the body runs (its own service first), release it at the end. */
  | { readonly op: "hold"; readonly station: number; readonly body: Program }
  /** Run the target's routine across an edge and wait for its answer. */
  | { readonly op: "call"; readonly call: number }
  /** Start the target's routine across an edge and go on at once; it loads its stations but adds no latency. */
  | { readonly op: "send"; readonly call: number }
  /** Branches start together; done when `needed` of the branches that run have answered (all when `needed` is null). */
  | { readonly op: "parallel"; readonly branches: readonly Program[]; readonly needed: number | null }
  | { readonly op: "choice"; readonly options: readonly { readonly probability: number; readonly step: Program }[] }
  /** A router's pick of exactly one option; `share` is the long-run share under the policy and the weights. */
  | {
      readonly op: "route";
      readonly policy: RoutingPolicy;
      readonly options: readonly { readonly share: number; readonly step: Program }[];
    }
  /** The step n times one after another, mean n; the fractional part is one more time with that probability. */
  | { readonly op: "repeat"; readonly meanCalls: number; readonly step: Program }
  /**
   * Ask a cache across an edge; the draw made by that visit picks the continuation. `callOnHit` and `callOnMiss` are calls
   * over the same edge to the cache's routine given that outcome.
   */
  | {
      readonly op: "lookup";
      readonly hitRatio: number;
      readonly callOnHit: number;
      readonly callOnMiss: number;
      readonly hit: Program;
      readonly miss: Program;
    }
  /** Run `attempt`; if it fails, run `otherwise`, whose answer counts. */
  | { readonly op: "fallback"; readonly attempt: Program; readonly otherwise: Program }
  /** The visit is refused with this probability. */
  | { readonly op: "reject"; readonly probability: number }
  /** The visit is refused when the limiter has no room for it; it takes no time. */
  | { readonly op: "limit"; readonly limiter: number };

export type RoutingPolicy =
  | "round-robin"
  | "random"
  | "least-connections"
  | "least-response-time"
  | "power-of-two"
  | "hash"
  | "by-journey";

/**
 * A random time: `variability` is the coefficient of variation. 0 deterministic; 0–1 gamma of shape 1/v²; 1 exponential;
 * above 1 hyperexponential of two phases with balanced means.
 */
export interface TimeLaw {
  readonly meanMs: number;
  readonly variability: number;
}

export type Dispatch = "shared-queue" | "random" | "round-robin" | "least-connections" | "power-of-two" | "hash";

/** A place where requests wait for servers. `queues` identical queues (instances) of `servers` servers each. */
export interface Station {
  /** Index of the node it belongs to; of an edge's station the edge's source. */
  readonly node: number;
  /** Index of the edge whose connections or bandwidth it stands for; null for the servers of a node. */
  readonly edge: number | null;
  readonly servers: number;
  readonly queues: number;
  readonly dispatch: Dispatch;
  /** Shares of the queues when unequal (hash rings, weights); null when equal. */
  readonly shares: readonly number[] | null;
  /** Waiting places per queue; null when unlimited. */
  readonly queueLimit: number | null;
  /** The nominal time one visit occupies a server, without calls; utilisation of a held server follows from its body. */
  readonly nominalServiceMs: number;
  /** `first-come` keeps a line; `processor-sharing` serves all at once, each with its part of the servers. */
  readonly discipline: "first-come" | "processor-sharing";
  /** Mean of the exponential time after which a waiting request gives up unserved; null for endless patience. */
  readonly patienceMs: number | null;
  /** How the servers of one queue slow each other down (Gunther 1993, universal scalability law); null for not at all. */
  readonly scalability: Scalability | null;
  /** How many of its instances are in use follows the load; left out where all are. */
  readonly autoscaling?: Autoscaling;
  /** Requests are served in batches; left out where each is served by itself. */
  readonly batch?: Batching;
}

/** Instances between two limits, as many as keep each at its target. `queues` (and `servers`) of the station are those of `maxInstances`. */
export interface Autoscaling {
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Servers of one instance. */
  readonly instanceServers: number;
  /** Busy share of the servers that is aimed at, above 0 and at most 1. */
  readonly targetUtilization: number;
  /** Shares of the partitions that the instances divide among themselves; null where requests meet all instances alike. */
  readonly partitionShares: readonly number[] | null;
}

/**
 * A free server takes up to `size` waiting requests at once and is busy for `fixedMs` plus the item's time for each. It starts
 * when `size` are waiting or the oldest has waited for `lingerMs`. The demand of the station's work is the time of an item
 * in a full batch, its part of `fixedMs` included.
 */
export interface Batching {
  readonly size: number;
  readonly lingerMs: number;
  readonly fixedMs: number;
}

/** Gunther's coefficients: capacity of n servers is n / (1 + contention·(n − 1) + coherency·n·(n − 1)) times that of one. */
export interface Scalability {
  /** 0 to 1. */
  readonly contention: number;
  /** 0 or more. */
  readonly coherency: number;
}

/** A place that lets requests through at a limited rate and refuses the rest. */
export interface Limiter {
  /** Index of the node it belongs to. */
  readonly node: number;
  readonly policy: LimiterPolicy;
  /** The sustained rate that it lets through. */
  readonly ratePerSecond: number;
  /** Token bucket: its depth. */
  readonly burst: number;
  /** Windowed policies: their length. */
  readonly windowMs: number;
}

export type LimiterPolicy = "token-bucket" | "fixed-window" | "sliding-log" | "sliding-counter";

/** What one visit of a node does for one journey (and, for a cache, one outcome). */
export interface Routine {
  readonly node: number;
  /**
   * Index of the edge whose connection and link a call takes on its way, of the edge's source as `node`: such a passage is no
   * visit of a node. Null for the visit of a node.
   */
  readonly edge: number | null;
  readonly journey: number;
  readonly outcome: "hit" | "miss" | null;
  readonly program: Program;
}

/** A use of an edge by a routine. */
export interface CallSite {
  readonly edge: number;
  readonly routine: number;
  /** Round trip, constant: half before, half after the visit. */
  readonly networkMs: number;
  readonly payloadBytes: number;
  /** Per attempt, network included; null for none. */
  readonly timeoutMs: number | null;
  readonly retries: number;
  readonly backoffMs: number;
  readonly jitter: boolean;
  readonly hedgeAfterMs: number | null;
  readonly circuitBreaker: CircuitBreaker | null;
}

/** Opens when at least `minimumCalls` calls of the last `windowMs` are known and `failureRatio` of them failed. */
export interface CircuitBreaker {
  /** How many breakers share the calls of the edge: one in each instance of the caller. */
  readonly instances: number;
  readonly failureRatio: number;
  readonly minimumCalls: number;
  readonly windowMs: number;
  readonly openMs: number;
  readonly halfOpenCalls: number;
}

/** A stream of requests from outside: Poisson at `ratePerSecond` times the load, or the users of `closed`. */
export interface JourneyEntry {
  readonly ratePerSecond: number;
  /** So many users times the load, each of whom asks again a mean think time after the last answer; null for an open stream. */
  readonly closed: { readonly users: number; readonly thinkTimeMs: number } | null;
  readonly routine: number;
  readonly latencyTargets: readonly { readonly percentile: number; readonly ms: number }[];
}

/** The compiled design: flat tables, numeric, transferable. Names for messages only. */
export interface AnalysisModel {
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
  readonly journeyIds: readonly string[];
  readonly stations: readonly Station[];
  readonly limiters: readonly Limiter[];
  readonly routines: readonly Routine[];
  readonly calls: readonly CallSite[];
  readonly journeys: readonly JourneyEntry[];
}
