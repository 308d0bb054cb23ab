import { describe, expect, it } from "vitest";
import { client, type DesignText, present, reportOf, serves } from "../design-reports.ts";
import { erlangC, erlangQuantile } from "../erlang-theory.ts";

/** One service behind a client, with the entry edge as given. */
function service(settings: object, ratePerSecond: number, edge: object = {}): DesignText {
  return {
    nodes: [client, ["a", "service", settings]],
    edges: [["client", "a", edge]],
    ratePerSecond,
  };
}

describe("settings that every serving kind shares", () => {
  it.each([1, 4, 100, 10_000])("a service of concurrency %i is exactly M/M/c", (servers) => {
    for (const utilization of servers === 10_000 ? [0.98, 0.995] : [0.5, 0.9]) {
      const ratePerSecond = (utilization * servers * 1000) / 10;
      const { journey, node } = reportOf(service(serves(10, servers), ratePerSecond));
      const waiting = erlangC(servers, utilization * servers);
      const meanWaitMs = (waiting * 10) / (servers * (1 - utilization));
      expect(present(node("a").waitMs.mean) / meanWaitMs).toBeCloseTo(1, 9);
      expect(present(journey().latencyMs.mean) / (10 + meanWaitMs)).toBeCloseTo(1, 9);
      expect(node("a").utilization).toBeCloseTo(utilization, 12);
      expect(present(node("a").queueLength) / ((ratePerSecond * meanWaitMs) / 1000)).toBeCloseTo(1, 9);
      for (const [level, shown] of [
        [0.5, journey().latencyMs.p50],
        [0.99, journey().latencyMs.p99],
        [0.999, journey().latencyMs.p999],
      ] as const) {
        expect(present(shown) / erlangQuantile(servers, utilization, 10, level)).toBeCloseTo(1, 6);
      }
    }
  });

  it("variability 0 is M/D/1, and v gives Pollaczek and Khinchine's mean", () => {
    for (const variability of [0, 0.5, 1, 2]) {
      const { node } = reportOf(service(serves(10, 1, { variability }), 80));
      expect(present(node("a").waitMs.mean)).toBeCloseTo((0.8 * 10 * (1 + variability ** 2)) / (2 * 0.2), 6);
    }
  });

  it("variability 0 on five servers is M/D/5: 0.776695 service times of waiting at ρ = 0.9", () => {
    // By the embedded chain of M/D/c; the closed approximation used lies within 1.5 %.
    const { node } = reportOf(service(serves(1000, 5, { variability: 0 }), 4.5));
    expect(present(node("a").waitMs.mean) / 776.695).toBeGreaterThan(0.985);
    expect(present(node("a").waitMs.mean) / 776.695).toBeLessThan(1.015);
  });

  it("latencyMs beyond concurrency / capacity is pure delay that occupies no server", () => {
    const { journey, node } = reportOf(service(serves(10, 1, { latencyMs: 25 }), 50));
    expect(node("a").utilization).toBeCloseTo(0.5, 12);
    // Wait 10 ms, service 10 ms, delay 15 ms.
    expect(present(journey().latencyMs.mean)).toBeCloseTo(35, 9);
    expect(present(node("a").residenceMs.mean)).toBeCloseTo(35, 9);
    expect(present(journey().latencyMs.p99)).toBeCloseTo(15 + 20 * Math.log(100), 4);
  });

  it("latencyMs below concurrency / capacity is an input fault with its path", () => {
    expect(() => reportOf(service({ concurrency: 4, capacityPerSecond: 100, latencyMs: 39 }, 1))).toThrow(
      "$.nodes[1].settings.latencyMs",
    );
  });

  it("instances without a router in front are met at random, each an M/M/1 of its own", () => {
    const { node } = reportOf(service(serves(10, 1, { instances: 4 }), 320));
    expect(present(node("a").waitMs.mean)).toBeCloseTo(40, 9);
    expect(node("a").capacityPerSecond).toBeCloseTo(400, 9);
    const shared = reportOf(service(serves(10, 1, { instances: 4, dispatch: "shared-queue" }), 320));
    // Erlang C(4, 3.2) = 0.596432; Wq = C / (cμ − λ).
    expect(present(shared.node("a").waitMs.mean)).toBeCloseTo((erlangC(4, 3.2) / 80) * 1000, 9);
  });

  it("round robin over N instances is E_N/M/1: 3.2674 service times at N = 4, ρ = 0.8", () => {
    const { node } = reportOf(service(serves(1000, 1, { instances: 4, dispatch: "round-robin" }), 3.2));
    expect(present(node("a").residenceMs.mean) / 1000).toBeCloseTo(3.2674, 3);
  });

  it("least connections is join-the-shortest-queue: 1.9497 service times at N = 4, ρ = 0.8", () => {
    const { node } = reportOf(service(serves(1000, 1, { instances: 4, dispatch: "least-connections" }), 3.2));
    expect(Math.abs(present(node("a").residenceMs.mean) / 1949.7 - 1)).toBeLessThan(0.01);
  });

  it("power of two draws two distinct instances: 2.9837 service times at N = 10, ρ = 0.9", () => {
    const { node } = reportOf(service(serves(1000, 1, { instances: 10, dispatch: "power-of-two" }), 9));
    expect(Math.abs(present(node("a").residenceMs.mean) / 2983.7 - 1)).toBeLessThan(0.02);
  });

  it("queueLimit: a request that finds the waiting places full is rejected (M/M/c/K)", () => {
    // λ = 2.4 μ = 1, c = 3, K = 8: 5.108 % rejected.
    const { node, journey } = reportOf(service(serves(1000, 3, { queueLimit: 5 }), 2.4));
    expect(node("a").rejectedPerSecond / 2.4).toBeCloseTo(0.0510804841, 8);
    expect(journey().completedPerSecond).toBeCloseTo(2.2774068382, 8);
    expect(journey().errorRate).toBeCloseTo(0.0510804841, 8);
    expect(node("a").arrivalsPerSecond).toBeCloseTo(2.4, 12);
    expect(present(journey().latencyMs.mean)).toBeCloseTo(1471.8023789, 5);
  });

  it("queueLimit is per queue: each of two random instances has its own places", () => {
    // Each: M/M/1/K with one waiting place, ρ = 1/2: p2 = (1/4) / (1 + 1/2 + 1/4) = 1/7.
    const { node } = reportOf(service(serves(1000, 1, { instances: 2, queueLimit: 1 }), 1));
    expect(node("a").rejectedPerSecond).toBeCloseTo(1 / 7, 9);
  });

  it("mtbfHours and mttrMinutes give availability mtbf / (mtbf + mttr), of instances in parallel", () => {
    const one = reportOf(service(serves(1, 1, { mtbfHours: 99, mttrMinutes: 60 }), 1));
    expect(one.node("a").availability).toBeCloseTo(0.99, 12);
    expect(one.journey().availability).toBeCloseTo(0.99, 12);
    const two = reportOf(service(serves(1, 1, { instances: 2, mtbfHours: 99, mttrMinutes: 60 }), 1));
    expect(two.journey().availability).toBeCloseTo(0.9999, 12);
  });

  it("holdsWorkerWhileWaiting: the server stays taken until the call has answered", () => {
    const behind = (holdsWorkerWhileWaiting: boolean): DesignText => ({
      nodes: [client, ["a", "service", serves(5, 1, { holdsWorkerWhileWaiting })], ["b", "service", serves(10)]],
      edges: [
        ["client", "a"],
        ["a", "b", { networkMs: 5 }],
      ],
      ratePerSecond: 20,
    });
    // b: M/M/1 at ρ = 0.2, sojourn 12.5 ms; a holds 5 + 5 + 12.5 = 22.5 ms.
    expect(reportOf(behind(true)).node("a").utilization).toBeCloseTo(0.02 * 22.5, 6);
    expect(reportOf(behind(false)).node("a").utilization).toBeCloseTo(0.02 * 5, 12);
    expect(present(reportOf(behind(true)).report.maxLoad)).toBeGreaterThan(1);
    // Without waiting at b the holding time would be 20 ms: the limit lies below 50/s and above b's share of it.
    expect(present(reportOf(behind(true)).report.maxLoad)).toBeLessThan(50 / 20);
    // λ(5 + 5 + 10 / (1 − λ/100)) = 1000 ms/s: 10λ + 10λ/(1 − λ/100) = 1000, so λ² − 300λ + 10 000 = 0.
    expect(present(reportOf(behind(true)).report.maxLoad) * 20).toBeCloseTo(150 - Math.sqrt(12_500), 4);
  });

  it("the pure delay of a node that holds its workers is held too, and capacityPerSecond is its own service only", () => {
    const { node, report } = reportOf(service(serves(10, 1, { latencyMs: 25, holdsWorkerWhileWaiting: true }), 20));
    expect(node("a").utilization).toBeCloseTo(0.5, 9);
    expect(present(report.maxLoad)).toBeCloseTo(2, 6);
  });
});
