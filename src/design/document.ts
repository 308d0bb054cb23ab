/** A value that JSON can hold; what a setting may be. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Settings as the file states them: only what differs from the kind's defaults. */
export type Settings = Readonly<Record<string, JsonValue>>;

/**
 * What is not known exactly, around the number that stands in the file (or its default) as the likely one:
 * low ≤ likely ≤ high, in the setting's own unit.
 */
export type SettingRange = readonly [low: number, high: number];

/** Ranges by the name of the setting. */
export type Ranges = Readonly<Record<string, SettingRange>>;

/** A flat table: records by id, in the order of the file (the order of edges carries meaning). */
export type Table<Item> = ReadonlyMap<string, Item>;

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** "Numbers first": all optional; units in the names. */
export interface Requirements {
  readonly dailyActiveUsers?: number;
  readonly requestsPerUserPerDay?: number;
  readonly peakFactor?: number;
  readonly recordsPerDay?: number;
  readonly recordBytes?: number;
  readonly retentionDays?: number;
  readonly replicationFactor?: number;
  readonly availabilityTarget?: number;
  readonly recoveryTimeObjectiveMs?: number;
  readonly recoveryPointObjectiveMs?: number;
  readonly monthlyBudget?: number;
}

export interface LatencyTarget {
  /** 0 < percentile < 100 */
  readonly percentile: number;
  readonly ms: number;
}

/** A class of requests that enters the system at one source node. */
export interface Journey {
  readonly id: string;
  readonly name?: string;
  readonly source: string;
  /** Default "read". */
  readonly operation?: "read" | "write";
  /** Rate at load 1; when absent it is derived from the requirements (peak rate shared equally by such journeys), else 0. */
  readonly ratePerSecond?: number;
  /** Instead of a rate: so many users at load 1, each of whom asks again after the answer and a time to think. Integer from 1. */
  readonly users?: number;
  /** Mean time between the answer and the next request of a user, exponential; only with `users`. Default 0. */
  readonly thinkTimeMs?: number;
  readonly latencyTargets?: readonly LatencyTarget[];
  readonly availabilityTarget?: number;
  /** Default "eventual". */
  readonly consistency?: "strong" | "read-your-writes" | "eventual";
  /** Only of the rate, which is then stated. */
  readonly ranges?: { readonly ratePerSecond?: SettingRange };
}

export interface DesignNode {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  /** Id of the container that holds this node; positions are relative to it. */
  readonly parent?: string;
  readonly position?: Position;
  /** Only containers have a size of their own. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly reason?: string;
  readonly settings?: Settings;
  readonly ranges?: Ranges;
}

export interface DesignEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly name?: string;
  readonly settings?: Settings;
  readonly ranges?: Ranges;
}

export interface Annotation {
  readonly id: string;
  readonly type: "text" | "note" | "frame" | "freehand";
  readonly parent?: string;
  readonly position?: Position;
  readonly size?: { readonly width: number; readonly height: number };
  readonly text?: string;
  /** Freehand: x, y pairs relative to the position. */
  readonly points?: readonly number[];
}

/** One change that a scenario makes to the model. */
export interface ScenarioEffect {
  readonly type: "down" | "slow" | "errors" | "cold" | "traffic" | "partition";
  /** Node, container or edge concerned; absent for "traffic". */
  readonly target?: string;
  /** slow: factor on times; errors: ratio; traffic: factor on rates; down: instances lost (absent = all). */
  readonly amount?: number;
  readonly atMs?: number;
  readonly forMs?: number;
}

export interface Scenario {
  readonly id: string;
  readonly name?: string;
  readonly effects?: readonly ScenarioEffect[];
}

export interface Decision {
  readonly id: string;
  readonly title?: string;
  readonly text?: string;
}

/** The document. Everything that is kept, shared and undone is here, and nothing else is. */
export interface Design {
  readonly name: string;
  readonly requirements: Requirements;
  readonly journeys: Table<Journey>;
  readonly nodes: Table<DesignNode>;
  readonly edges: Table<DesignEdge>;
  readonly annotations: Table<Annotation>;
  readonly scenarios: Table<Scenario>;
  readonly decisions: Table<Decision>;
}

export type TableName = "journeys" | "nodes" | "edges" | "annotations" | "scenarios" | "decisions";

/** Why a command or a file was refused. `path` is a JSON path such as `$.nodes[2].settings.hitRatio`. */
export interface Problem {
  readonly code:
    | "syntax"
    | "shape"
    | "unknown-key"
    | "unknown-kind"
    | "duplicate-id"
    | "bad-id"
    | "missing-reference"
    | "bad-value"
    | "unsupported-version"
    | "too-large"
    | "not-allowed"
    | "unbounded-call-loop";
  readonly path: string;
  /** What is wrong, in one plain sentence. */
  readonly message: string;
  /** What was expected instead. */
  readonly expected: string;
  /** 1-based place in the source text, when it came from a text. */
  readonly line?: number;
  readonly column?: number;
}

/** A user intention: pure, and either a new design or one problem. */
export type Command<Args> = (
  design: Design,
  args: Args,
) => { readonly ok: true; readonly value: Design } | { readonly ok: false; readonly problem: Problem };
