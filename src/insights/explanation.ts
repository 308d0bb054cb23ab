import type { Exactness } from "#src/analysis/model/exactness.ts";
import type { Percentiles } from "#src/compile/report.ts";

/** Which figure of a report is asked about. */
export type FigureReference =
  | { readonly of: "design"; readonly figure: "maxLoad" | "maxLoadWithinTargets" | "breaksFirst" }
  /** The load at which a node is full. */
  | { readonly of: "breaking-load"; readonly id: string; readonly figure: "load" }
  | {
      /** What retries of calls that time out could do: to a node, or with `id` null to the design. */
      readonly of: "retries";
      readonly id: string | null;
      readonly figure: "safeUpToLoad" | "stableUpToLoad";
    }
  | {
      readonly of: "node";
      readonly id: string;
      readonly figure:
        | "arrivalsPerSecond"
        | "utilization"
        | "capacityPerSecond"
        | "headroom"
        | "queueLength"
        | "waitMs.mean"
        | "waitMs.p99"
        | "residenceMs.mean"
        | "residenceMs.p99"
        | "rejectedPerSecond"
        | "instancesNeeded"
        | "availability"
        | "monthlyCost";
    }
  /** More of a node: what is busy, done, given up and piling up, and how many instances are in use. */
  | { readonly of: "work"; readonly id: string; readonly figure: WorkFigure }
  /** How unequally the instances of a node are asked. */
  | { readonly of: "imbalance"; readonly id: string; readonly figure: ImbalanceFigure }
  /** What the rate limit of a node lets through. */
  | { readonly of: "rate-limit"; readonly id: string; readonly figure: RateLimitFigure }
  | {
      /** One way that requests of a journey take, by its place in the report. */
      readonly of: "path";
      readonly journey: string;
      readonly path: number;
      readonly figure: "share" | "mean" | "p50" | "p90" | "p95" | "p99" | "p999";
    }
  | {
      /** A part's share in the mean latency of a journey. */
      readonly of: "hop";
      readonly journey: string;
      readonly node: string;
      readonly figure: "visits" | "serviceMs" | "waitMs" | "networkMs";
    }
  | {
      readonly of: "journey";
      readonly id: string;
      readonly figure:
        | "offeredPerSecond"
        | "completedPerSecond"
        | "errorRate"
        | "mean"
        | "p50"
        | "p90"
        | "p95"
        | "p99"
        | "p999"
        | "availability"
        | "maxPerSecond"
        | "retryAmplification";
    }
  /** Users of a journey instead of a rate, and what they can reach. */
  | { readonly of: "closed"; readonly id: string; readonly figure: ClosedFigure }
  /** What is held against a latency target, by the target's place in the journey. */
  | { readonly of: "target"; readonly id: string; readonly target: number; readonly figure: "actualMs" }
  | {
      /** A copy at the end of a replication edge, by the edge. */
      readonly of: "copy";
      readonly id: string;
      readonly figure: `lag.${keyof Percentiles}` | "appliesPerSecond";
    }
  | {
      /** A read so long after a write: at a copy by its edge, or at a store with quorums by its node. */
      readonly of: "stale-read";
      readonly id: string;
      readonly figure: "probability";
      readonly afterMs: number;
    }
  /** Reads that miss a write for good, of a store with quorums by its node. */
  | { readonly of: "quorum"; readonly id: string; readonly figure: "missProbability" }
  /** A part from which a read journey may get old data. */
  | { readonly of: "read-source"; readonly id: string; readonly node: string; readonly figure: ReadSourceFigure }
  | {
      /** What waits for the consumers of a broker, by the consumers' node. */
      readonly of: "backlog";
      readonly id: string;
      readonly figure: BacklogFigure;
    }
  | {
      /** Instances that follow the load, by their node. */
      readonly of: "autoscaling";
      readonly id: string;
      readonly figure: "instances" | "reactionMs" | "backlog" | "drainMs" | "doubledInstances" | "longestWaitMs";
    }
  | {
      /** What a cache does for what is behind it, and how old its answers are, by its node. */
      readonly of: "cache";
      readonly id: string;
      readonly figure: CacheFigure;
    }
  | {
      readonly of: "volume";
      readonly figure:
        | "bytesPerDay"
        | "writesPerSecond"
        | "ingestBitsPerSecond"
        | "bytesKept"
        | "bytesAfterYear"
        | "copies";
    }
  | {
      readonly of: "edge";
      readonly id: string;
      readonly figure: "callsPerSecond" | "bytesPerSecond" | "networkMs" | "hitRatio";
    }
  | { readonly of: "connections"; readonly id: string; readonly figure: EdgePlaceFigure }
  | { readonly of: "link"; readonly id: string; readonly figure: EdgePlaceFigure }
  | { readonly of: "circuit-breaker"; readonly id: string; readonly figure: CircuitBreakerFigure };

