import type { ClosedBounds } from "#src/analysis/closed/bounds.ts";
import type { Exactness } from "#src/analysis/model/exactness.ts";
import type { LimiterPolicy } from "#src/analysis/model/program.ts";
import type { BacklogReport, DataReport } from "./data-report.ts";

/** Milliseconds; null where the system has no steady state. */
export interface Percentiles {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
}

/** The object that `analyze --json` prints: the results of an analysis by the ids of the design. */
export interface AnalysisReport {
  readonly format: "plimsoll-analysis";
  readonly version: 1;
  readonly load: number;
  /** Largest multiple of the declared load with every utilisation below 1; null when nothing limits it. */
  readonly maxLoad: number | null;
  /** … with every latency target met as well; null when nothing limits it, 0 when a target is missed at any load. */
  readonly maxLoadWithinTargets: number | null;
  /** `maxLoadWithinTargets` is null because it is still being worked out: only on screen, right after a change. */
  readonly isMaxLoadWithinTargetsPending?: true;
  /** Node ids in the order in which they saturate as the load grows. */
  readonly breaksFirst: readonly string[];
  /** The same with the load at which each saturates. */
  readonly breakingLoads: readonly BreakingLoadReport[];
  /** Up to this load no retries can swamp a node: all calls with all attempts stay below capacity. Null without such retries. */
  readonly retrySafeUpToLoad: number | null;
  /** Up to this load there is a state in which most is answered at the first attempt; null without such retries, or when not known yet. */
  readonly retryStableUpToLoad: number | null;
  readonly journeys: readonly JourneyReport[];
  readonly nodes: readonly NodeReport[];
  readonly edges: readonly EdgeReport[];
  readonly data: DataReport;
  readonly risks: readonly Risk[];
  readonly warnings: readonly string[];
}

/** What of a node is full: its servers, the connections or the link of an edge that it calls over, or a rate limit. */
export type LimitingResource = "servers" | "connections" | "link" | "rate-limit";

export interface BreakingLoadReport {
  readonly node: string;
  readonly load: number;
  readonly resource: LimitingResource;
  /** The edge whose connections or link it is. */
  readonly edge: string | null;
}

export interface JourneyReport {
  readonly id: string;
  readonly offeredPerSecond: number;
  readonly completedPerSecond: number;
  readonly errorRate: number;
  readonly latencyMs: Percentiles;
  readonly availability: number;
  /** Users of a closed journey at this load, and what they can reach; null for a journey with a rate. */
  readonly closed: ClosedJourneyReport | null;
  /** Rate of this journey at the largest load; null when nothing limits it. Users reach it in the limit of many. */
  readonly maxPerSecond: number | null;
  readonly bottleneck: string | null;
  /** The most attempts that retries can make of one call somewhere below, when every attempt fails; 1 without retries. */
  readonly retryAmplification: number;
  readonly meetsTargets: boolean;
  readonly targets: readonly {
    readonly percentile: number;
    readonly ms: number;
    readonly actualMs: number | null;
    readonly met: boolean;
  }[];
  readonly saturated: boolean;
  readonly paths: readonly {
    readonly nodes: readonly string[];
    readonly share: number;
    /** All paths that are not listed by themselves, as the last; its nodes are those that they all start with. */
    readonly isRest?: true;
    readonly latencyMs: Percentiles;
  }[];
  readonly breakdown: readonly {
    readonly node: string;
    readonly visits: number;
    readonly serviceMs: number;
    readonly waitMs: number | null;
    readonly networkMs: number;
  }[];
  readonly exactness: Exactness;
}

/** A journey of users who each ask again a time to think after the answer. */
export interface ClosedJourneyReport {
  /** At this load. */
  readonly users: number;
  readonly thinkTimeMs: number;
  /** X in N = X · (Z + R), failed requests included. */
  readonly throughputPerSecond: number;
  /** What no laws of service can change, while no request fails; those at least for the journey by itself. Null where a request may never end. */
  readonly bounds: ClosedBounds | null;
}

