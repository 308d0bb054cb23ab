import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { prepareAnalysis, reportAt } from "#src/compile/analyse.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { InstancePlan, PlanOptions } from "#src/insights/planner/instance-plan.ts";
import { instancePlanOf } from "#src/insights/planner/plan-instances.ts";
import { type DesignText, serves } from "./design-reports.ts";
import { randomDesign } from "./random-designs.ts";

function designOf(file: string): Design {
  const read = readDesignFile(file, kindDirectory);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

function designFrom({ nodes, edges, journeys = [] }: DesignText): Design {
  return designOf(
    JSON.stringify({
      format: "plimsoll",
      version: 1,
      journeys,
      nodes: nodes.map(([id, kind, settings]) => ({ id, kind, ...(settings && { settings }) })),
      edges: edges.map(([source, target, settings]) => ({
        id: `${source}-${target}`,
        source,
        target,
        settings: { networkMs: 0, ...settings },
      })),
    }),
  );
}

function planOf(design: Design, options: PlanOptions = {}): InstancePlan {
  const outcome = instancePlanOf(design, catalogue, options);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
}

function withInstances(design: Design, counts: Readonly<Record<string, number>>): Design {
  const nodes = new Map(design.nodes);
  for (const [id, instances] of Object.entries(counts)) {
    const node = nodes.get(id);
    if (node === undefined) throw new Error(`No node ${id}`);
    nodes.set(id, { ...node, settings: { ...node.settings, instances } });
  }
  return { ...design, nodes };
}

function applied(design: Design, plan: InstancePlan): Design {
  return withInstances(design, Object.fromEntries(plan.changes.map(({ node, to }) => [node, to])));
}

function reportOf(design: Design, load: number): AnalysisReport {
  const prepared = prepareAnalysis(design, catalogue);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problem));
  return reportAt(prepared.value, load);
}

function keeps(report: AnalysisReport, headroom: number): boolean {
  return (
    report.nodes.every((node) => node.unclippedUtilization <= (1 - headroom) * (1 + 1e-9)) &&
    report.journeys.every(({ targets }) => targets.every(({ met }) => met))
  );
}

const journey = (more: object = {}) => ({ id: "j", source: "client", ratePerSecond: 250, ...more });
const client = ["client", "client"] as const;
const from = (percentile: number, ms: number) => ({ latencyTargets: [{ percentile, ms }] });

