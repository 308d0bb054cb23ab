import { expect, test } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import type { AnalysisAnswer } from "#src/session/ports.ts";
import { createAnalysisLoop } from "./analysis-loop.ts";
import { readAnalysisAnswer, readAnalysisMessage } from "./protocol.ts";

function design(ratePerSecond: number, targetMs?: number): Design {
  return {
    ...emptyDesign(),
    nodes: new Map([
      ["client", { id: "client", kind: "client" }],
      ["api", { id: "api", kind: "service", settings: { capacityPerSecond: 100, concurrency: 1, latencyMs: 10 } }],
    ]),
    edges: new Map([["e", { id: "e", source: "client", target: "api" }]]),
    journeys: new Map([
      [
        "j",
        {
          id: "j",
          source: "client",
          ratePerSecond,
          ...(targetMs !== undefined && { latencyTargets: [{ percentile: 99, ms: targetMs }] }),
        },
      ],
    ]),
  };
}

/** With a clock that stands still, or one that has always run out. */
function loop(nowMs: () => number = () => 0) {
  const answers: AnalysisAnswer[] = [];
  const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { answers, ...createAnalysisLoop({ catalogue, post: (answer) => answers.push(answer), nextTurn, nowMs }) };
}

const request = (revision: number, of: Design) =>
  ({ type: "analyse", revision, design: of, load: 1, withCurve: true }) as const;

test("answers a design with a report and then its load curve", async () => {
  const { answers, receive } = loop();
  await receive(request(1, design(50)));
  expect(answers.map((answer) => answer.type)).toEqual(["report", "curve"]);
  const [report] = answers;
  expect(report?.type === "report" && report.report.maxLoad).toBeCloseTo(2, 6);
  for (const answer of answers) expect(readAnalysisAnswer(structuredClone(answer))).not.toBeNull();
});

test("the load within targets follows a report that could not wait for it, and every later report has it", async () => {
  let ms = 0;
  const { answers, receive } = loop(() => (ms += 1000));
  await receive(request(1, design(50, 60)));
  expect(answers.map((answer) => answer.type)).toEqual(["report", "target-load", "curve"]);
  const [first, followed] = answers;
  expect(first).toMatchObject({ report: { maxLoadWithinTargets: null, isMaxLoadWithinTargetsPending: true } });
  // M/M/1 behind 0.5 ms of network: p99 is 0.5 ms + ln 100 / (100 − λ) s.
  const load = followed?.type === "target-load" ? followed.maxLoadWithinTargets : null;
  expect(Math.abs(((load ?? 0) * 50) / (100 - Math.log(100) / 0.0595) - 1)).toBeLessThan(2e-4);
  await receive({ type: "change-load", revision: 1, load: 0.5 });
  expect(answers.at(-1)).toMatchObject({ type: "report", report: { maxLoadWithinTargets: load } });
  for (const answer of answers) expect(readAnalysisAnswer(structuredClone(answer))).not.toBeNull();

  const quick = loop();
  await quick.receive(request(1, design(50, 60)));
  expect(quick.answers.map((answer) => answer.type)).toEqual(["report", "curve"]);
  expect(quick.answers[0]).toMatchObject({ report: { maxLoadWithinTargets: load } });
});

test("of designs that come together only the newest is worked out", async () => {
  const { answers, receive } = loop();
  const first = receive(request(1, design(50)));
  for (let revision = 2; revision <= 5; revision += 1) void receive(request(revision, design(50 + revision)));
  await first;
  expect(answers.map((answer) => answer.revision)).toEqual([5, 5]);
});

test("a newer design ends the load curve of an older one", async () => {
  const { answers, receive } = loop();
  const first = receive(request(1, design(50)));
  while (!answers.some((answer) => answer.type === "report")) await new Promise((resolve) => setImmediate(resolve));
  void receive(request(2, design(60)));
  await first;
  expect(answers.map((answer) => [answer.type, answer.revision])).toEqual([
    ["report", 1],
    ["report", 2],
    ["curve", 2],
  ]);
});

test("a change of load is answered for the revision it is asked of, and not for another", async () => {
  const { answers, receive } = loop();
  await receive(request(3, design(50)));
  await receive({ type: "change-load", revision: 3, load: 1.5 });
  await receive({ type: "change-load", revision: 2, load: 1.7 });
  const reports = answers.filter((answer) => answer.type === "report");
  expect(reports.map((answer) => answer.load)).toEqual([1, 1.5]);
  expect(reports.at(-1)?.report.nodes.find((node) => node.id === "api")?.utilization).toBeCloseTo(0.75, 6);
});

test("messages that are none of the protocol are refused", () => {
  expect(
    readAnalysisMessage({ type: "analyse", revision: 1.5, load: 1, withCurve: true, design: design(1) }),
  ).toBeNull();
  expect(readAnalysisMessage({ type: "change-load", revision: 1, load: Number.NaN })).toBeNull();
  expect(readAnalysisMessage({ type: "analyse", revision: 1, load: 1, withCurve: true, design: {} })).toBeNull();
  expect(readAnalysisMessage("change-load")).toBeNull();
  expect(readAnalysisAnswer({ type: "report", revision: 1, load: 1, report: {} })).toBeNull();
  expect(readAnalysisMessage(structuredClone(request(1, design(1))))).not.toBeNull();
});
