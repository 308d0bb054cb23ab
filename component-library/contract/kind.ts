import type * as v from "valibot";
import type { CachedContent } from "#src/analysis/caching/cached-content.ts";
import type { HashedKeys } from "#src/analysis/caching/hash-shares.ts";
import type { Batching, Dispatch, LimiterPolicy, Program, Station } from "#src/analysis/model/program.ts";
import type { Role, VisitContext } from "./visit.ts";

export type Category = "traffic" | "compute" | "data" | "cache" | "messaging" | "coordination" | "external" | "zones";

/** The part of a kind's settings that makes it a station: contract "Settings that every serving kind shares". */
export interface ServingSettings {
  readonly instances: number;
  readonly concurrency: number;
  readonly capacityPerSecond: number;
  readonly latencyMs: number;
  readonly variability: number;
  readonly dispatch: Dispatch | "default";
  readonly queueLimit: number | null;
  /** Numbers with commas, one an instance, the last for all beyond; empty where all weigh the same. */
  readonly instanceWeights: string;
  readonly discipline: Station["discipline"];
  readonly patienceMs: number | null;
  /** Gunther's coefficients, 0 for none. */
  readonly contention: number;
  readonly coherency: number;
  readonly holdsWorkerWhileWaiting: boolean;
  readonly mtbfHours: number;
  readonly mttrMinutes: number;
  /** Requests are served in batches; absent where each is served by itself. */
  readonly batch?: Batching;
  /** Instances follow the load; absent where all `instances` are always in use. */
  readonly autoscaling?: AutoscalingSettings;
}

/** What a kind lets through before it serves. A leaky bucket is a line of at most `burst` that lets out one every 1/rate. */
export interface RateLimit {
  readonly policy: LimiterPolicy | "leaky-bucket";
  readonly ratePerSecond: number;
  /** Whole requests, 1 or more; for buckets. */
  readonly burst: number;
  /** For windows. */
  readonly windowMs: number;
}

/** How many instances there may be, and how soon they follow the load. */
export interface AutoscalingSettings {
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly targetUtilization: number;
  /** Until the rise of the load is seen. */
  readonly metricWindowMs: number;
  /** From then until a new instance serves. */
  readonly startUpMs: number;
}

/** Keys that are spread by a hash over targets or instances. */
export interface KeySpread extends HashedKeys {
  /** Points that each target has on a ring; null where all get the same part of the keys. */
  readonly pointsPerTarget: number | null;
}

/** What a broker keeps, and for how long. */
export interface MessageLog {
  /** Shares of the messages that its partitions get; null where any consumer takes any message. */
  readonly partitionShares: readonly number[] | null;
  /** A group takes no messages for this long while its partitions are dealt out anew; 0 where nothing is dealt out. */
  readonly rebalancePauseMs: number;
  /** Messages older than this are lost; null for never. */
  readonly retentionMs: number | null;
  /** Messages beyond this number are refused or lost; null for no limit. */
  readonly maxMessages: number | null;
}

/** Copies of every value of a store, and how many of them answer a write and a read. */
export interface QuorumSettings {
  readonly replicas: number;
  readonly writeQuorum: number;
  readonly readQuorum: number;
}

/** Availability of one unit of a kind, and how its units combine. */
export interface ReliabilityStatement {
  readonly mtbfHours: number;
  readonly mttrMinutes: number;
  /** Identical units and how many of them must be up. */
  readonly units: number;
  readonly unitsNeeded: number;
  readonly source: string;
}

/** What a kind asks the compiler to assume about the edges around it. */
export interface EdgeExpectations {
  /** Mode of an edge into this kind when the file does not say. */
  readonly incomingMode: "synchronous" | "asynchronous" | "replication";
  /** For caches: the caller asks the store itself on a miss. */
  readonly cacheAside?: boolean;
  /** For caches: what a write journey does at this cache. */
  readonly writes?: "invalidate" | "through" | "behind" | "around";
}

