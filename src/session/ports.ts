import type { Result } from "#src/base/result.ts";
import type { AnalysisReport, LoadCurvePoint } from "#src/compile/report.ts";
import type { Design, Position, Problem } from "#src/design/document.ts";
import type { InstancePlan } from "#src/insights/planner/instance-plan.ts";
import type { Certainty } from "#src/insights/sensitivity/certainty.ts";

/** What the home screen lists. Times are for display; order and conflicts go by `revision`. */
export interface DesignSummary {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly savedAtMs: number;
  readonly createdAtMs: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Null when not in the trash. */
  readonly trashedAtMs: number | null;
}

export type StorageProblem =
  | { readonly code: "not-found"; readonly message: string }
  | { readonly code: "conflict"; readonly message: string; readonly storedRevision: number }
  | { readonly code: "quota"; readonly message: string }
  | { readonly code: "newer-version"; readonly message: string }
  | {
      readonly code: "unreadable";
      readonly message: string;
      readonly text: string;
      readonly problems: readonly Problem[];
    }
  | { readonly code: "unavailable"; readonly message: string };

/** One record per design; a save is one transaction and answers only when the browser has completed it. */
export interface DesignStorage {
  list(): Promise<Result<readonly DesignSummary[], StorageProblem>>;
  /** Calls back with the list now and after every change, from any tab. Returns the unsubscriber. */
  watch(listener: (designs: readonly DesignSummary[]) => void): () => void;
  /** Always a new record; never overwrites. */
  create(design: Design): Promise<Result<DesignSummary, StorageProblem>>;
  load(id: string): Promise<Result<{ readonly design: Design; readonly summary: DesignSummary }, StorageProblem>>;
  /** Compare-and-set on the revision. */
  save(id: string, design: Design, expectedRevision: number): Promise<Result<DesignSummary, StorageProblem>>;
  /**
   * The last save before the page may go away: begun before the call returns, so that it is completed even when the page is
   * not. Only for the holder of the writer lock; `revision` is the next one that nobody has used.
   */
  saveLeaving(id: string, design: Design, revision: number): Promise<Result<DesignSummary, StorageProblem>>;
  /** Keeps the edits of a page that goes away before it has the right to write; the next page takes them up. Not awaited. */
  noteLeaving(id: string, design: Design, revision: number): void;
  rename(id: string, name: string): Promise<Result<DesignSummary, StorageProblem>>;
  duplicate(id: string): Promise<Result<DesignSummary, StorageProblem>>;
  trash(id: string): Promise<Result<DesignSummary, StorageProblem>>;
  restore(id: string): Promise<Result<DesignSummary, StorageProblem>>;
  /** Only from the trash. */
  remove(id: string): Promise<Result<null, StorageProblem>>;
  /** Earlier states of a design, newest first. */
  snapshots(
    id: string,
  ): Promise<Result<readonly { readonly revision: number; readonly savedAtMs: number }[], StorageProblem>>;
  loadSnapshot(id: string, revision: number): Promise<Result<Design, StorageProblem>>;
}

/** One writer per design over all tabs. */
export interface WriterLock {
  /** Resolves to null when another tab holds the design and `takeOver` is false. */
  acquire(designId: string, takeOver: boolean): Promise<{ release(): void; readonly lost: Promise<void> } | null>;
}

export interface AnalysisRequest {
  readonly revision: number;
  readonly design: Design;
  readonly load: number;
  /** Also solve the load curve (slower; answered separately). */
  readonly withCurve: boolean;
}

/** The engine in its worker. A newer request cancels what an older one has not finished. */
export interface AnalysisEngine {
  analyse(request: AnalysisRequest): void;
  /** Only the load changed: reuses what was compiled for that revision. */
  changeLoad(revision: number, load: number): void;
  onAnswer(listener: (answer: AnalysisAnswer) => void): () => void;
  dispose(): void;
}

export type AnalysisAnswer =
  | { readonly type: "report"; readonly revision: number; readonly load: number; readonly report: AnalysisReport }
  | { readonly type: "curve"; readonly revision: number; readonly points: readonly LoadCurvePoint[] }
  /** Follows reports that said it was pending. */
  | { readonly type: "target-load"; readonly revision: number; readonly maxLoadWithinTargets: number | null }
  | { readonly type: "problem"; readonly revision: number; readonly problems: readonly Problem[] }
  | { readonly type: "failure"; readonly revision: number; readonly message: string };

/** A question about one design that takes many solutions. */
export type StudyQuestion =
  | {
      readonly type: "plan";
      readonly load: number;
      /** Share of each part that stays free, from 0 to below 1. */
      readonly headroom: number;
      readonly mayReduce: boolean;
    }
  | { readonly type: "certainty"; readonly load: number };

export interface StudyRequest {
  readonly design: Design;
  readonly question: StudyQuestion;
}

export type StudyAnswer =
  | { readonly type: "progress"; readonly done: number; readonly total: number | null }
  | { readonly type: "plan"; readonly plan: InstancePlan }
  | { readonly type: "certainty"; readonly certainty: Certainty }
  | { readonly type: "problem"; readonly problems: readonly Problem[] }
  | { readonly type: "failure"; readonly message: string };

/** The engine in workers of their own, so that the live figures go on while a study runs. */
export interface StudyEngine {
  /** Calls back with progress and then one last answer. The function that it returns stops the study at once. */
  ask(request: StudyRequest, listener: (answer: StudyAnswer) => void): () => void;
  dispose(): void;
}

export interface LayoutAnswer {
  readonly positions: ReadonlyMap<string, Position>;
  readonly sizes: ReadonlyMap<string, { readonly width: number; readonly height: number }>;
}

/** Automatic layout; rejects with an Error when cancelled or past its deadline. */
export interface LayoutEngine {
  layout(design: Design, signal: AbortSignal): Promise<LayoutAnswer>;
}

/** Passed in so that the session has no clock of its own. */
export interface Clock {
  nowMs(): number;
}
