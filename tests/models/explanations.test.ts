import { describe, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import type { NodeReport } from "#src/compile/report.ts";
import { explainFigure } from "#src/insights/explain-figure.ts";
import type { Explanation, FigureReference } from "#src/insights/explanation.ts";
import { type Answers, client, type DesignText, present, reportOf, serves } from "./design-reports.ts";

const design: DesignText = {
  nodes: [
    client,
    ["api", "service", serves(5, 8, { instances: 3, queueLimit: 40, dispatch: "shared-queue" })],
    ["cache", "cache", { ...serves(0.2, 4), hitRatio: 0.8 }],
    ["db", "relational-database", serves(10, 8, { holdsWorkerWhileWaiting: true })],
    ["log", "service", serves(1, 2, { latencyMs: 4 })],
  ],
  edges: [
    ["client", "api", { networkMs: 20 }],
    ["api", "cache", { payloadBytes: 2000 }],
    ["api", "db", { payloadBytes: 500 }],
    ["db", "log", { calls: 2 }],
  ],
  journeys: [
    { id: "get", source: "client", ratePerSecond: 1000, latencyTargets: [{ percentile: 99, ms: 100 }] },
    { id: "put", source: "client", operation: "write", ratePerSecond: 60, availabilityTarget: 0.99 },
  ],
};

function explain(answers: Answers, figure: FigureReference): Explanation {
  const { report, analysis } = answers;
  const explanation = explainFigure({ design: analysis.compiled.resolved.design, report, catalogue }, figure);
  if (explanation === null) throw new Error(`No explanation of ${JSON.stringify(figure)}`);
  return explanation;
}

/** Every figure of a node with the number of the report as it is shown. */
function nodeFigures(
  node: NodeReport,
): readonly (readonly [Extract<FigureReference, { of: "node" }>["figure"], string])[] {
  return [
    ["arrivalsPerSecond", formatRate(node.arrivalsPerSecond)],
    ["utilization", formatPercent(node.offeredUtilization)],
    ["capacityPerSecond", formatRate(node.capacityPerSecond)],
    ["headroom", formatMultiple(node.headroom)],
    ["queueLength", formatNumber(node.queueLength)],
    ["waitMs.mean", formatDurationMs(node.waitMs.mean)],
    ["waitMs.p99", formatDurationMs(node.waitMs.p99)],
    ["residenceMs.mean", formatDurationMs(node.residenceMs.mean)],
    ["residenceMs.p99", formatDurationMs(node.residenceMs.p99)],
    ["rejectedPerSecond", formatRate(node.rejectedPerSecond)],
    ["instancesNeeded", formatCount(node.instancesNeeded)],
    ["availability", formatPercent(node.availability)],
    ["monthlyCost", formatNumber(node.monthlyCost)],
  ];
}

/** Numbers of "a = b × c / d", in base units, read back from the words. */
function numbersIn(text: string): readonly number[] {
  const scales: Readonly<Record<string, number>> = {
    "%": 0.01,
    s: 1,
    ms: 1e-3,
    µs: 1e-6,
    ns: 1e-9,
    "M/s": 1e6,
    "G/s": 1e9,
  };
  return [...text.matchAll(/(\d[\d\u202f]*(?:\.\d+)?)(?:(\/s)|\u00a0(%|s|ms|µs|ns|M\/s|G\/s))?/g)].map(
    ([, digits = "", , unit]) =>
      Number(digits.replaceAll("\u202f", "")) * (unit === undefined ? 1 : (scales[unit] ?? Number.NaN)),
  );
}

describe("explanations", () => {
  it.each([0.5, 1, 2.5])("every figure of the report is explained with the report's own value, at load %d", (load) => {
    const answers = reportOf(design, { load });
    let explained = 0;
    const check = (figure: FigureReference, shown: string): void => {
      const explanation = explain(answers, figure);
      expect(explanation.value, JSON.stringify(figure)).toBe(shown);
      for (const words of [explanation.title, explanation.formula, explanation.substituted]) {
        expect(words.length, JSON.stringify(figure)).toBeGreaterThan(0);
        expect(words).not.toMatch(/NaN|undefined|Infinity|\[object/);
      }
      expect(explanation.exactness.model.length).toBeGreaterThan(0);
      explained += 1;
    };
    for (const node of answers.report.nodes)
      for (const [figure, shown] of nodeFigures(node)) check({ of: "node", id: node.id, figure }, shown);
    for (const journey of answers.report.journeys) {
      const { id, latencyMs } = journey;
      check({ of: "journey", id, figure: "offeredPerSecond" }, formatRate(journey.offeredPerSecond));
      check({ of: "journey", id, figure: "completedPerSecond" }, formatRate(journey.completedPerSecond));
      check({ of: "journey", id, figure: "errorRate" }, formatPercent(journey.errorRate));
      check({ of: "journey", id, figure: "availability" }, formatPercent(journey.availability));
      check({ of: "journey", id, figure: "maxPerSecond" }, formatRate(journey.maxPerSecond));
      for (const figure of ["mean", "p50", "p90", "p95", "p99", "p999"] as const)
        check({ of: "journey", id, figure }, formatDurationMs(latencyMs[figure]));
    }
    for (const { id, callsPerSecond, bytesPerSecond } of answers.report.edges) {
      check({ of: "edge", id, figure: "callsPerSecond" }, formatRate(callsPerSecond));
      check({ of: "edge", id, figure: "bytesPerSecond" }, `${formatBytes(bytesPerSecond)}/s`);
    }
    check({ of: "design", figure: "maxLoad" }, formatMultiple(answers.report.maxLoad));
    check({ of: "design", figure: "maxLoadWithinTargets" }, formatMultiple(answers.report.maxLoadWithinTargets));
    check(
      { of: "design", figure: "breaksFirst" },
      answers.report.breaksFirst
        .map((id) => answers.analysis.compiled.resolved.design.nodes.get(id)?.name ?? id)
        .join(", then "),
    );
    let hops = 0;
    let paths = 0;
    for (const { id: journey, paths: ways, breakdown } of answers.report.journeys) {
      for (const [path, { share, latencyMs }] of ways.entries()) {
        check({ of: "path", journey, path, figure: "share" }, formatPercent(share));
        for (const figure of ["mean", "p50", "p90", "p95", "p99", "p999"] as const)
          check({ of: "path", journey, path, figure }, formatDurationMs(latencyMs[figure]));
        paths += 1;
      }
      for (const { node, visits, serviceMs, waitMs, networkMs } of breakdown) {
        check({ of: "hop", journey, node, figure: "visits" }, formatNumber(visits));
        check({ of: "hop", journey, node, figure: "serviceMs" }, formatDurationMs(serviceMs));
        check({ of: "hop", journey, node, figure: "waitMs" }, formatDurationMs(waitMs));
        check({ of: "hop", journey, node, figure: "networkMs" }, formatDurationMs(networkMs));
        hops += 1;
      }
    }
    expect(paths).toBeGreaterThan(2);
    expect(hops).toBeGreaterThan(6);
    expect(explained).toBe(5 * 13 + 2 * 11 + 4 * 2 + 3 + 7 * paths + 4 * hops);
  });

  it.each([0.5, 1, 2.5])(
    "the arithmetic shown for utilisation, capacity and queue length adds up, at load %d",
    (load) => {
      const answers = reportOf(design, { load });
      for (const id of ["api", "cache", "db", "log"]) {
        const node = answers.node(id);
        const shown = (figure: "utilization" | "capacityPerSecond" | "queueLength") =>
          numbersIn(explain(answers, { of: "node", id, figure }).substituted);
        const [utilization = 0, rate = 0, seconds = 0, servers = 0] = shown("utilization");
        // Three significant figures each.
        expect(Math.abs((rate * seconds) / servers / utilization - 1), `${id} utilisation`).toBeLessThan(0.02);
        const [capacity = 0, instances = 0, each = 0] = shown("capacityPerSecond");
        expect(Math.abs((instances * each) / capacity - 1), `${id} capacity`).toBeLessThan(0.02);
        // Waits below a nanosecond are shown as such.
        if (node.saturated || present(node.waitMs.mean) < 1e-6) continue;
        const [length = 0, accepted = 0, wait = 0] = shown("queueLength");
        expect(Math.abs(accepted * wait - length), `${id} queue`).toBeLessThan(0.02 * Math.max(length, 1e-12));
      }
    },
  );

  it("the parts named for a mean add up to it", () => {
    const answers = reportOf(design);
    const { mean } = answers.journey("get").latencyMs;
    const parts = numbersIn(
      explain(answers, { of: "journey", id: "get", figure: "mean" })
        .values.map(({ value }) => value)
        .join(" + "),
    );
    expect(parts.length).toBeGreaterThan(2);
    expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) * 1000 - present(mean))).toBeLessThan(
      0.02 * present(mean),
    );
  });

  it("assumptions say which settings are the design's and which are defaults with a source", () => {
    const answers = reportOf({ nodes: [client, ["a", "service", { concurrency: 4 }]], edges: [["client", "a"]] });
    const { assumptions } = explain(answers, { of: "node", id: "a", figure: "utilization" });
    const about = (name: string) => assumptions.find(({ setting }) => setting.includes(name));
    expect(about("concurrency")).toMatchObject({ value: "4", isDefault: false, source: "set in this design" });
    expect(about("capacity")?.isDefault).toBe(true);
    expect(about("capacity")?.source).toMatch(/^default/);
  });

  it("what is no longer there is not explained", () => {
    const { report, analysis } = reportOf(design);
    const context = { design: analysis.compiled.resolved.design, report, catalogue };
    expect(explainFigure(context, { of: "node", id: "gone", figure: "utilization" })).toBeNull();
    expect(explainFigure(context, { of: "journey", id: "gone", figure: "mean" })).toBeNull();
    expect(explainFigure(context, { of: "edge", id: "gone", figure: "callsPerSecond" })).toBeNull();
  });
});
