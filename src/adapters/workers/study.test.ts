import { expect, test } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { StudyAnswer, StudyQuestion } from "#src/session/ports.ts";
import { createStudyEngine, type StudyWorker } from "./study-engine.ts";
import { readStudyAnswer, readStudyMessage, type StudyMessage } from "./study-protocol.ts";
import { runStudy } from "./study-run.ts";

class FakeWorker implements StudyWorker {
  readonly messages: StudyMessage[] = [];
  isTerminated = false;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  postMessage(message: StudyMessage): void {
    this.messages.push(message);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(answer: unknown): void {
    this.onmessage?.({ data: answer } as MessageEvent);
  }
}

function design(): Design {
  const read = readDesignFile(
    JSON.stringify({
      format: "plimsoll",
      version: 1,
      journeys: [{ id: "j", source: "client", ratePerSecond: 3000, ranges: { ratePerSecond: [2000, 4000] } }],
      nodes: [
        { id: "client", kind: "client" },
        { id: "api", kind: "service" },
      ],
      edges: [{ id: "e", source: "client", target: "api" }],
    }),
    kindDirectory,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

const question: StudyQuestion = { type: "plan", load: 1, headroom: 0.3, mayReduce: false };

function engine() {
  const workers: FakeWorker[] = [];
  const made = createStudyEngine(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { workers, engine: made };
}

test("a study reports progress and ends with its answer; its worker is kept for the next", () => {
  const { workers, engine: studies } = engine();
  const answers: StudyAnswer[] = [];
  studies.ask({ design: design(), question }, (answer) => answers.push(answer));
  workers[0]?.answer({ type: "progress", done: 3, total: null });
  workers[0]?.answer("noise");
  workers[0]?.answer({ type: "plan", plan: { headroom: 0.3 } });
  expect(answers.map(({ type }) => type)).toEqual(["progress", "plan"]);
  studies.ask({ design: design(), question }, (answer) => answers.push(answer));
  expect(workers).toHaveLength(1);
  studies.dispose();
  expect(workers[0]?.isTerminated).toBe(true);
});

test("a stopped study ends its worker and says nothing more; another one goes on", () => {
  const { workers, engine: studies } = engine();
  const answers: StudyAnswer[] = [];
  const stop = studies.ask({ design: design(), question }, (answer) => answers.push(answer));
  studies.ask({ design: design(), question: { type: "certainty", load: 1 } }, (answer) => answers.push(answer));
  stop();
  workers[0]?.answer({ type: "plan", plan: { headroom: 0.3 } });
  expect([workers[0]?.isTerminated, workers[1]?.isTerminated]).toEqual([true, false]);
  workers[1]?.answer({ type: "failure", message: "no" });
  expect(answers).toEqual([{ type: "failure", message: "no" }]);
  stop();
  expect(answers).toHaveLength(1);
});

test("a crash is told, and the next study has a new worker", () => {
  const { workers, engine: studies } = engine();
  const answers: StudyAnswer[] = [];
  studies.ask({ design: design(), question }, (answer) => answers.push(answer));
  workers[0]?.onerror?.({ message: "out of memory" } as ErrorEvent);
  expect(answers).toEqual([{ type: "failure", message: "The computation stopped: out of memory" }]);
  studies.ask({ design: design(), question }, () => {});
  expect(workers).toHaveLength(2);
});

test("the worker gives the plan and the intervals, with progress in between", () => {
  const answersTo = (asked: StudyQuestion): readonly StudyAnswer[] => {
    const message = readStudyMessage(structuredClone({ type: "study", design: design(), question: asked }));
    if (message === null) throw new Error("The message is not known");
    const answers: StudyAnswer[] = [];
    let now = 0;
    runStudy(message, { catalogue, post: (answer) => answers.push(answer), nowMs: () => (now += 60) });
    return answers.map((answer) => {
      const read = readStudyAnswer(structuredClone(answer));
      if (read === null) throw new Error("The answer is not known");
      return read;
    });
  };
  expect(answersTo(question).at(-1)).toMatchObject({
    type: "plan",
    plan: { changes: [{ node: "api", from: 1, to: 3 }] },
  });
  const certain = answersTo({ type: "certainty", load: 1 });
  expect(certain.filter(({ type }) => type === "progress").length).toBeGreaterThan(5);
  expect(certain[0]).toMatchObject({ type: "progress", total: 205 });
  expect(certain.at(-1)).toMatchObject({ type: "certainty", certainty: { samples: 200 } });
});

test("what is no study is not taken for one", () => {
  expect(readStudyMessage({ type: "analyse", revision: 1 })).toBeNull();
  expect(readStudyMessage({ type: "study", design: {}, question })).toBeNull();
  expect(readStudyMessage({ type: "study", design: design(), question: { ...question, headroom: 1 } })).toBeNull();
  expect(readStudyAnswer({ type: "plan" })).toBeNull();
});