describe("capacity alone", () => {
  it("is the utilisation law: 250 a second at 100 each with 30 % free are 4", () => {
    const design = designFrom({
      nodes: [client, ["api", "service", serves(10)]],
      edges: [["client", "api"]],
      journeys: [journey()],
    });
    const plan = planOf(design);
    expect(plan.changes).toEqual([
      {
        node: "api",
        from: 1,
        to: 4,
        because: { of: "headroom", node: "api", utilization: 2.5 / 3 },
        utilizationBefore: 2.5,
        utilizationAfter: 0.625,
      },
    ]);
    expect(plan.before).toEqual({ instances: 1, maxLoad: 0.4, targetsMet: 0 });
    expect(plan.after).toEqual({ instances: 4, maxLoad: 1.6, targetsMet: 0 });
    expect(planOf(design, { headroom: 0 }).changes[0]?.to).toBe(3);
    expect(planOf(design, { headroom: 0.5 }).changes[0]?.to).toBe(5);
    expect(planOf(design, { load: 4 }).changes[0]?.to).toBe(15);
  });

  it("finds large numbers in a few solutions", () => {
    const design = designFrom({
      nodes: [client, ["api", "service", serves(10)], ["store", "key-value-store", serves(1)]],
      edges: [
        ["client", "api"],
        ["api", "store", { calls: 2 }],
      ],
      journeys: [journey({ ratePerSecond: 40_000 })],
    });
    const plan = planOf(design);
    expect(plan.changes.map(({ node, to }) => [node, to])).toEqual([
      ["api", 572],
      ["store", 115],
    ]);
    expect(plan.evaluations).toBeLessThan(30);
  });

  it("sizes what holds its servers by the whole holding time", () => {
    // Each request holds its worker for its own 10 ms and for the 40 ms and the wait behind it.
    const design = designFrom({
      nodes: [
        client,
        ["api", "service", serves(10, 10, { holdsWorkerWhileWaiting: true })],
        ["store", "key-value-store", serves(40, 4)],
      ],
      edges: [
        ["client", "api"],
        ["api", "store"],
      ],
      journeys: [journey()],
    });
    const plan = planOf(design);
    expect(keeps(reportOf(applied(design, plan), 1), 0.3)).toBe(true);
    for (const { node, to } of plan.changes) {
      expect(keeps(reportOf(withInstances(applied(design, plan), { [node]: to - 1 }), 1), 0.3)).toBe(false);
    }
    expect(plan.changes.map(({ node }) => node)).toEqual(["api", "store"]);
  });

  it("takes away what is not needed only when asked, and leaves two where there were several", () => {
    const design = designFrom({
      nodes: [client, ["api", "service", serves(1, 1, { instances: 6 })], ["b", "service", serves(1)]],
      edges: [
        ["client", "api"],
        ["api", "b"],
      ],
      journeys: [journey()],
    });
    expect(planOf(design).changes).toEqual([]);
    expect(planOf(design, { mayReduce: true }).changes).toMatchObject([{ node: "api", from: 6, to: 2, because: null }]);
    const available = { ...journey(), availabilityTarget: 0.999 };
    const strict = designFrom({
      nodes: [client, ["api", "service", serves(1, 1, { instances: 6, mtbfHours: 9, mttrMinutes: 60 })]],
      edges: [["client", "api"]],
      journeys: [available],
    });
    // 0.1³ = 0.001: three of them are needed, two are 99 %.
    expect(planOf(strict, { mayReduce: true }).changes).toMatchObject([
      { node: "api", from: 6, to: 3, because: { of: "availability", target: 0.999 } },
    ]);
  });
});

describe("a part that more instances do not help", () => {
  it("keeps as many as do help, and is told", () => {
    // Four partitions for consumers of 300 a second: more than four of them would stand idle, and 500 a second reach each.
    const design = designFrom({
      nodes: [
        client,
        ["log", "stream", { partitions: 4 }],
        ["counter", "worker", { concurrency: 1, capacityPerSecond: 300, latencyMs: 4 }],
      ],
      edges: [
        ["client", "log"],
        ["log", "counter"],
      ],
      journeys: [{ id: "j", source: "client", operation: "write", ratePerSecond: 2000 }],
    });
    const plan = planOf(design);
    expect(plan.changes).toMatchObject([{ node: "counter", from: 1, to: 4 }]);
    expect(plan.stuck).toMatchObject([{ node: "counter", reason: expect.stringContaining("partitions") }]);
    expect(plan.stuck[0]?.utilization).toBeCloseTo(500 / 300, 9);
  });
});