export interface KindDefinition<Schema extends v.GenericSchema<unknown, object>> {
  /** Equals the folder's name. */
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly role: Role;
  /** One sentence. */
  readonly summary: string;
  /** Other words people type when they look for it. */
  readonly keywords: readonly string[];
  readonly version: 1;
  readonly settings: Schema;
  /** Null for containers: nothing is served there. */
  readonly serving: ((settings: v.InferOutput<Schema>) => ServingSettings) | null;
  readonly visit: ((context: VisitContext<v.InferOutput<Schema>>) => Program) | null;
  /** A cache's hit ratio by its settings (given, or computed from memory, keys and skew). */
  readonly hitRatio?: (settings: v.InferOutput<Schema>) => number;
  /** For caches: what they hold, from which the compiler works out the hit ratio in the place of the design. */
  readonly content?: (settings: v.InferOutput<Schema>) => CachedContent;
  /** For what spreads keys by a hash, over its targets or its own instances: how many keys, and how unequal. Null: equal shares. */
  readonly hashedKeys?: (settings: v.InferOutput<Schema>) => KeySpread | null;
  readonly edges?: (settings: v.InferOutput<Schema>) => EdgeExpectations;
  /** For routers: what meets the instances behind. */
  readonly routing?: (settings: v.InferOutput<Schema>) => Dispatch;
  /** A limit on the rate that is let through, asked before a visit is served; null or absent for none. */
  readonly rateLimit?: (settings: v.InferOutput<Schema>) => RateLimit | null;
  /** For brokers: what they keep of messages. */
  readonly messageLog?: (settings: v.InferOutput<Schema>) => MessageLog;
  /** For stores that keep copies of their own; null where the settings do not say. */
  readonly quorum?: (settings: v.InferOutput<Schema>) => QuorumSettings | null;
  /** Why instances cannot simply be added, for kinds of which a plan leaves the number as it is. One sentence or two. */
  readonly fixedInstances?: string;
  readonly reliability: (settings: v.InferOutput<Schema>) => ReliabilityStatement;
  /** Kind with its size as the card shows it: "service, 4 × 16". */
  readonly caption: (settings: v.InferOutput<Schema>) => string;
  /** Settings for products and sizes people name. */
  readonly presets: readonly { readonly title: string; readonly settings: Readonly<Record<string, unknown>> }[];
}

/** A kind with its settings type closed over: functions take raw settings and parse them first (defaults filled in). */
export interface ComponentKind {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly role: Role;
  readonly summary: string;
  readonly keywords: readonly string[];
  readonly version: number;
  readonly isContainer: boolean;
  /** Absent where a plan may choose the number of instances. */
  readonly fixedInstances?: string;
  readonly presets: readonly { readonly title: string; readonly settings: Readonly<Record<string, unknown>> }[];
  /** The form of the settings, in order, read from the schema: one place for type, default, unit, help and source. */
  readonly form: readonly SettingField[];
  /** Faults of raw settings; empty when they parse. */
  check(
    raw: unknown,
  ): readonly { readonly path: readonly (string | number)[]; readonly message: string; readonly expected: string }[];
  /** Settings with all defaults; throws on settings that do not `check`. */
  resolve(raw: unknown): Readonly<Record<string, unknown>>;
  serving(raw: unknown): ServingSettings | null;
  visit(raw: unknown, context: Omit<VisitContext<unknown>, "settings">): Program | null;
  hitRatio(raw: unknown): number | null;
  content(raw: unknown): CachedContent | null;
  hashedKeys(raw: unknown): KeySpread | null;
  edges(raw: unknown): EdgeExpectations;
  routing(raw: unknown): Dispatch | null;
  rateLimit(raw: unknown): RateLimit | null;
  messageLog(raw: unknown): MessageLog | null;
  quorum(raw: unknown): QuorumSettings | null;
  reliability(raw: unknown): ReliabilityStatement;
  caption(raw: unknown): string;
}

/** One line of the generated form. */
export interface SettingField {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly unit: Unit;
  readonly input: "number" | "integer" | "choice" | "switch" | "text";
  /** null when the setting may be left empty ("none"). */
  readonly defaultValue: unknown;
  readonly optional: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
  readonly source: SettingSource;
  /** Shown folded away unless changed. */
  readonly advanced: boolean;
  readonly group: string;
}

export type Unit = "" | "ms" | "per second" | "ratio" | "bytes" | "hours" | "minutes" | "count" | "days" | "factor";

/** Where a default comes from. `estimate` is said as such on the screen. */
export interface SettingSource {
  readonly text: string;
  readonly confidence: "vendor" | "secondary" | "estimate" | "definition";
  readonly date?: string;
}
