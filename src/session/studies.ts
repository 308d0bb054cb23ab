import type { StudyAnswer, StudyEngine, StudyQuestion } from "./ports.ts";
import type { SessionState, Study } from "./session.ts";

export const noStudy = { running: null, answer: null, failure: null } as const;

export interface StudiesOptions {
  readonly engine: StudyEngine;
  readonly current: () => SessionState;
  readonly show: (part: Partial<Pick<SessionState, "plan" | "certainty">>) => void;
}

export interface Studies {
  study(question: StudyQuestion): void;
  stop(type: StudyQuestion["type"]): void;
  stopAll(): void;
}

/** At most one study of each type; it is about the design that was on screen when it was asked for. */
export function createStudies({ engine, current, show }: StudiesOptions): Studies {
  const stops = new Map<StudyQuestion["type"], () => void>();

  function change(type: StudyQuestion["type"], part: Partial<Pick<Study<unknown>, "running" | "failure">>): void {
    const { plan, certainty } = current();
    show(type === "plan" ? { plan: { ...plan, ...part } } : { certainty: { ...certainty, ...part } });
  }

  function stop(type: StudyQuestion["type"]): void {
    const stopRun = stops.get(type);
    if (stopRun === undefined) return;
    stops.delete(type);
    stopRun();
    change(type, { running: null });
  }

  function study(question: StudyQuestion): void {
    const { type } = question;
    stop(type);
    const { design, revision } = current();
    change(type, { running: { done: 0, total: null }, failure: null });
    stops.set(
      type,
      engine.ask({ design, question }, (answer) => answered(question, revision, answer)),
    );
  }

  function answered(question: StudyQuestion, revision: number, answer: StudyAnswer): void {
    switch (answer.type) {
      case "progress":
        change(question.type, { running: { done: answer.done, total: answer.total } });
        return;
      case "plan":
        stops.delete("plan");
        show({ plan: { running: null, failure: null, answer: { value: answer.plan, question, revision } } });
        return;
      case "certainty":
        stops.delete("certainty");
        show({ certainty: { running: null, failure: null, answer: { value: answer.certainty, question, revision } } });
        return;
      case "problem":
        stops.delete(question.type);
        change(question.type, { running: null, failure: answer.problems[0]?.message ?? "It cannot be analysed." });
        return;
      case "failure":
        stops.delete(question.type);
        change(question.type, { running: null, failure: answer.message });
        return;
    }
  }

  return {
    study,
    stop,
    stopAll() {
      stop("plan");
      stop("certainty");
    },
  };
}
