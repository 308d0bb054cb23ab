/** What a plan has to keep. */
export interface PlanOptions {
  /** Multiple of the declared load at which everything must hold. Default 1. */
  readonly load?: number;
  /** Share of every part's capacity that stays free at that load, from 0 to below 1. Default 0.3: the safe line. */
  readonly headroom?: number;
  /**
   * Take away what is not needed as well. Parts that have several instances keep two, so that none becomes a single point of
   * failure, and availability targets that hold go on holding. Default false.
   */
  readonly mayReduce?: boolean;
}

/** The least instances that keep the headroom and the latency targets, as far as instances can. */
export interface InstancePlan {
  readonly load: number;
  readonly headroom: number;
  readonly mayReduce: boolean;
  readonly changes: readonly PlannedChange[];
  /** Parts that stay above the line because nobody can add instances to them, or not enough. */
  readonly stuck: readonly StuckPart[];
  readonly targets: readonly PlannedTarget[];
  readonly before: PlanFigures;
  readonly after: PlanFigures;
  /** Designs that were solved on the way. */
  readonly evaluations: number;
}

export interface PlannedChange {
  readonly node: string;
  readonly from: number;
  readonly to: number;
  /** What would not hold with one fewer. */
  readonly because: PlanBreach | null;
  /** Utilisation at the load of the plan; null where it has no bound. */
  readonly utilizationBefore: number | null;
  readonly utilizationAfter: number | null;
}

/** A demand that does not hold. */
export type PlanBreach =
  | { readonly of: "headroom"; readonly node: string; readonly utilization: number | null }
  | {
      readonly of: "latency";
      readonly journey: string;
      readonly percentile: number;
      readonly ms: number;
      readonly actualMs: number | null;
    }
  | { readonly of: "availability"; readonly journey: string; readonly target: number; readonly actual: number };

export interface StuckPart {
  readonly node: string;
  readonly utilization: number | null;
  /** Why it cannot have more. */
  readonly reason: string;
}

export interface PlannedTarget {
  readonly journey: string;
  readonly percentile: number;
  readonly ms: number;
  /** Null: no steady state. */
  readonly beforeMs: number | null;
  readonly afterMs: number | null;
  /** The percentile when nobody waits: service, delay and network alone. */
  readonly floorMs: number | null;
  /**
   * `impossible`: missed even when nobody waits. `stuck`: waits remain at parts that cannot have more instances.
   */
  readonly outcome: "met" | "impossible" | "stuck";
  /** For a target that is not met: where the time goes, the largest first, means per request. */
  readonly contributors: readonly Contributor[];
}

export interface Contributor {
  readonly node: string;
  /** Service and pure delay. */
  readonly serviceMs: number;
  /** Null: without bound. */
  readonly waitMs: number | null;
  /** Network of the calls to it. */
  readonly networkMs: number;
}

export interface PlanFigures {
  /** Instances of all parts that some journey visits. */
  readonly instances: number;
  readonly maxLoad: number | null;
  readonly targetsMet: number;
}

export const defaultHeadroom = 0.3;
