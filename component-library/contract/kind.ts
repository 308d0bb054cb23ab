import type * as v from "valibot";
import type { Dispatch, Program } from "#src/analysis/model/program.ts";
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
  readonly holdsWorkerWhileWaiting: boolean;
  readonly mtbfHours: number;
  readonly mttrMinutes: number;
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
  readonly edges?: (settings: v.InferOutput<Schema>) => EdgeExpectations;
  /** For routers: what meets the instances behind. */
  readonly routing?: (settings: v.InferOutput<Schema>) => Dispatch;
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
  edges(raw: unknown): EdgeExpectations;
  routing(raw: unknown): Dispatch | null;
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
