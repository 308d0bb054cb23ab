import { describe, expect, it } from "vitest";
import { client, type DesignText, present, reportOf, serves } from "./design-reports.ts";

const noTime = serves(1e-6);
/** So many servers that nothing waits: a visit is its service. */
const unlimited = (serviceMs: number, more: object = {}): object => serves(serviceMs, 10_000, more);

/** One caller that takes no time, one callee that nothing waits for: the edge is all there is. */
function over(edge: object, ratePerSecond: number, caller: object = {}, callee = unlimited(10)): DesignText {
  return {
    nodes: [client, ["s", "service", { ...noTime, ...caller }], ["a", "service", callee]],
    edges: [
      ["client", "s"],
      ["s", "a", edge],
    ],
    ratePerSecond,
  };
}

describe("connections", () => {
  it("five connections held for exponential 10 ms are M/M/5: Wq = 0.554113 S at ρ = 0.8", () => {
    const { edge, journey, node } = reportOf(over({ connectionPool: 5 }, 400));
    const { connections } = edge("s-a");
    expect(connections).toMatchObject({ size: 5, saturated: false, backlogGrowthPerSecond: 0 });
    expect(connections?.utilization).toBeCloseTo(0.8, 9);
    expect(connections?.capacityPerSecond).toBeCloseTo(500, 6);
    expect(connections?.waitMs.mean).toBeCloseTo(5.54113, 5);
    expect(connections?.queueLength).toBeCloseTo(0.4 * 5.54113, 5);
    expect(journey().latencyMs.mean).toBeCloseTo(15.54113, 4);
    // No visit of its own: the way over the edge is not a visit of the caller.
    expect(node("s").arrivalsPerSecond).toBeCloseTo(400, 9);
    expect(journey().paths.map(({ nodes }) => nodes)).toEqual([["client", "s", "a"]]);
    const rows = new Map(journey().breakdown.map((row) => [row.node, row]));
    expect(rows.get("s")).toMatchObject({ visits: 1 });
    expect(rows.get("s")?.waitMs).toBeCloseTo(5.54113, 5);
    expect(rows.get("a")?.waitMs).toBeCloseTo(0, 9);
    expect(edge("s-a").callsPerSecond).toBeCloseTo(400, 9);
  });

  it("is kept over the network as well, and every instance of the caller has its own", () => {
    // Two pools of 5, each with half of the calls, kept for 15 ms of network and a visit of exactly 10 ms: M/D/5 at ρ = 0.5.
    const text = over({ connectionPool: 5, networkMs: 15 }, 200, { instances: 2 }, unlimited(10, { variability: 0 }));
    const { connections } = reportOf(text).edge("s-a");
    expect(connections?.size).toBe(10);
    expect(connections?.utilization).toBeCloseTo(0.5, 9);
    expect(connections?.waitMs.mean).toBeCloseTo(0.030653 * 25, 4);
  });

  it("as many connections as the callee has servers make no call wait twice, and leave the callee to break first", () => {
    const text = (edge: object): DesignText => over(edge, 280, {}, serves(10, 4));
    const without = reportOf(text({}));
    const { report, journey, edge } = reportOf(text({ connectionPool: 4 }));
    expect(journey().latencyMs.mean).toBeCloseTo(present(without.journey().latencyMs.mean), 6);
    // Busy connections are busy servers: 280/s of 10 ms on four.
    expect(edge("s-a").connections?.utilization).toBeCloseTo(0.7, 9);
    expect(report.breakingLoads[0]).toMatchObject({ node: "a", resource: "servers" });
    expect(report.maxLoad).toBeCloseTo(400 / 280, 6);
    // Within 2 % of the capacity it still works: nothing is saturated.
    expect(reportOf(text({ connectionPool: 4 }), { load: 1.4 }).journey().latencyMs.mean).not.toBeNull();
  });

  it("a pool that is too small saturates its caller, is named, and limits the load", () => {
    const text = over({ connectionPool: 5 }, 400);
    const { report, node, edge, journey } = reportOf(text, { load: 1.5 });
    expect(report.maxLoad).toBeCloseTo(1.25, 9);
    expect(report.breakingLoads[0]).toMatchObject({ node: "s", resource: "connections", edge: "s-a" });
    expect(node("s")).toMatchObject({ saturated: true, saturatedBy: { resource: "connections", edge: "s-a" } });
    expect(edge("s-a").connections).toMatchObject({ saturated: true, queueLength: null });
    expect(edge("s-a").connections?.backlogGrowthPerSecond).toBeCloseTo(100, 6);
    expect(node("a").arrivalsPerSecond).toBeCloseTo(500, 6);
    expect(journey().completedPerSecond).toBeCloseTo(500, 6);
    expect(journey().latencyMs.mean).toBeNull();
  });

  it("a timeout counts the wait for a connection", () => {
    const sure = { variability: 0 };
    // M/D/1 at ρ = 0.5: P(no wait) = 1/2. Who waits at all is not answered within 10.5 ms of a visit of 10.
    const { journey } = reportOf(over({ connectionPool: 1, timeoutMs: 10.0000001 }, 50, {}, unlimited(10, sure)));
    expect(journey().errorRate).toBeCloseTo(0.5, 5);
  });

  it("messages that are only sent keep a connection while their visit lasts, and delay nobody", () => {
    const { journey, edge } = reportOf(over({ connectionPool: 5, mode: "asynchronous" }, 400));
    expect(edge("s-a").connections?.waitMs.mean).toBeCloseTo(5.54113, 5);
    expect(present(journey().latencyMs.mean)).toBeLessThan(1e-3);
  });

  it("as many connections as workers that wait for their calls are never waited for", () => {
    const holding = { concurrency: 8, capacityPerSecond: 8e6, latencyMs: 1e-3, holdsWorkerWhileWaiting: true };
    const without = reportOf(over({}, 400, holding)).journey().latencyMs;
    const { edge, journey } = reportOf(over({ connectionPool: 8 }, 400, holding));
    expect(journey().latencyMs).toEqual(without);
    expect(edge("s-a").connections).toMatchObject({ size: 8, waitMs: { mean: 0, p99: 0 } });
    expect(edge("s-a").connections?.utilization).toBeCloseTo(0.5, 9);
  });
});

