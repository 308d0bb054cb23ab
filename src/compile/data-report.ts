import type { Exactness } from "#src/analysis/model/exactness.ts";
import type { Percentiles } from "./report.ts";

/** What the design says about data: copies and how old they are, volume, and instances that follow the load. */
export interface DataReport {
  readonly replicas: readonly ReplicaReport[];
  readonly quorums: readonly QuorumReport[];
  readonly journeys: readonly ReadReport[];
  readonly autoscaling: readonly AutoscalingReport[];
  /** Null while the requirements do not state records and their size. */
  readonly volume: VolumeReport | null;
}

/** Probability that a read `afterMs` after a write does not see it. */
export interface StaleAfter {
  readonly afterMs: number;
  readonly probability: number;
}

/** A copy at the end of a replication edge. */
export interface ReplicaReport {
  readonly node: string;
  readonly primary: string;
  readonly edge: string;
  readonly mode: "asynchronous" | "synchronous";
  readonly appliesPerSecond: number;
  /** Of asynchronous copies, from the first primary on; 0 of synchronous ones, null where it grows without end. */
  readonly lagMs: Percentiles;
  readonly staleAfter: readonly StaleAfter[];
  readonly fallsBehind: boolean;
  readonly exactness: Exactness;
}

export interface QuorumReport {
  readonly node: string;
  readonly replicas: number;
  readonly writeQuorum: number;
  readonly readQuorum: number;
  /** W + R > N: no read is stale. */
  readonly overlaps: boolean;
  /** Share of reads that meet no copy that confirmed the last write, were the others never to get it. */
  readonly missProbability: number;
  /** Null where the store has no steady state. */
  readonly staleAfter: readonly StaleAfter[] | null;
  readonly exactness: Exactness;
}

/** From where a read journey may get old data. */
export interface ReadReport {
  readonly id: string;
  readonly consistency: "strong" | "read-your-writes" | "eventual";
  readonly sources: readonly {
    readonly node: string;
    readonly through: "replica" | "quorum" | "cache";
    /** Visits per completed request, at most 1. */
    readonly share: number;
    /** Probability that a read 10 ms after a write is stale, given that it comes here; null where it is not computed. */
    readonly staleAfterTenMs: number | null;
    /** After this time all but one in a thousand reads see a write; null where there is no such time or it is not computed. */
    readonly settledAfterMs: number | null;
    /** No answer is older than this; null without such a bound. */
    readonly oldestMs: number | null;
  }[];
  /** Whether the stance can be kept whatever the timing: strong and read-your-writes need sources that are never old. */
  readonly keepsConsistency: boolean;
}

/** What waits for consumers behind a broker, now and after an outage of the consumers. Times and sizes of the fluid limit. */
export interface BacklogReport {
  readonly brokers: readonly string[];
  readonly growthPerSecond: number;
  /** Messages that pile up per minute without consumers, the time to work them off, and the longest wait among them. */
  readonly outageMinute: {
    readonly backlog: number;
    readonly drainMs: number | null;
    readonly longestWaitMs: number | null;
  };
  /** Null where nothing is dealt out. */
  readonly rebalance: { readonly pauseMs: number; readonly backlog: number; readonly drainMs: number | null } | null;
  /** Messages given up after their last attempt failed. */
  readonly deadLettersPerSecond: number;
  /** Time until the broker is full or loses messages: at the present growth, and without consumers. Null for never. */
  readonly losesAfterMs: number | null;
  readonly losesAfterOutageMs: number | null;
  /** Instances that own no partition. */
  readonly idleInstances: number;
}

export interface AutoscalingReport {
  readonly node: string;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly targetUtilization: number;
  /** In use at this load. */
  readonly instances: number;
  /** Until a rise of the load is seen and new instances serve. */
  readonly reactionMs: number;
  /** What a doubling of the load at once leaves behind. */
  readonly doubling: {
    readonly instances: number;
    readonly backlog: number;
    readonly drainMs: number | null;
    readonly longestWaitMs: number;
  };
}

export interface VolumeReport {
  readonly bytesPerDay: number;
  readonly writesPerSecond: number;
  readonly ingestBitsPerSecond: number;
  readonly copies: number;
  readonly retentionDays: number | null;
  /** Null without a time of retention: it grows for ever. */
  readonly bytesKept: number | null;
  readonly bytesAfterYear: number;
}