describe("latency targets", () => {
  /** Every choice from 1 to `most` of each part: the least total that keeps everything. */
  function leastTotal(design: Design, parts: readonly string[], most: number, headroom: number): number {
    let least = Number.POSITIVE_INFINITY;
    const counts = parts.map(() => 1);
    for (;;) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (total < least) {
        const tried = withInstances(design, Object.fromEntries(parts.map((id, index) => [id, counts[index] ?? 1])));
        if (keeps(reportOf(tried, 1), headroom)) least = total;
      }
      let place = 0;
      while (place < parts.length && counts[place] === most) counts[place++] = 1;
      if (place === parts.length) return least;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }

  const path = [
    ["client", "a"],
    ["a", "b"],
  ] as const;
  const cases: readonly (readonly [string, DesignText, readonly string[]])[] = [
    [
      "a slow and a quick part in a row",
      {
        nodes: [client, ["a", "service", serves(10)], ["b", "service", serves(4)]],
        edges: path,
        journeys: [journey(from(99, 80))],
      },
      ["a", "b"],
    ],
    [
      "shared queues, a mean beside a tail",
      {
        nodes: [
          client,
          ["a", "service", serves(10, 2, { dispatch: "shared-queue" })],
          ["b", "service", serves(6, 1, { dispatch: "shared-queue", variability: 2 })],
        ],
        edges: path,
        journeys: [
          journey({
            latencyTargets: [
              { percentile: 50, ms: 15 },
              { percentile: 99, ms: 100 },
            ],
          }),
        ],
      },
      ["a", "b"],
    ],
    [
      "two journeys through three parts",
      {
        nodes: [
          client,
          ["a", "service", serves(4)],
          ["b", "service", serves(8)],
          ["c", "service", serves(6, 2, { dispatch: "round-robin" })],
        ],
        edges: [
          ["client", "a"],
          ["a", "b", { calls: { j: 1 } }],
          ["a", "c", { calls: { k: 1 } }],
        ],
        journeys: [
          { id: "j", source: "client", ratePerSecond: 120, ...from(95, 40) },
          { id: "k", source: "client", ratePerSecond: 80, ...from(99, 45) },
        ],
      },
      ["a", "b", "c"],
    ],
    [
      "workers held while a store answers",
      {
        nodes: [
          client,
          ["a", "service", serves(5, 2, { holdsWorkerWhileWaiting: true })],
          ["b", "key-value-store", serves(10, 2)],
        ],
        edges: path,
        journeys: [journey({ ratePerSecond: 200, ...from(95, 45) })],
      },
      ["a", "b"],
    ],
  ];

  it.each(cases)("are met with the least total of all choices: %s", (_, text, parts) => {
    const design = designFrom(text);
    const plan = planOf(design);
    expect(plan.targets.map(({ outcome }) => outcome)).toEqual(plan.targets.map(() => "met"));
    expect(keeps(reportOf(applied(design, plan), 1), 0.3)).toBe(true);
    expect(plan.after.instances).toBe(leastTotal(design, parts, parts.length === 2 ? 14 : 7, 0.3));
    expect(plan.changes.some(({ because }) => because?.of === "latency")).toBe(true);
  });

  it("below the time without any wait are impossible, and the parts to blame are named in order", () => {
    const design = designFrom({
      nodes: [client, ["a", "service", serves(10, 1, { latencyMs: 12 })], ["b", "service", serves(40, 4)]],
      edges: [
        ["client", "a", { networkMs: 3 }],
        ["a", "b"],
      ],
      journeys: [journey(from(50, 30))],
    });
    const plan = planOf(design);
    const [target] = plan.targets;
    expect(target).toMatchObject({ outcome: "impossible", beforeMs: null });
    // The median of 10 ms + 40 ms, both exponential, with 2 ms of delay and 3 ms of network, by bisection of its closed form.
    const share = (t: number) => 1 - (40 * Math.exp(-t / 40) - 10 * Math.exp(-t / 10)) / 30;
    let [low, high] = [0, 200];
    for (let step = 0; step < 60; step++)
      [low, high] = share((low + high) / 2) < 0.5 ? [(low + high) / 2, high] : [low, (low + high) / 2];
    expect(target?.floorMs).toBeCloseTo(low + 5, 4);
    expect(target?.contributors.map(({ node }) => node)).toEqual(["b", "a"]);
    expect(target?.contributors[0]?.serviceMs).toBeCloseTo(40, 9);
    expect(target?.contributors[1]).toMatchObject({ networkMs: 3 });
    expect(target?.contributors[1]?.serviceMs).toBeCloseTo(12, 9);
    // The rest is still planned: nothing is left over the line.
    for (const node of reportOf(applied(design, plan), 1).nodes)
      expect(node.unclippedUtilization).toBeLessThanOrEqual(0.7);
  });

  it("that waits at someone else's part keep out of reach are stuck there", () => {
    const design = designFrom({
      nodes: [client, ["a", "service", serves(2)], ["paid", "external-api", serves(10, 3)]],
      edges: [
        ["client", "a"],
        ["a", "paid"],
      ],
      journeys: [journey(from(99, 60))],
    });
    const plan = planOf(design);
    expect(plan.targets[0]).toMatchObject({ outcome: "stuck" });
    expect(plan.targets[0]?.contributors[0]?.node).toBe("paid");
    expect(plan.targets[0]?.contributors[0]?.waitMs).toBeGreaterThan(1);
    expect(plan.stuck).toMatchObject([{ node: "paid", reason: expect.stringContaining("someone else") }]);
    expect(plan.stuck[0]?.utilization).toBeCloseTo(2.5 / 3, 9);
    expect(plan.changes).toMatchObject([{ node: "a", to: 1 }].filter(({ to }) => to > 1));
  });

  it("that wait for a single writer are stuck there as well", () => {
    const design = designFrom({
      nodes: [client, ["a", "service", serves(2)], ["primary", "relational-database", serves(10, 3)]],
      edges: [
        ["client", "a"],
        ["a", "primary"],
      ],
      journeys: [journey(from(99, 60))],
    });
    expect(planOf(design).stuck).toMatchObject([{ node: "primary", reason: expect.stringContaining("shards") }]);
  });

  it("behind a full part of someone else have no bound, and that part is named", () => {
    const design = designFrom({
      nodes: [client, ["a", "service", serves(2)], ["paid", "external-api", serves(10)]],
      edges: [
        ["client", "a"],
        ["a", "paid"],
      ],
      journeys: [journey(from(99, 60))],
    });
    const plan = planOf(design);
    expect(plan.targets[0]).toMatchObject({ outcome: "stuck", afterMs: null });
    expect(plan.stuck).toMatchObject([{ node: "paid", utilization: 2.5 }]);
    expect(plan.targets[0]?.contributors[0]).toMatchObject({ node: "paid", waitMs: null });
  });
});

