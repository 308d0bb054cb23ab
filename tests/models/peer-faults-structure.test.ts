import { describe, expect, it } from "vitest";
import { client, type DesignText, present, reportOf, serves } from "./design-reports.ts";

const year = { mtbfHours: 999, mttrMinutes: 60 };

describe("faults seen in other simulators: structure, stocks and causes", () => {
  it("5: a slow dependency fills the workers of its caller, whose own line grows", () => {
    const behind = (dependencyMs: number): DesignText => ({
      nodes: [
        client,
        ["api", "service", serves(5, 8, { holdsWorkerWhileWaiting: true })],
        ["db", "relational-database", { ...serves(dependencyMs, 64), dispatch: "shared-queue" }],
      ],
      edges: [
        ["client", "api"],
        ["api", "db"],
      ],
      ratePerSecond: 100,
    });
    const quick = reportOf(behind(5));
    const slow = reportOf(behind(70));
    // 100/s keep 5 + 5 ms and 5 + 70 ms of eight workers: Little's law.
    expect(quick.node("api").utilization).toBeCloseTo((100 * 0.01) / 8, 4);
    expect(slow.node("api").utilization).toBeCloseTo((100 * 0.075) / 8, 4);
    expect(present(slow.node("api").queueLength)).toBeGreaterThan(100 * present(quick.node("api").queueLength));
    expect(slow.node("db").utilization).toBeLessThan(0.12);
    // A little slower, and the caller is full while the store that causes it is nearly idle.
    const slower = reportOf(behind(80));
    expect(slower.node("api").saturated).toBe(true);
    expect(slower.node("db").saturated).toBe(false);
  });

  it("10: least connections holds exactly what is in flight: nothing when idle, λW under load", () => {
    const balanced = (ratePerSecond: number) =>
      reportOf({
        nodes: [
          client,
          ["lb", "load-balancer", { policy: "least-connections", ...serves(0.01, 64) }],
          ["api", "service", serves(10, 1, { instances: 4 })],
        ],
        edges: [
          ["client", "lb"],
          ["lb", "api"],
        ],
        ratePerSecond,
      }).node("api");
    expect(present(balanced(1e-6).queueLength)).toBeLessThan(1e-12);
    for (const rate of [40, 200, 380]) {
      const node = balanced(rate);
      expect(present(node.queueLength)).toBeCloseTo((rate * present(node.waitMs.mean)) / 1000, 9);
    }
  });

  it("16: replicas that share a zone fall together, and in two zones they do not", () => {
    const inZones = (second: string): number =>
      reportOf({
        nodes: [
          client,
          ["zone-1", "availability-zone", year],
          ["zone-2", "availability-zone", year],
          ["lb", "load-balancer", { mtbfHours: 1e9, mttrMinutes: 0 }],
          ["a", "service", year, "zone-1"],
          ["b", "service", year, second],
        ],
        edges: [
          ["client", "lb"],
          ["lb", "a"],
          ["lb", "b"],
        ],
      }).journey().availability;
    const up = 0.999;
    const oneZone = up * (1 - (1 - up) ** 2);
    const twoZones = 1 - (1 - up * up) ** 2;
    expect(inZones("zone-1")).toBeCloseTo(oneZone, 12);
    expect(inZones("zone-2")).toBeCloseTo(twoZones, 12);
    // A product over all boxes would call both worse than one replica alone.
    expect(twoZones).toBeGreaterThan(up);
  });

  it("17: a part on the way of no journey is a finding, and adds nothing", () => {
    const text = (extra: boolean): DesignText => ({
      nodes: [
        client,
        ["api", "service", serves(10)],
        ...(extra ? ([["cache", "cache", {}]] as const) : []),
        ["db", "relational-database", serves(10, 4)],
      ],
      edges: [
        ["client", "api"],
        ["api", "db"],
      ],
      ratePerSecond: 50,
    });
    const found = reportOf(text(true)).report.risks.filter(({ rule }) => rule === "structure.unneeded-part");
    expect(found).toMatchObject([{ severity: "low", nodes: ["cache"] }]);
    expect(reportOf(text(true)).journey()).toEqual(reportOf(text(false)).journey());
    const connected = { ...text(true), edges: [...text(true).edges, ["api", "cache"] as const] };
    expect(reportOf(connected).report.risks.filter(({ rule }) => rule === "structure.unneeded-part")).toEqual([]);
  });

  it("19: waiting requests are counted once: the line is as long as Little's law says, at every kind of line", () => {
    for (const settings of [
      serves(10, 2),
      serves(10, 2, { variability: 2 }),
      serves(10, 2, { queueLimit: 3 }),
      serves(10, 1, { instances: 3, dispatch: "round-robin" }),
      serves(10, 1, { instances: 3, dispatch: "power-of-two" }),
    ]) {
      const node = reportOf({
        nodes: [client, ["a", "service", settings]],
        edges: [["client", "a"]],
        ratePerSecond: 170,
      }).node("a");
      const accepted = node.arrivalsPerSecond - node.rejectedPerSecond;
      expect(present(node.queueLength)).toBeCloseTo((accepted * present(node.waitMs.mean)) / 1000, 9);
    }
  });
});