describe("bandwidth", () => {
  it("constant payloads over a link are M/D/1: Wq = ρS / 2(1 − ρ)", () => {
    // 1000 bytes at 125 000 bytes/s: 8 ms, at 100 calls/s ρ = 0.8 and Wq = 16 ms.
    const link = { payloadBytes: 1000, bandwidthBytesPerSecond: 125_000, networkMs: 2 };
    const { edge, journey, report } = reportOf(over(link, 100, {}, unlimited(10, { variability: 0 })));
    expect(edge("s-a").link).toMatchObject({ transmissionMs: 8, saturated: false });
    expect(edge("s-a").link?.utilization).toBeCloseTo(0.8, 9);
    expect(edge("s-a").link?.waitMs.mean).toBeCloseTo(16, 6);
    expect(edge("s-a").bytesPerSecond).toBeCloseTo(100_000, 6);
    expect(journey().latencyMs.mean).toBeCloseTo(16 + 8 + 2 + 10, 4);
    expect(report.maxLoad).toBeCloseTo(1.25, 9);
    expect(report.breakingLoads[0]).toMatchObject({ node: "s", resource: "link", edge: "s-a" });
    const parts = journey().breakdown.reduce(
      (sum, row) => sum + row.serviceMs + present(row.waitMs) + row.networkMs,
      0,
    );
    expect(parts).toBeCloseTo(present(journey().latencyMs.mean), 4);
  });

  it("no limit or no payload changes nothing", () => {
    const plain = reportOf(over({ payloadBytes: 1000 }, 100)).report;
    const { report } = reportOf(over({ payloadBytes: 1000, bandwidthBytesPerSecond: 1e15 }, 100));
    expect(report.journeys[0]?.latencyMs.mean).toBeCloseTo(present(plain.journeys[0]?.latencyMs.mean ?? null), 6);
    const empty = reportOf(over({ bandwidthBytesPerSecond: 1 }, 100));
    expect(empty.edge("s-a").link).toBeNull();
    expect(empty.report.journeys).toEqual(reportOf(over({}, 100)).report.journeys);
  });

  it("a link inside a pool is part of the time that a connection is kept", () => {
    const both = { payloadBytes: 1000, bandwidthBytesPerSecond: 1e6, connectionPool: 3 };
    const { edge } = reportOf(over(both, 100, {}, unlimited(10, { variability: 0 })));
    const { link, connections } = edge("s-a");
    const heldMs = present(link?.waitMs.mean ?? null) + 1 + 10;
    expect(connections?.utilization).toBeCloseTo((100 * heldMs) / 3000, 9);
  });
});
