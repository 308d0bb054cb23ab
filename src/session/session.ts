import type { StoreApi } from "zustand/vanilla";
import type { AnalysisReport, LoadCurvePoint } from "#src/compile/report.ts";
import type { Change } from "#src/design/change.ts";
import type { Command, Design, Problem } from "#src/design/document.ts";
import type { FigureReference } from "#src/insights/explanation.ts";
import type { InstancePlan } from "#src/insights/planner/instance-plan.ts";
import type { Certainty, Progress } from "#src/insights/sensitivity/certainty.ts";
import type { StudyQuestion } from "./ports.ts";

/** A question that takes many solutions, and what is known of its answer. */
export interface Study<Answer> {
  /** How far the run is; null while none runs. */
  readonly running: Progress | null;
  /** The last answer with what it is about. */
  readonly answer: {
    readonly value: Answer;
    readonly question: StudyQuestion;
    readonly revision: number;
  } | null;
  /** Why the last run gave no answer. */
  readonly failure: string | null;
}

export type SaveState =
  | { readonly state: "saved"; readonly atMs: number }
  | { readonly state: "unsaved" }
  | { readonly state: "saving" }
  | { readonly state: "failed"; readonly message: string }
  /** `canTakeOver` is false when no tab may write, say because a newer version of the application is in use. */
  | { readonly state: "read-only"; readonly message: string; readonly canTakeOver?: boolean };

/** `place`: the kind of the part that the next press on the canvas puts there, with the settings of one of its presets. */
export type Tool = "select" | "pan" | { readonly place: string; readonly preset?: string };

export type PaneTab =
  | "overview"
  | "paths"
  | "capacity"
  | "load-curve"
  | "data"
  | "certainty"
  | "findings"
  | "inspector";

/** Who made a change: the user here, the opening of a document, or somebody elsewhere. Only the user's can be undone. */
export type ChangeSource = "user" | "load" | "remote";

/** What the screen shows. Components read it by selector, per id. Untouched records keep their identity. */
export interface SessionState {
  /** Storage id of the open design. */
  readonly designId: string;
  readonly design: Design;
  /** Counts every change of the design; answers for an older one are dropped. */
  readonly revision: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What undo and redo would do, for menus: "Move 3 parts". */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  readonly selectedNodes: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  readonly tool: Tool;
  /** 0.1 to 100. */
  readonly load: number;
  readonly report: AnalysisReport | null;
  /** The revision and load that the report was made for; the screen may say "computing" when they lag. */
  readonly reportRevision: number;
  readonly curve: readonly LoadCurvePoint[] | null;
  readonly analysisProblems: readonly Problem[];
  /** The engine stopped unexpectedly; figures shown are the last good ones. */
  readonly analysisFailure: string | null;
  readonly plan: Study<InstancePlan>;
  readonly certainty: Study<Certainty>;
  readonly saveState: SaveState;
  readonly tab: PaneTab;
  readonly explained: FigureReference | null;
  /** The last refused command or paste, for a toast; `serial` tells repeats apart. */
  readonly notice: { readonly serial: number; readonly tone: "info" | "problem"; readonly text: string } | null;
}

/** The open editor. */
export interface Session {
  readonly store: StoreApi<SessionState>;
  /**
   * Runs a user intention: one undo step. Returns false (and sets `notice`) when it was refused. Edits that follow each
   * other within a second under the same label and `gesture` (say the id of the field being dragged) are one step.
   */
  run<Args>(label: string, command: Command<Args>, args: Args, gesture?: string | null): boolean;
  undo(): void;
  redo(): void;
  /** Applies a change that was made elsewhere. */
  receive(change: Change): void;
  /** Calls back after every change with what changed and who did it. Returns the unsubscriber. */
  onChange(listener: (change: Change, source: ChangeSource) => void): () => void;
  select(nodes: Iterable<string>, edges: Iterable<string>): void;
  setTool(tool: Tool): void;
  setLoad(load: number): void;
  showTab(tab: PaneTab): void;
  explain(figure: FigureReference | null): void;
  /** Starts a study of the design as it is now, in place of one of its type that runs. A change of the design stops it. */
  study(question: StudyQuestion): void;
  stopStudy(type: StudyQuestion["type"]): void;
  /** JSON text of the selection for the clipboard; null when nothing is selected. */
  copySelection(): string | null;
  /** Parts of a fragment text, validated; selects what was pasted. */
  paste(text: string): boolean;
  duplicateSelection(): void;
  removeSelection(): void;
  /** Automatic layout as one undo step. */
  autoLayout(): Promise<void>;
  /** Saves now; resolves when stored or failed (see saveState). */
  flush(): Promise<void>;
  /** Stores what is left, begun before the call returns: for the moment when the page is hidden or left. */
  leave(): void;
  notify(tone: "info" | "problem", text: string): void;
  /** Becomes the writer of a design that another tab holds. */
  takeOver(): Promise<void>;
  close(): Promise<void>;
}