export type WorkFigure =
  | "utilization"
  | "unclippedUtilization"
  | "completedPerSecond"
  | "abandonedPerSecond"
  | "backlogGrowthPerSecond"
  | "instances";

export type ImbalanceFigure = "busiestOverMean" | "expectedOverMean" | "range99OverMean.low" | "range99OverMean.high";

export type RateLimitFigure =
  | "ratePerSecond"
  | "askedPerSecond"
  | "rejectedPerSecond"
  | "utilization"
  | "waitMs.mean"
  | "waitMs.p99"
  | "mostAtOnce.requests"
  | "mostAtOnce.windowMs";

export type BoundFigure = `${"asymptotic" | "balancedJob"}.${"throughputPerSecond" | "responseMs"}.${"least" | "most"}`;
export type ClosedFigure = "users" | "throughputPerSecond" | "saturationUsers" | BoundFigure;

export type ReadSourceFigure = "share" | "staleAfterTenMs" | "settledAfterMs" | "oldestMs";

export type EdgePlace = "connections" | "link";
/** `size` of connections alone, `transmissionMs` of a link alone. */
export type EdgePlaceFigure =
  | "size"
  | "transmissionMs"
  | "utilization"
  | "capacityPerSecond"
  | "waitMs.mean"
  | "waitMs.p99"
  | "queueLength"
  | "backlogGrowthPerSecond";

export type CircuitBreakerFigure = "refusedShare" | "rejectedPerSecond" | "failureRatio" | "meanClosedMs";

export type CacheFigure =
  | "hitRatio"
  | "readsPerSecond"
  | "weighedReadsPerSecond"
  | "missPerSecond"
  | "characteristicTimeMs"
  | "coldMissFactor"
  | "warmUpMs"
  | "hottestKeyShare"
  | "staleReadShare"
  | "meanAgeMs"
  | "maxAgeMs"
  | "refreshesPerSecond"
  | "stampedeCalls"
  | "storeLagMs"
  | "unstoredWrites";

export type BacklogFigure =
  | "growthPerSecond"
  | "outageMinute.backlog"
  | "outageMinute.drainMs"
  | "outageMinute.longestWaitMs"
  | "rebalance.backlog"
  | "rebalance.drainMs"
  | "idleInstances"
  | "deadLettersPerSecond"
  | "losesAfterMs"
  | "losesAfterOutageMs";

/** The answer to "why this number?". */
export interface Explanation {
  readonly title: string;
  /** The number with its unit, as shown. */
  readonly value: string;
  /** In words and symbols, for example "ρ = λ · S / (c · n)". */
  readonly formula: string;
  /** The formula with this design's numbers put in, for example "0.71 = 1 968/s × 1.44 ms / 4". */
  readonly substituted: string;
  readonly values: readonly { readonly symbol: string; readonly meaning: string; readonly value: string }[];
  readonly assumptions: readonly {
    readonly setting: string;
    readonly value: string;
    /** "set in this design", or the source of the default. */
    readonly source: string;
    readonly isDefault: boolean;
  }[];
  readonly exactness: Exactness;
}
