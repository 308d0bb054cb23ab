import { describe, expect, it } from "vitest";
import { client, type DesignText, present, reportOf, serves } from "./design-reports.ts";

function service(settings: object, ratePerSecond: number): DesignText {
  return { nodes: [client, ["a", "service", settings]], edges: [["client", "a"]], ratePerSecond };
}

const cached: DesignText = {
  nodes: [
    client,
    ["api", "service", serves(0.1, 100)],
    ["cache", "cache", { ...serves(0.1, 100), hitRatio: 0.8 }],
    ["db", "relational-database", serves(0.4, 4)],
  ],
  edges: [
    ["client", "api"],
    ["api", "cache"],
    ["api", "db"],
  ],
  ratePerSecond: 1000,
};

describe("faults seen in other simulators, from file to report", () => {
  it("1: p99 of M/M/1 with 10 ms of service is 153.5 / 230.3 / 460.5 / 921 ms at ρ .7 / .8 / .9 / .95", () => {
    const shown = [70, 80, 90, 95].map((rate) => present(reportOf(service(serves(10), rate)).journey().latencyMs.p99));
    const truth = [0.7, 0.8, 0.9, 0.95].map((utilization) => (Math.log(100) * 10) / (1 - utilization));
    shown.forEach((p99, index) => {
      expect(Math.abs(p99 / (truth[index] ?? 0) - 1)).toBeLessThan(1e-6);
    });
    expect(shown.map(Math.round)).toEqual([154, 230, 461, 921]);
  });

  it("2: a coefficient of variation of 0.3 at ρ 0.9 means 59 ms in all, not 100", () => {
    const { journey } = reportOf(service(serves(10, 1, { variability: 0.3 }), 90));
    expect(present(journey().latencyMs.mean)).toBeCloseTo(10 + (0.9 * 10 * 1.09) / 0.2, 6);
  });

  it("3: a service that calls cache, store and payments for each request loads all three", () => {
    const { node } = reportOf({
      nodes: [
        client,
        ["api", "service"],
        ["sessions", "key-value-store"],
        ["db", "relational-database"],
        ["payments", "external-api"],
      ],
      edges: [
        ["client", "api"],
        ["api", "sessions"],
        ["api", "db"],
        ["api", "payments"],
      ],
    });
    for (const id of ["sessions", "db", "payments"]) expect(node(id).arrivalsPerSecond).toBeCloseTo(100, 9);
  });

  it("7: never more completed than offered; every node is in balance at any load", () => {
    for (const load of [0.5, 20, 49.9, 50.1, 200]) {
      const { report } = reportOf(cached, { load });
      for (const journey of report.journeys)
        expect(journey.completedPerSecond).toBeLessThanOrEqual(journey.offeredPerSecond * (1 + 1e-12));
      for (const node of report.nodes) {
        const out = node.completedPerSecond + node.rejectedPerSecond + node.backlogGrowthPerSecond;
        expect(Math.abs(out - node.arrivalsPerSecond)).toBeLessThanOrEqual(1e-9 * node.arrivalsPerSecond);
      }
    }
  });

  it("8: percentiles rise up to the edge of capacity, and beyond it there are none", () => {
    for (const load of [0.1, 1, 1.3, 1.42, 1.428]) {
      const { p50, p90, p95, p99, p999 } = reportOf(service(serves(10), 70), { load }).journey().latencyMs;
      const values = [p50, p90, p95, p99, p999].map(present);
      expect([...values].sort((first, second) => first - second)).toEqual(values);
      expect(new Set(values).size).toBe(5);
    }
    expect(reportOf(service(serves(10), 70), { load: 1.43 }).journey().latencyMs.p50).toBeNull();
  });

  it("9: a store of 10 000/s behind an 80 % cache allows five times its own capacity", () => {
    const { report, node, journey } = reportOf(cached);
    expect(node("db").capacityPerSecond).toBeCloseTo(10_000, 6);
    expect(present(report.maxLoad)).toBeCloseTo(50, 6);
    expect(present(journey().maxPerSecond)).toBeCloseTo(50_000, 3);
    expect(journey().bottleneck).toBe("db");
  });

  it("11: doubling the instances doubles capacity and shortens waits as M/M/c says", () => {
    const of = (instances: number) =>
      reportOf(service(serves(10, 1, { instances, dispatch: "shared-queue" }), 80)).node("a");
    expect(of(1).capacityPerSecond).toBeCloseTo(100, 9);
    expect(of(2).capacityPerSecond).toBeCloseTo(200, 9);
    expect(of(1).utilization).toBeCloseTo(0.8, 12);
    expect(of(2).utilization).toBeCloseTo(0.4, 12);
    expect(present(of(1).waitMs.mean)).toBeCloseTo(40, 9);
    // M/M/2: Wq = S ρ² / (1 − ρ²).
    expect(present(of(2).waitMs.mean)).toBeCloseTo((10 * 0.16) / 0.84, 9);
    expect(present(reportOf(service(serves(10, 1, { instances: 2 }), 80)).report.maxLoad)).toBeCloseTo(2.5, 9);
  });

  it("12: the store gets misses and writes, never the hits", () => {
    const { node } = reportOf({
      ...cached,
      journeys: [
        { id: "get", source: "client", ratePerSecond: 1000 },
        { id: "put", source: "client", operation: "write", ratePerSecond: 50 },
      ],
    });
    expect(node("db").arrivalsPerSecond).toBeCloseTo(1000 * 0.2 + 50, 9);
    expect(node("cache").arrivalsPerSecond).toBeCloseTo(1050, 9);
  });

  it("13: percentiles come from the law: three stations in tandem, M/M/4, M/M/8, M/M/2 at ρ 0.8", () => {
    const { journey } = reportOf({
      nodes: [
        client,
        ["a", "service", serves(4000, 4)],
        ["b", "service", serves(8000, 8)],
        ["d", "service", serves(2000, 2)],
      ],
      edges: [
        ["client", "a"],
        ["a", "b"],
        ["b", "d"],
      ],
      ratePerSecond: 0.8,
    });
    const { p50, p95, p99, p999 } = journey().latencyMs;
    const truth = [20.786, 45.495, 59.729, 78.964];
    [p50, p95, p99, p999].forEach((value, index) => {
      expect(Math.abs(present(value) / 1000 / (truth[index] ?? 0) - 1)).toBeLessThan(0.005);
    });
  });

  it("15: only what a journey visits counts, and a parallel replica raises availability", () => {
    const unit = { mtbfHours: 99, mttrMinutes: 60 };
    const text = (replicas: number): DesignText => ({
      nodes: [
        client,
        ["lb", "load-balancer", { mttrMinutes: 0 }],
        ...Array.from({ length: replicas }, (_, index) => [`s${index}`, "service", serves(5, 1, unit)] as const),
        ["batch", "service", serves(900, 1, unit)],
        ["archive", "object-storage", { latencyMs: 5000, ...unit }],
      ],
      edges: [
        ["client", "lb"],
        ...Array.from({ length: replicas }, (_, index) => ["lb", `s${index}`] as const),
        ["batch", "archive"],
      ],
      ratePerSecond: 1,
    });
    expect(reportOf(text(1)).journey().availability).toBeCloseTo(0.99, 12);
    expect(reportOf(text(2)).journey().availability).toBeCloseTo(0.9999, 12);
    expect(present(reportOf(text(1)).journey().latencyMs.p999)).toBeLessThan(50);
    expect(reportOf(text(1)).node("archive").arrivalsPerSecond).toBe(0);
  });

  it("18: means are means: those of the parts add up to that of the journey", () => {
    const { journey } = reportOf(cached, { load: 40 });
    const parts = journey().breakdown.reduce((sum, part) => sum + part.serviceMs + present(part.waitMs), 0);
    expect(parts).toBeCloseTo(present(journey().latencyMs.mean), 9);
    expect(present(reportOf(service(serves(10, 1), 1e-9)).journey().latencyMs.mean)).toBeCloseTo(10, 6);
  });
});
