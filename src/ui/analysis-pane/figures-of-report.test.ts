import { describe, expect, test } from "vitest";
import type { AnalysisReport, JourneyReport, LoadCurvePoint } from "#src/compile/report.ts";
import { placeOfProblem } from "#src/ui/problem-place.ts";
import { costInWords, exactnessInWords } from "./closing-notes.ts";
import { evidenceName, evidenceValue } from "./evidence.ts";
import { kneeLoad } from "./knee.ts";
import { edgesAlong } from "./path-edges.ts";
import { clientApiStore, computed } from "./test-report.ts";
import { waterfallHops } from "./waterfall-hops.ts";
import { worstTarget } from "./worst-target.ts";

const { design, report } = computed(clientApiStore(400, 100));

function journeyOf(from: AnalysisReport): JourneyReport {
  const [journey] = from.journeys;
  if (journey === undefined) throw new Error("No journey");
  return journey;
}

describe("the waterfall", () => {
  test("follows the calls, leaves out a source that takes no time, and adds up to the mean latency", () => {
    const hops = waterfallHops(design, journeyOf(report));
    expect(hops.map(({ id, depth }) => [id, depth])).toEqual([
      ["api", 0],
      ["db", 1],
    ]);
    const [api, db] = hops;
    expect(db?.startMs).toBeCloseTo((api?.networkMs ?? 0) + (api?.waitingMs ?? 0) + (api?.serviceMs ?? 0), 9);
    const total = hops.reduce((sum, hop) => sum + hop.networkMs + hop.waitingMs + hop.serviceMs, 0);
    expect(total / (journeyOf(report).latencyMs.mean ?? 0)).toBeCloseTo(1, 6);
  });

  test("starts calls of one order at the same time and the next order after the slower of them", () => {
    const file = clientApiStore(400, 100);
    const wide = computed({
      ...file,
      nodes: [
        { id: "users", kind: "client" },
        { id: "api", kind: "service" },
        { id: "quick", kind: "service", settings: { latencyMs: 8 } },
        { id: "slow", kind: "service", settings: { latencyMs: 90 } },
        { id: "last", kind: "service" },
      ],
      edges: [
        { id: "e0", source: "users", target: "api" },
        { id: "e1", source: "api", target: "quick", settings: { order: 1 } },
        { id: "e2", source: "api", target: "slow", settings: { order: 1 } },
        { id: "e3", source: "api", target: "last", settings: { order: 2 } },
      ],
    });
    const starts = new Map(waterfallHops(wide.design, journeyOf(wide.report)).map((hop) => [hop.id, hop.startMs]));
    expect(starts.get("quick")).toBe(starts.get("slow"));
    expect((starts.get("last") ?? 0) - (starts.get("slow") ?? 0)).toBeGreaterThan(90);
  });
});

describe("the knee", () => {
  const point = (load: number, completedPerSecond: number, p99: number | null): LoadCurvePoint => ({
    load,
    journeys: [{ id: "order", completedPerSecond, p50: p99, p99 }],
  });

  test("of an M/M/1 queue is at half its capacity, where ρ (1 − ρ) is greatest", () => {
    // The 99th percentile of the time in an M/M/1 queue is ln 100 / (μ − λ); here μ = 100.
    const curve = Array.from({ length: 99 }, (_, index) => {
      const rate = index + 1;
      return point(rate / 100, rate, Math.log(100) / (100 - rate));
    });
    expect(kneeLoad(curve, "order")).toBeCloseTo(0.5, 9);
  });

  test("is not claimed where power still grows, nor without latencies", () => {
    expect(kneeLoad([point(1, 10, 5), point(2, 20, 5)], "order")).toBeNull();
    expect(kneeLoad([point(1, 10, null)], "order")).toBeNull();
    expect(kneeLoad([point(1, 10, 5), point(2, 11, 9)], "other")).toBeNull();
  });
});

test("the worst target is the one missed by most, and a saturated one before all", () => {
  const journey = journeyOf(report);
  const target = (ms: number, actualMs: number | null) => ({ percentile: 99, ms, actualMs, met: false });
  expect(worstTarget({ ...journey, targets: [] })).toBeNull();
  expect(worstTarget({ ...journey, targets: [target(100, 50), target(10, 9)] })?.ms).toBe(10);
  expect(worstTarget({ ...journey, targets: [target(10, 90), target(100, null)] })?.ms).toBe(100);
});

test("a problem's path leads to its record by place, and to none beyond the table", () => {
  expect(placeOfProblem(design, "$.nodes[1].settings.instances")).toEqual({ table: "nodes", id: "api" });
  expect(placeOfProblem(design, "$.edges[0]")).toEqual({ table: "edges", id: "users-api" });
  expect(placeOfProblem(design, "$.journeys[0].source")).toEqual({ table: "journeys", id: "order" });
  expect(placeOfProblem(design, "$.nodes[9]")).toBeNull();
  expect(placeOfProblem(design, "$.requirements")).toBeNull();
});

test("edges along a path are those between its nodes, in its direction", () => {
  expect(edgesAlong(design, ["users", "api"])).toEqual(["users-api"]);
  expect(edgesAlong(design, ["users", "api", "db"])).toEqual(["users-api", "api-db"]);
  expect(edgesAlong(design, ["db", "api"])).toEqual([]);
});

test.each([
  ["arrivalsPerSecond", 1200, "Arrivals", "1 200/s"],
  ["waitMsP99", 12, "Wait p99", "12 ms"],
  ["utilization", 0.78, "Utilisation", "78 %"],
  ["availability", 0.9995, "Availability", "99.95 %"],
  ["headroom", 1.28, "Headroom", "1.28×"],
  ["journeysLost", 2, "Journeys lost", "2"],
  ["policy", "hash", "Policy", "hash"],
  ["capacityPerSecond", null, "Capacity", "–"],
])("evidence %s of %s reads %s %s", (name, value, words, text) => {
  expect(evidenceName(name)).toBe(words);
  expect(evidenceValue(name, value).replaceAll(/[\u00a0\u202f]/g, " ")).toBe(text);
});

test("cost is summed only where prices are known, and says what is missing", () => {
  expect(costInWords(report)).toBe("No cost is given: no price is known for any of these parts.");
  const [first, ...others] = report.nodes;
  if (first === undefined) throw new Error("No node");
  const part = { ...report, nodes: [{ ...first, monthlyCost: 40 }, ...others] };
  expect(costInWords(part)).toBe(`$40 a month, without ${others.length} parts whose price is not known.`);
  const whole = { ...report, nodes: report.nodes.map((node) => ({ ...node, monthlyCost: 10 })) };
  expect(costInWords(whole)).toBe(`$${report.nodes.length * 10} a month.`);
});

test("the exactness of latencies is named once a model", () => {
  const text = exactnessInWords(report);
  expect(text).toContain(journeyOf(report).exactness.model);
  expect(exactnessInWords({ ...report, journeys: [journeyOf(report), journeyOf(report)] })).toBe(text);
  expect(exactnessInWords({ ...report, journeys: [] })).toBe("");
});
