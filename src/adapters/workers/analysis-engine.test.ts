import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyDesign } from "#src/design/empty-design.ts";
import type { AnalysisAnswer } from "#src/session/ports.ts";
import { createAnalysisEngine, type WorkerLike } from "./analysis-engine.ts";
import type { AnalysisMessage } from "./protocol.ts";

class FakeWorker implements WorkerLike {
  readonly messages: AnalysisMessage[] = [];
  isTerminated = false;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  postMessage(message: AnalysisMessage): void {
    this.messages.push(message);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(answer: unknown): void {
    this.onmessage?.({ data: answer } as MessageEvent);
  }
  crash(): void {
    this.onerror?.({ message: "out of memory" } as ErrorEvent);
  }
}

const request = (revision: number) => ({ revision, design: emptyDesign(), load: 1, withCurve: true });
const report = (revision: number) => ({
  type: "report",
  revision,
  load: 1,
  report: { format: "plimsoll-analysis", version: 1 },
});

function engine() {
  const workers: FakeWorker[] = [];
  const answers: AnalysisAnswer[] = [];
  const made = createAnalysisEngine(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    { nowMs: () => Date.now() },
  );
  made.onAnswer((answer) => answers.push(answer));
  return { workers, answers, engine: made };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a crashed worker is started once more with the same question; a second crash is told", () => {
  const { workers, answers, engine: made } = engine();
  made.analyse(request(7));
  workers[0]?.crash();
  expect(workers[1]?.messages).toMatchObject([{ type: "analyse", revision: 7 }]);
  expect(answers).toEqual([]);
  workers[1]?.crash();
  expect(answers).toMatchObject([{ type: "failure", revision: 7 }]);
  expect(workers.length).toBe(2);
  made.analyse(request(8));
  workers[2]?.answer(report(8));
  expect(answers.at(-1)).toMatchObject({ type: "report", revision: 8 });
});

test("a worker that is busy with an old design for too long gives way to the newest", () => {
  const { workers, engine: made } = engine();
  made.analyse(request(1));
  vi.advanceTimersByTime(1000);
  made.analyse(request(2));
  expect(workers.length).toBe(1);
  vi.advanceTimersByTime(1500);
  made.analyse(request(3));
  expect(workers[0]?.isTerminated).toBe(true);
  expect(workers[1]?.messages).toMatchObject([{ revision: 3 }]);
});

test("an analysis without end is stopped and told, and a later load starts it again with the design", () => {
  const { workers, answers, engine: made } = engine();
  made.analyse(request(1));
  vi.advanceTimersByTime(30_000);
  expect(workers[0]?.isTerminated).toBe(true);
  expect(answers).toMatchObject([{ type: "failure", revision: 1 }]);
  made.changeLoad(1, 2);
  expect(workers[1]?.messages).toMatchObject([{ type: "analyse", revision: 1, load: 2 }]);
});

test("words of a stopped worker and loads of another revision are passed over", () => {
  const { workers, answers, engine: made } = engine();
  made.analyse(request(1));
  workers[0]?.crash();
  workers[0]?.answer(report(1));
  expect(answers).toEqual([]);
  made.changeLoad(99, 2);
  expect(workers[1]?.messages.length).toBe(1);
  made.dispose();
  expect(workers[1]?.isTerminated).toBe(true);
});
