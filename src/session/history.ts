import type { Change } from "#src/design/change.ts";

export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** One undo step: the change as it was made; taking it back applies its mechanical inverse. */
export interface Step {
  readonly label: string;
  readonly change: Change;
  /** Steps of the same label and gesture that follow each other closely become one. Null: never. */
  readonly gesture: string | null;
  /** When its last part was made; only used to end a gesture. */
  readonly atMs: number;
  readonly selectionBefore: Selection;
}

/** A step that can be done again, with what was selected when it was taken back. */
export interface UndoneStep extends Step {
  readonly selectionAfter: Selection;
}

export interface History {
  push(step: Step): void;
  /** The newest step when the given label and gesture continue it at that time, else null. */
  continuing(label: string, gesture: string | null, atMs: number): Step | null;
  /** Puts a longer version in place of the newest step. */
  replaceNewest(step: Step): void;
  /** Removes the newest step, for a gesture that ended where it began. */
  dropNewest(): void;
  undo(selection: Selection): Step | null;
  redo(): UndoneStep | null;
  undoLabel(): string | null;
  redoLabel(): string | null;
}

const longestHistory = 500;
const gesturePauseMs = 1000;

export function createHistory(limit: number = longestHistory): History {
  const done: Step[] = [];
  const undone: UndoneStep[] = [];
  return {
    push(step) {
      done.push(step);
      if (done.length > limit) done.shift();
      undone.length = 0;
    },
    continuing(label, gesture, atMs) {
      const newest = done.at(-1);
      if (newest === undefined || gesture === null || undone.length > 0) return null;
      const continues = newest.gesture === gesture && newest.label === label;
      return continues && Math.abs(atMs - newest.atMs) <= gesturePauseMs ? newest : null;
    },
    replaceNewest(step) {
      done[done.length - 1] = step;
    },
    dropNewest() {
      done.pop();
    },
    undo(selection) {
      const step = done.pop();
      if (step === undefined) return null;
      // What is undone starts no gesture when done again: the next edit is a step of its own.
      undone.push({ ...step, gesture: null, selectionAfter: selection });
      return step;
    },
    redo() {
      const step = undone.pop();
      if (step === undefined) return null;
      done.push(step);
      return step;
    },
    undoLabel: () => done.at(-1)?.label ?? null,
    redoLabel: () => undone.at(-1)?.label ?? null,
  };
}
