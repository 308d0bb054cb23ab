import { expect, test } from "vitest";
import { renameDesign } from "#src/design/commands/rename-design.ts";
import { renameNode } from "#src/design/commands/rename-node.ts";
import type { StudyQuestion } from "./ports.ts";
import { designWith, openSession } from "./test-session.ts";

const plan: StudyQuestion = { type: "plan", load: 2, headroom: 0.3, mayReduce: false };

test("a study is asked of the design on screen, and its answer says which one that was", () => {
  const { session, studies, state } = openSession(designWith("a"));
  session.study(plan);
  expect(studies.requests).toEqual([{ design: state().design, question: plan }]);
  expect(state().plan).toEqual({ running: { done: 0, total: null }, answer: null, failure: null });
  studies.listener({ type: "progress", done: 4, total: 10 });
  expect(state().plan.running).toEqual({ done: 4, total: 10 });
  const value = { headroom: 0.3 } as never;
  studies.listener({ type: "plan", plan: value });
  expect(state().plan).toEqual({
    running: null,
    answer: { value, question: plan, revision: state().revision },
    failure: null,
  });
});

test("a change of the design stops a study, and an earlier answer stays with its revision", () => {
  const { session, studies, state } = openSession(designWith("a"));
  session.study({ type: "certainty", load: 1 });
  studies.listener({ type: "certainty", certainty: { samples: 0 } as never });
  const before = state().revision;
  session.study({ type: "certainty", load: 1 });
  session.run("Rename", renameNode, { id: "a", name: "A" });
  expect(studies.stopped).toBe(1);
  expect(state().certainty.running).toBeNull();
  expect(state().certainty.answer?.revision).toBe(before);
  expect(state().revision).toBe(before + 1);
});

test("a second question of a type replaces the first, and a stopped one leaves nothing behind", () => {
  const { session, studies, state } = openSession(designWith("a"));
  session.study(plan);
  session.study({ ...plan, load: 3 });
  expect(studies.stopped).toBe(1);
  session.stopStudy("plan");
  expect(studies.stopped).toBe(2);
  expect(state().plan).toEqual({ running: null, answer: null, failure: null });
  session.stopStudy("plan");
  expect(studies.stopped).toBe(2);
});

test("why there is no answer is told until the next question", () => {
  const { session, studies, state } = openSession(designWith("a"));
  session.study(plan);
  studies.listener({ type: "failure", message: "It stopped." });
  expect(state().plan.failure).toBe("It stopped.");
  session.study(plan);
  expect(state().plan.failure).toBeNull();
  studies.listener({ type: "problem", problems: [] });
  expect(state().plan.failure).toMatch(/cannot be analysed/);
});

test("closing stops what runs", async () => {
  const { session, studies } = openSession(designWith("a"));
  session.run("Rename", renameDesign, { name: "B" });
  session.study(plan);
  await session.close();
  expect(studies.stopped).toBe(1);
});