/** Shares of the requests that fall on instances, over their mean. */
export interface InstanceImbalance {
  readonly busiestOverMean: number;
  /** Mean of the largest share on rings like this one; null where no ring gives the shares. */
  readonly expectedOverMean: number | null;
  /** 99 % of the shares on such rings lie between. */
  readonly range99OverMean: readonly [low: number, high: number] | null;
}

export interface NodeReport {
  readonly id: string;
  readonly arrivalsPerSecond: number;
  readonly utilization: number;
  /** Arrivals over capacity: above 1 when more reaches the part than it can serve. */
  readonly offeredUtilization: number;
  /** The same if no part before it held anything back: what sizing goes by. */
  readonly unclippedUtilization: number;
  readonly capacityPerSecond: number | null;
  /** Capacity over arrivals. */
  readonly headroom: number | null;
  readonly queueLength: number | null;
  readonly waitMs: { readonly mean: number | null; readonly p99: number | null };
  readonly residenceMs: { readonly mean: number | null; readonly p99: number | null };
  readonly completedPerSecond: number;
  /** Not served: turned away, or gave up waiting. */
  readonly rejectedPerSecond: number;
  /** Of these, those who gave up waiting. */
  readonly abandonedPerSecond: number;
  readonly backlogGrowthPerSecond: number;
  /** How unequally its instances are asked; null where all get the same. */
  readonly imbalance: InstanceImbalance | null;
  /** Instances in use: of a part that scales those that its load asks for. Null where nothing is served. */
  readonly instances: number | null;
  /** Instances for a utilisation at or below the safe line (0.7) at this load. */
  readonly instancesNeeded: number | null;
  readonly availability: number;
  /** Null: no price is known for this part. */
  readonly monthlyCost: number | null;
  /** Its servers, or the connections or the link of an edge that it calls over. */
  readonly saturated: boolean;
  /** What it is that has no steady state; null where all have one. */
  readonly saturatedBy: { readonly resource: LimitingResource; readonly edge: string | null } | null;
  /**
   * What retries of calls that time out could do to it. `safe`: even with all attempts of all calls it stays below its
   * capacity. `vulnerable`: it works, but after a short stall retries can keep it swamped. `unstable`: it has no state in which
   * most is answered at the first attempt. Null where no such retries arrive.
   */
  readonly retryZone: "safe" | "vulnerable" | "unstable" | null;
  /** Load at which the vulnerable zone begins. */
  readonly retrySafeUpToLoad: number | null;
  /** Load at which the unstable zone begins; null where retries swamp another node before, or none. */
  readonly retryStableUpToLoad: number | null;
  /** Null without a rate limit. */
  readonly rateLimit: RateLimitReport | null;
  /** Only of caches. */
  readonly cache?: CacheReport;
  /** What waits for the consumers of a broker; null for other parts. */
  readonly backlog: BacklogReport | null;
  readonly exactness: Exactness;
}

/** What a cache does for what stands behind it, and how old its answers are. Null where the settings do not give it. */
export interface CacheReport {
  /** Share of the reads that hit, at every load. */
  readonly hitRatio: number;
  readonly hitRatioFrom: "settings" | "content";
  readonly readsPerSecond: number;
  readonly missPerSecond: number;
  /** Rate of reads for which a time to live was weighed in the hit ratio. */
  readonly weighedReadsPerSecond: number | null;
  /** Caches whose misses come here, and caches before it whose keys are not known to be the same. */
  readonly behind: readonly string[];
  readonly independentOf: readonly string[];
  /** How long an object is remembered; null also when room is never the reason to forget it. */
  readonly characteristicTimeMs: number | null;
  /** What stands behind gets so many times as many reads while the cache is empty; null when nothing ever misses. */
  readonly coldMissFactor: number | null;
  /** Until an empty cache hits 90 % of what it hits in the long run. */
  readonly warmUpMs: number | null;
  /** Share of the reads that the most wanted key has. */
  readonly hottestKeyShare: number | null;
  /** Share of all reads that are answered with what has been written since. */
  readonly staleReadShare: number | null;
  /** Time since the object of a hit was stored, where it expires. */
  readonly meanAgeMs: number | null;
  /** An answer is never older: 0 where writes update the copy. Null: without bound. */
  readonly maxAgeMs: number | null;
  /** Reads of what is behind that renew objects ahead of their expiry. */
  readonly refreshesPerSecond: number | null;
  /** Calls to what is behind when the most wanted key leaves. */
  readonly stampedeCalls: number | null;
  /** How far the store may lag behind what was acknowledged, and the writes that a crash then loses. */
  readonly storeLagMs: number | null;
  readonly unstoredWrites: number | null;
  readonly exactness: Exactness;
}

