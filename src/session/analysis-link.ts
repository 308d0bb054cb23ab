import type { Design } from "#src/design/document.ts";
import type { AnalysisAnswer, AnalysisEngine, Clock } from "./ports.ts";

const shortestPauseMs = 1000 / 60;

export interface AnalysisLink {
  /** A new revision: everything asked for before is out of date. */
  designChanged(): void;
  loadChanged(): void;
  close(): void;
}

export interface AnalysisLinkOptions {
  readonly engine: AnalysisEngine;
  readonly clock: Clock;
  readonly current: () => { readonly design: Design; readonly revision: number; readonly load: number };
  /** Only answers for the current revision arrive here. */
  readonly answered: (answer: AnalysisAnswer) => void;
}

/** Asks the engine about the design on screen: one question in flight, the last load wins, at most sixty a second. */
export function createAnalysisLink({ engine, clock, current, answered }: AnalysisLinkOptions): AnalysisLink {
  let inFlight = false;
  let askedLoad = Number.NaN;
  let lastAskedMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let unusable = false;

  function analyse(): void {
    const { design, revision, load } = current();
    inFlight = true;
    unusable = false;
    askedLoad = load;
    lastAskedMs = clock.nowMs();
    engine.analyse({ revision, design, load, withCurve: true });
  }

  function askForLoad(): void {
    if (timer !== null || inFlight || unusable) return;
    const { revision, load } = current();
    if (load === askedLoad) return;
    const pauseMs = Math.min(shortestPauseMs, lastAskedMs + shortestPauseMs - clock.nowMs());
    if (pauseMs > 0) {
      timer = setTimeout(() => {
        timer = null;
        askForLoad();
      }, pauseMs);
      return;
    }
    inFlight = true;
    askedLoad = load;
    lastAskedMs = clock.nowMs();
    engine.changeLoad(revision, load);
  }

  const unsubscribe = engine.onAnswer((answer) => {
    if (answer.revision !== current().revision) return;
    if (answer.type !== "curve" && answer.type !== "target-load") inFlight = false;
    // A design that cannot be analysed has no answer at another load either; the next revision asks again.
    if (answer.type === "problem") unusable = true;
    answered(answer);
    askForLoad();
  });

  return {
    designChanged: analyse,
    loadChanged: askForLoad,
    close() {
      if (timer !== null) clearTimeout(timer);
      unsubscribe();
    },
  };
}
