import type { Exactness } from "./exactness.ts";
import type { LatencyLaw } from "./latency-law.ts";

/** What the analytic solver answers for a model at one load. Indices are those of `AnalysisModel`. */
export interface Solution {
  readonly load: number;
  readonly stations: readonly StationResult[];
  readonly limiters: readonly LimiterResult[];
  readonly breakers: readonly BreakerResult[];
  readonly routines: readonly RoutineResult[];
  readonly calls: readonly CallResult[];
  readonly journeys: readonly JourneyResult[];
  /** Fixed points that did not meet their stopping rule; empty when all converged. */
  readonly warnings: readonly string[];
}

export interface StationResult {
  /** Every arrival offered, rejected ones too. */
  readonly arrivalsPerSecond: number;
  /** From unclipped flows: above 1 when more is offered than the servers can do. */
  readonly offeredUtilization: number;
  /** Busy (held) servers over all servers; at most 1. */
  readonly utilization: number;
  /** In use: all, or of a station that scales with its load those of the instances it needs. */
  readonly servers: number;
  /** Highest rate those servers together can complete with the present mean time per visit. */
  readonly capacityPerSecond: number;
  readonly completedPerSecond: number;
  /** Not served: rejected, or gave up waiting. */
  readonly rejectedPerSecond: number;
  /** Of these, those who gave up waiting. */
  readonly abandonedPerSecond: number;
  readonly backlogGrowthPerSecond: number;
  readonly saturated: boolean;
  readonly meanServiceMs: number;
  readonly meanWaitMs: number | null;
  readonly meanQueueLength: number | null;
  readonly waitingLaw: LatencyLaw | null;
  /** Of requests that are served, without those who gave up. */
  readonly servedWaitingLaw: LatencyLaw | null;
  /** Waiting plus the server's time (without later pure delay or calls, unless they hold the server). */
  readonly sojournLaw: LatencyLaw | null;
  readonly exactness: Exactness;
}

export interface LimiterResult {
  readonly askedPerSecond: number;
  readonly passedPerSecond: number;
  readonly rejectedPerSecond: number;
  /** From unclipped flows, over what it lets through at most: above 1 when more is asked for good. */
  readonly offeredUtilization: number;
  readonly exactness: Exactness;
}

/** The circuit breakers of an edge over their whole cycle. */
export interface BreakerResult {
  readonly edge: number;
  /** Share of the calls that are let through; 1 for breakers that never open. */
  readonly admittedShare: number;
  /** Attempts that fail at once because it is open. */
  readonly rejectedPerSecond: number;
  /** Share of the attempts let through that fail. */
  readonly failureRatio: number;
  /** Mean time that a breaker stays closed; infinite when it never opens. */
  readonly meanClosedMs: number;
  readonly exactness: Exactness;
}

export interface RoutineResult {
  readonly visitsPerSecond: number;
  /** Share of visits that end in an answer. */
  readonly successRatio: number;
  /** Share that fails; the rest, if any, never ends in a backlog. */
  readonly failureRatio: number;
  /** Law of the time of a completed visit, network of its own calls included; null when saturated behind or here. */
  readonly law: LatencyLaw | null;
}

export interface CallResult {
  /** Attempts included. */
  readonly attemptsPerSecond: number;
}

export interface JourneyResult {
  readonly offeredPerSecond: number;
  readonly completedPerSecond: number;
  /** Share of offered requests that fail (rejected, timed out); those that never finish in a backlog are not in it. */
  readonly errorRate: number;
  readonly law: LatencyLaw | null;
  readonly exactness: Exactness;
  /** Per node of the journey: mean visits and mean times per completed request on the waited-for part. */
  readonly breakdown: readonly {
    readonly node: number;
    readonly visits: number;
    readonly serviceMs: number;
    readonly delayMs: number;
    readonly waitMs: number | null;
    readonly networkMs: number;
  }[];
  /** The waited-for paths by share, the most frequent first, at most 16. Of more than 16 the last stands for all others. */
  readonly paths: readonly JourneyPath[];
}

export interface JourneyPath {
  /** All paths that are not listed by themselves; its nodes are those that they all start with. */
  readonly isRest: boolean;
  readonly nodes: readonly number[];
  readonly share: number;
  readonly law: LatencyLaw | null;
}
