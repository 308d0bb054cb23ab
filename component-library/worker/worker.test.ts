import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import worker from "./definition.ts";

test("does the job, then makes its calls", () => {
  expect(recordVisit(worker, {})).toBe("serve(calls in order)");
  expect(recordVisit(worker, {}, { operation: "write" })).toBe("serve(calls in order)");
});

test("4 jobs at a time at 100 jobs/s are 40 ms a job; a minute at 120 leaves a backlog that drains in a minute at 80", () => {
  const serving = worker.serving({});
  const capacity = (serving?.instances ?? 0) * (serving?.capacityPerSecond ?? 0);
  expect(serving?.latencyMs).toBe(40);
  const backlog = (120 - capacity) * 60;
  expect(backlog).toBe(1200);
  expect(backlog / (capacity - 80)).toBe(60);
});
