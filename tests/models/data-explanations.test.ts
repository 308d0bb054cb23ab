import { describe, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { formatBytes, formatCount, formatDurationMs, formatPercent, formatRate } from "#src/base/format.ts";
import { explainFigure } from "#src/insights/explain-figure.ts";
import { formatBandwidth } from "#src/insights/explain-volume-figure.ts";
import type { BacklogFigure, Explanation, FigureReference } from "#src/insights/explanation.ts";
import { client, type DesignText, reportOf, serves } from "./design-reports.ts";

const design: DesignText = {
  nodes: [
    client,
    ["api", "service", serves(5, 8, { maxInstances: 6 })],
    ["db", "relational-database", serves(2, 8)],
    ["copy", "read-replica", serves(4, 2)],
    ["kv", "key-value-store", serves(4, 8, { replicas: 3 })],
    ["log", "stream", { partitions: 2, partitionSkew: 1, retentionHours: 24 }],
    ["worker", "worker", serves(20, 1, { instances: 3 })],
  ],
  edges: [
    ["client", "api"],
    ["api", "db", { condition: "write" }],
    ["db", "copy", { networkMs: 1 }],
    ["api", "copy", { condition: "read" }],
    ["api", "kv", { condition: "read" }],
    ["api", "log", { condition: "write" }],
    ["log", "worker"],
  ],
  journeys: [
    { id: "get", source: "client", ratePerSecond: 200 },
    { id: "put", source: "client", operation: "write", ratePerSecond: 30 },
  ],
  requirements: { recordsPerDay: 1_000_000, recordBytes: 1000 },
};

const answers = reportOf(design);
const { report } = answers;

function explain(figure: FigureReference): Explanation {
  const resolved = answers.analysis.compiled.resolved.design;
  const explanation = explainFigure({ design: resolved, report, catalogue }, figure);
  if (explanation === null) throw new Error(`No explanation of ${JSON.stringify(figure)}`);
  return explanation;
}

const [copy] = report.data.replicas;
const [quorum] = report.data.quorums;
const [scaling] = report.data.autoscaling;
const { volume } = report.data;
const { backlog } = answers.node("worker");
if (copy === undefined || quorum === undefined || scaling === undefined || volume === null || backlog === null) {
  throw new Error("the report lacks a part of its data");
}

describe("figures of data are explained with the number of the report", () => {
  const cases: readonly (readonly [FigureReference, string])[] = [
    [{ of: "copy", id: copy.edge, figure: "lag.mean" }, formatDurationMs(copy.lagMs.mean)],
    [{ of: "copy", id: copy.edge, figure: "lag.p99" }, formatDurationMs(copy.lagMs.p99)],
    [{ of: "copy", id: copy.edge, figure: "lag.p999" }, formatDurationMs(copy.lagMs.p999)],
    [{ of: "copy", id: copy.edge, figure: "appliesPerSecond" }, formatRate(30)],
    ...[copy, quorum].flatMap((source) =>
      (source.staleAfter ?? []).map(({ afterMs, probability }): [FigureReference, string] => [
        { of: "stale-read", id: "edge" in source ? source.edge : source.node, figure: "probability", afterMs },
        formatPercent(probability),
      ]),
    ),
    ...(
      [
        ["growthPerSecond", formatRate(backlog.growthPerSecond)],
        ["outageMinute.backlog", formatCount(1800)],
        ["outageMinute.drainMs", formatDurationMs(backlog.outageMinute.drainMs)],
        ["outageMinute.longestWaitMs", formatDurationMs(backlog.outageMinute.longestWaitMs)],
        ["rebalance.drainMs", formatDurationMs(backlog.rebalance?.drainMs)],
        ["deadLettersPerSecond", formatRate(0)],
        ["losesAfterMs", formatDurationMs(null)],
        ["losesAfterOutageMs", formatDurationMs(24 * 3_600_000)],
      ] satisfies readonly (readonly [BacklogFigure, string])[]
    ).map(([figure, value]): [FigureReference, string] => [{ of: "backlog", id: "worker", figure }, value]),
    [{ of: "autoscaling", id: "api", figure: "instances" }, formatCount(scaling.instances)],
    [{ of: "autoscaling", id: "api", figure: "reactionMs" }, formatDurationMs(60_000)],
    [{ of: "autoscaling", id: "api", figure: "backlog" }, formatCount(Math.round(scaling.doubling.backlog))],
    [{ of: "autoscaling", id: "api", figure: "drainMs" }, formatDurationMs(scaling.doubling.drainMs)],
    [{ of: "volume", figure: "bytesPerDay" }, formatBytes(1e9)],
    [{ of: "volume", figure: "ingestBitsPerSecond" }, formatBandwidth(volume.ingestBitsPerSecond)],
    [{ of: "volume", figure: "bytesKept" }, formatBytes(365e9)],
  ];

  it.each(cases)("%j", (figure, value) => {
    const { title, value: shown, formula, substituted, exactness } = explain(figure);
    expect(shown).toBe(value);
    for (const text of [title, formula, substituted, exactness.model, exactness.source]) {
      expect(text).not.toBe("");
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it("says nothing about what is not there", () => {
    const resolved = answers.analysis.compiled.resolved.design;
    const context = { design: resolved, report, catalogue };
    expect(explainFigure(context, { of: "copy", id: "none", figure: "lag.p99" })).toBeNull();
    expect(explainFigure(context, { of: "stale-read", id: "db", figure: "probability", afterMs: 1 })).toBeNull();
    expect(explainFigure(context, { of: "backlog", id: "api", figure: "growthPerSecond" })).toBeNull();
    expect(explainFigure(context, { of: "autoscaling", id: "db", figure: "instances" })).toBeNull();
  });

  it("names the prefix of a bandwidth", () => {
    expect([8, 8e3, 8e6, 4.63e9].map(formatBandwidth)).toEqual(["8 bit/s", "8 kbit/s", "8 Mbit/s", "4.63 Gbit/s"]);
  });
});