export interface RateLimitReport {
  readonly policy: LimiterPolicy | "leaky-bucket";
  /** What it lets through over a long time; a window passes whole requests, so that it may be less than was stated. */
  readonly ratePerSecond: number;
  readonly askedPerSecond: number;
  readonly rejectedPerSecond: number;
  /** Asked over let through: above 1 when more is asked than it lets through. */
  readonly utilization: number;
  /** Of what a leaky bucket holds back; other limiters delay nothing. */
  readonly waitMs: { readonly mean: number | null; readonly p99: number | null };
  /** The most requests that can pass within any stretch of `windowMs`: of a fixed window twice its limit, across the edge. */
  readonly mostAtOnce: { readonly windowMs: number; readonly requests: number };
  readonly exactness: Exactness;
}

/** The connections or the link of an edge, all instances of the caller together. */
export interface EdgePlaceReport {
  readonly utilization: number;
  /** Calls per second that it can carry with the present time per call. */
  readonly capacityPerSecond: number | null;
  readonly waitMs: { readonly mean: number | null; readonly p99: number | null };
  readonly queueLength: number | null;
  readonly backlogGrowthPerSecond: number;
  readonly saturated: boolean;
  readonly exactness: Exactness;
}

/** The circuit breakers of an edge, averaged over their cycle of closed, open and half open. */
export interface CircuitBreakerReport {
  /** Share of the calls that it refuses at once; 0 when it never opens. */
  readonly refusedShare: number;
  readonly rejectedPerSecond: number;
  /** Share of the attempts let through that fail. */
  readonly failureRatio: number;
  /** Mean time that it stays closed; null when it never opens. */
  readonly meanClosedMs: number | null;
  readonly exactness: Exactness;
}

export interface EdgeReport {
  readonly id: string;
  readonly callsPerSecond: number;
  readonly bytesPerSecond: number;
  /** What was inferred for the edge where the file is silent, for display: mode, condition, network time. */
  readonly mode: "synchronous" | "asynchronous" | "replication";
  readonly condition: string;
  /** Hit ratio of the cache that the condition speaks of; absent where it speaks of none. */
  readonly hitRatio?: number;
  readonly networkMs: number;
  /** Null without a pool. `size` counts the connections of all instances of the caller. */
  readonly connections: (EdgePlaceReport & { readonly size: number }) | null;
  /** Null without a circuit breaker. */
  readonly circuitBreaker: CircuitBreakerReport | null;
  /** Null without a limited bandwidth. `transmissionMs` is what one call occupies the link. */
  readonly link: (EdgePlaceReport & { readonly transmissionMs: number }) | null;
}

export interface Risk {
  readonly rule: string;
  readonly severity: "critical" | "high" | "medium" | "low";
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  readonly title: string;
  readonly evidence: Readonly<Record<string, number | string | null>>;
  readonly impact: string;
  readonly detection: string;
  readonly response: string;
  readonly prevention: string;
}

/** One point of the load curve. */
export interface LoadCurvePoint {
  readonly load: number;
  readonly journeys: readonly {
    readonly id: string;
    readonly completedPerSecond: number;
    readonly p50: number | null;
    readonly p99: number | null;
  }[];
}

/** The utilisation that the Plimsoll line marks: above it waiting grows faster than load. */
export const safeUtilization = 0.7;
