import { describe, expect, it } from "vitest";
import type { Risk } from "#src/compile/report.ts";
import { client, type DesignText, reportOf, serves } from "./design-reports.ts";

const steady = { mtbfHours: 1e9, mttrMinutes: 0 };
const twice = { instances: 2, dispatch: "shared-queue", ...steady };

function risks(text: DesignText, rule: string, load = 1, scenario?: string): readonly Risk[] {
  return reportOf(text, { load, ...(scenario === undefined ? {} : { scenario }) }).report.risks.filter(
    (risk) => risk.rule === rule,
  );
}

function service(settings: object, ratePerSecond: number, journey: object = {}): DesignText {
  return {
    nodes: [client, ["a", "service", settings]],
    edges: [["client", "a"]],
    journeys: [{ id: "j", source: "client", ratePerSecond, ...journey }],
  };
}

describe("findings", () => {
  it("node.saturated: 120/s on a part of 100/s, and not 99/s", () => {
    const [risk] = risks(service(serves(10), 120), "node.saturated");
    expect(risk).toMatchObject({ severity: "critical", nodes: ["a"] });
    expect(risk?.evidence["arrivalsPerSecond"]).toBeCloseTo(120, 9);
    expect(risk?.evidence["capacityPerSecond"]).toBeCloseTo(100, 9);
    expect(risk?.evidence["backlogGrowthPerSecond"]).toBeCloseTo(20, 9);
    expect(risk?.title).toBe("a is offered more than it can serve");
    expect(risks(service(serves(10), 99), "node.saturated")).toEqual([]);
  });

  it("node.saturated: exactly at its capacity behind a part that holds the rest back, it has nothing to spare", () => {
    const equals: DesignText = {
      nodes: [client, ["a", "service", serves(10)], ["b", "worker", serves(10)]],
      edges: [
        ["client", "a"],
        ["a", "b", { mode: "asynchronous" }],
      ],
      ratePerSecond: 120,
    };
    const [first, second] = risks(equals, "node.saturated");
    expect(first).toMatchObject({ severity: "critical", nodes: ["a"], title: "a is offered more than it can serve" });
    expect(second).toMatchObject({ severity: "high", nodes: ["b"], title: "b has nothing to spare" });
    expect(second?.evidence["backlogGrowthPerSecond"]).toBeCloseTo(0, 6);
    expect(second?.impact).toMatch(/^100\/s arrive, which is all that it can serve/);
  });

  it("node.above-safe-line: ρ 0.71 and not 0.69; grave above 0.9", () => {
    const [risk] = risks(service(serves(10), 71), "node.above-safe-line");
    expect(risk).toMatchObject({ severity: "medium", nodes: ["a"] });
    expect(risk?.evidence["utilization"]).toBeCloseTo(0.71, 9);
    expect(risk?.evidence["waitMsMean"]).toBeCloseTo(7.1 / 0.29, 6);
    expect(risks(service(serves(10), 69), "node.above-safe-line")).toEqual([]);
    expect(risks(service(serves(10), 91), "node.above-safe-line")[0]?.severity).toBe("high");
    expect(risks(service(serves(10), 101), "node.above-safe-line")).toEqual([]);
  });

  it("node.rejects: M/M/1 with one waiting place turns 1 in 7 away at ρ 0.5, and with forty none", () => {
    const [risk] = risks(service(serves(10, 1, { queueLimit: 1 }), 50), "node.rejects");
    expect(risk).toMatchObject({ severity: "critical", nodes: ["a"] });
    expect(risk?.evidence["share"]).toBeCloseTo(1 / 7, 9);
    expect(risk?.evidence["rejectedPerSecond"]).toBeCloseTo(50 / 7, 9);
    expect(risks(service(serves(10, 1, { queueLimit: 40 }), 50), "node.rejects")).toEqual([]);
    const failing = {
      ...service(serves(10), 50),
      scenarios: [{ id: "out", effects: [{ type: "down", target: "a" }] }],
    };
    expect(risks(failing, "node.rejects", 1, "out")).toEqual([]);
  });

  it("target.latency-missed: a p99 of 92.1 ms against 92, and not against 93", () => {
    const target = (ms: number) => ({ latencyTargets: [{ percentile: 99, ms }] });
    const [risk] = risks(service(serves(10), 50, target(92)), "target.latency-missed");
    expect(risk?.evidence).toMatchObject({ percentile: 99, targetMs: 92 });
    expect(risk?.evidence["actualMs"]).toBeCloseTo(20 * Math.log(100), 3);
    expect(risk?.nodes).toEqual(["a"]);
    expect(risks(service(serves(10), 50, target(93)), "target.latency-missed")).toEqual([]);
  });

  it("target.availability-missed: 0.99 against 0.991, and not against 0.989", () => {
    const unit = serves(10, 1, { mtbfHours: 99, mttrMinutes: 60 });
    const [risk] = risks(service(unit, 1, { availabilityTarget: 0.991 }), "target.availability-missed");
    expect(risk?.evidence["availability"]).toBeCloseTo(0.99, 12);
    expect(risk?.evidence["target"]).toBe(0.991);
    expect(risks(service(unit, 1, { availabilityTarget: 0.989 }), "target.availability-missed")).toEqual([]);
  });

  it("structure.single-point-of-failure: a lone part, and not one of two behind a balancer or with two instances", () => {
    const alone = risks(
      service(serves(10, 1, { mtbfHours: 99, mttrMinutes: 60 }), 1),
      "structure.single-point-of-failure",
    );
    expect(alone.map(({ nodes }) => nodes)).toEqual([["a"]]);
    expect(alone[0]?.evidence["availability"]).toBeCloseTo(0.99, 12);
    expect(risks(service(serves(10, 1, twice), 1), "structure.single-point-of-failure")).toEqual([]);
    const routed: DesignText = {
      nodes: [client, ["lb", "load-balancer", twice], ["a", "service"], ["b", "service"], ["db", "key-value-store"]],
      edges: [
        ["client", "lb"],
        ["lb", "a"],
        ["lb", "b"],
        ["a", "db"],
        ["b", "db"],
      ],
    };
    expect(risks(routed, "structure.single-point-of-failure").map(({ nodes }) => nodes)).toEqual([["db"]]);
  });

  it("structure.single-point-of-failure: a zone that holds both replicas, and not two zones", () => {
    const zoned = (second: string): DesignText => ({
      nodes: [
        client,
        ["z1", "availability-zone"],
        ["z2", "availability-zone"],
        ["lb", "load-balancer", twice],
        ["a", "service", {}, "z1"],
        ["b", "service", {}, second],
      ],
      edges: [
        ["client", "lb"],
        ["lb", "a"],
        ["lb", "b"],
      ],
    });
    expect(risks(zoned("z1"), "structure.single-point-of-failure").map(({ nodes }) => nodes)).toEqual([["z1"]]);
    expect(risks(zoned("z2"), "structure.single-point-of-failure")).toEqual([]);
  });

  it("structure.single-point-of-failure: a quorum of two of three spares one, of three none", () => {
    const quorum = (needed: number): DesignText => ({
      nodes: [client, ["s", "service", twice], ["a", "service"], ["b", "service"], ["d", "service"]],
      edges: [["client", "s"], ...["a", "b", "d"].map((id) => ["s", id, { order: 1, quorum: needed }] as const)],
    });
    expect(risks(quorum(2), "structure.single-point-of-failure")).toEqual([]);
    expect(risks(quorum(3), "structure.single-point-of-failure").map(({ nodes }) => nodes)).toEqual([
      ["a"],
      ["b"],
      ["d"],
    ]);
  });

  const cached: DesignText = {
    nodes: [
      client,
      ["api", "service", serves(0.1, 10)],
      ["cache", "cache", { ...serves(0.1, 10), hitRatio: 0.9 }],
      ["db", "relational-database", serves(10, 4)],
    ],
    edges: [
      ["client", "api"],
      ["api", "cache"],
      ["api", "db"],
    ],
    ratePerSecond: 401,
  };

  it("cache.down: a store of 400/s behind a 90 % cache at 401/s, and not at 399/s", () => {
    const [risk] = risks(cached, "cache.down");
    expect(risk).toMatchObject({ severity: "critical", nodes: ["cache", "db"] });
    expect(risk?.evidence["arrivalsWithCache"]).toBeCloseTo(40.1, 9);
    expect(risk?.evidence["arrivalsWithout"]).toBeCloseTo(401, 9);
    expect(risk?.evidence["capacityPerSecond"]).toBeCloseTo(400, 9);
    expect(risk?.evidence["utilizationWithout"]).toBeCloseTo(401 / 400, 9);
    expect(risks({ ...cached, ratePerSecond: 399 }, "cache.down")).toEqual([]);
    expect(risks({ ...cached, ratePerSecond: 200 }, "cache.down", 2.01)).toHaveLength(1);
  });

  it("cache.down names all parts that go down together, and shows the figures of the worst", () => {
    const sharded: DesignText = {
      nodes: [
        client,
        ["api", "service", serves(0.1, 10)],
        ["cache", "cache", { ...serves(0.1, 10), hitRatio: 0.9 }],
        ["one", "relational-database", serves(10, 4)],
        ["two", "relational-database", serves(10, 3)],
        ["three", "relational-database", serves(10, 8)],
      ],
      edges: [["client", "api"], ["api", "cache"], ...["one", "two", "three"].map((id) => ["api", id] as const)],
      ratePerSecond: 500,
    };
    const [risk, ...more] = risks(sharded, "cache.down");
    expect(more).toEqual([]);
    expect(risk?.title).toBe("Losing cache takes two and 1 other down");
    expect(risk?.nodes).toEqual(["cache", "two", "one"]);
    expect(risk?.evidence["capacityPerSecond"]).toBeCloseTo(300, 9);
  });

  it("cache.down is judged in the scenario at hand, and a cache that is down already is not lost again", () => {
    const scenarios = [
      { id: "busy", effects: [{ type: "traffic", amount: 2 }] },
      { id: "gone", effects: [{ type: "down", target: "cache" }] },
      { id: "dead", effects: [{ type: "down", target: "api" }] },
    ];
    const calm = { ...cached, ratePerSecond: 250, scenarios };
    expect(risks(calm, "cache.down")).toEqual([]);
    expect(risks(calm, "cache.down", 1, "busy")).toHaveLength(1);
    expect(risks(calm, "cache.down", 2, "gone")).toEqual([]);
    // Nothing arrives behind a dead part, whatever is lost there.
    expect(risks(calm, "cache.down", 2, "dead")).toEqual([]);
    expect(risks(calm, "structure.single-point-of-failure", 1, "dead")).toEqual([]);
  });

  it("the gravest come first", () => {
    const severities = reportOf({ ...cached, ratePerSecond: 3000 }).report.risks.map(({ severity }) => severity);
    const rank = ["critical", "high", "medium", "low"];
    expect(severities.length).toBeGreaterThan(2);
    expect([...severities].sort((first, second) => rank.indexOf(first) - rank.indexOf(second))).toEqual(severities);
  });
});