describe("any design", () => {
  it("keeps what its plan claims when it is analysed again, and is no smaller by any one instance", () => {
    let planned = 0;
    fc.assert(
      fc.property(randomDesign, fc.constantFrom(0.5, 1, 3), fc.boolean(), ({ file }, load, mayReduce) => {
        const read = readDesignFile(file, kindDirectory);
        if (!read.ok || /"style":"holding"/.test(file)) return;
        const design = read.value;
        const outcome = instancePlanOf(design, catalogue, { load, mayReduce });
        if (!outcome.ok) return;
        const plan = outcome.value;
        const changed = applied(design, plan);
        const report = reportOf(changed, load);
        const stuck = new Set(plan.stuck.map(({ node }) => node));
        for (const node of report.nodes) {
          if (!stuck.has(node.id)) expect(node.unclippedUtilization).toBeLessThanOrEqual(0.7 * (1 + 1e-8));
        }
        if (stuck.size === 0) expect(report.maxLoad ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(load);
        for (const target of plan.targets) {
          const found = report.journeys
            .find(({ id }) => id === target.journey)
            ?.targets.find(({ percentile, ms }) => percentile === target.percentile && ms === target.ms);
          expect(found?.met).toBe(target.outcome === "met");
        }
        for (const change of plan.changes) {
          planned += 1;
          expect(change.to).not.toBe(change.from);
          if (!mayReduce) expect(change.to).toBeGreaterThan(change.from);
          else expect(change.to).toBeGreaterThanOrEqual(Math.min(2, change.from));
          if (change.because === null) expect(change.to).toBe(Math.min(2, change.from));
        }
      }),
      { seed: 20261122, numRuns: 25 },
    );
    expect(planned).toBeGreaterThan(12);
  }, 120_000);
});
