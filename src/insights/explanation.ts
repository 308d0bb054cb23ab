import type { Exactness } from "#src/analysis/model/exactness.ts";

/** Which figure of a report is asked about. */
export type FigureReference =
  | { readonly of: "design"; readonly figure: "maxLoad" | "maxLoadWithinTargets" | "breaksFirst" }
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
        | "maxPerSecond";
    }
  | {
      /** A copy at the end of a replication edge, by the edge. */
      readonly of: "copy";
      readonly id: string;
      readonly figure: "lag.mean" | "lag.p99" | "lag.p999" | "appliesPerSecond";
    }
  | {
      /** A read so long after a write: at a copy by its edge, or at a store with quorums by its node. */
      readonly of: "stale-read";
      readonly id: string;
      readonly figure: "probability";
      readonly afterMs: number;
    }
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
      readonly figure: "instances" | "reactionMs" | "backlog" | "drainMs";
    }
  | {
      /** What a cache does for what is behind it, and how old its answers are, by its node. */
      readonly of: "cache";
      readonly id: string;
      readonly figure: CacheFigure;
    }
  | { readonly of: "volume"; readonly figure: "bytesPerDay" | "ingestBitsPerSecond" | "bytesKept" }
  | { readonly of: "edge"; readonly id: string; readonly figure: "callsPerSecond" | "bytesPerSecond" };

export type CacheFigure =
  | "hitRatio"
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
  | "rebalance.drainMs"
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
