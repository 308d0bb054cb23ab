import { describe, expect, it } from "vitest";
import { ModelBuilder, work } from "#src/analysis/model/build-model.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { client, type DesignText, present, reportOf, serves } from "../design-reports.ts";

/** One service behind a client. */
function service(settings: object, ratePerSecond: number): DesignText {
  return { nodes: [client, ["a", "service", settings]], edges: [["client", "a"]], ratePerSecond };
}

describe("patienceMs", () => {
  it("is Erlang-A: 48 calls a minute, 50 agents, calls of 1 minute, patience 2 minutes", () => {
    const { node, journey } = reportOf(service(serves(60_000, 50, { patienceMs: 120_000 }), 0.8));
    expect(node("a").exactness).toMatchObject({ kind: "exact", model: "M/M/c+M (Erlang-A)" });
    expect(present(node("a").waitMs.mean)).toBeCloseTo(3709, 0);
    expect(node("a").utilization).toBeCloseTo(0.9303, 4);
    expect(present(node("a").queueLength)).toBeCloseTo(2.968, 3);
    expect(journey().errorRate).toBeCloseTo(0.0309, 4);
    expect(node("a").rejectedPerSecond / 0.8).toBeCloseTo(0.0309, 4);
  });

  it("keeps a part steady at any load: what is too much gives up", () => {
    // M/M/1+M with μ = 100/s, 300/s offered, patience 50 ms: all but a third give up in the fluid limit.
    const { node, journey } = reportOf(service(serves(10, 1, { patienceMs: 50 }), 300));
    expect(node("a").saturated).toBe(false);
    expect(node("a").backlogGrowthPerSecond).toBe(0);
    const busy = journey().completedPerSecond / 100;
    expect(busy).toBeCloseTo(1, 2);
    expect(journey().errorRate).toBeCloseTo(1 - busy / 3, 9);
    // Little for those who wait: they give up at the rate L/patience.
    expect(present(node("a").queueLength) / 0.05).toBeCloseTo(300 - journey().completedPerSecond, 6);
    expect(present(journey().latencyMs.p99)).toBeGreaterThan(present(journey().latencyMs.p50));
  });

  it("with waiting places: nobody waits in none, and both limits hold together", () => {
    const none = reportOf(service(serves(1000, 3, { queueLimit: 0, patienceMs: 1000 }), 2.4));
    const loss = reportOf(service(serves(1000, 3, { queueLimit: 0 }), 2.4));
    expect(none.journey().errorRate).toBeCloseTo(loss.journey().errorRate, 9);
    const both = reportOf(service(serves(1000, 3, { queueLimit: 5, patienceMs: 5000 }), 2.4));
    const places = reportOf(service(serves(1000, 3, { queueLimit: 5 }), 2.4));
    const patience = reportOf(service(serves(1000, 3, { patienceMs: 5000 }), 2.4));
    expect(both.journey().errorRate).toBeGreaterThan(
      Math.max(places.journey().errorRate, patience.journey().errorRate),
    );
    expect(present(both.node("a").waitMs.mean)).toBeLessThan(present(places.node("a").waitMs.mean));
  });

  it("a request that gives up fails after its wait, and a fallback answers then", () => {
    const { journey } = reportOf({
      nodes: [
        client,
        ["gate", "service", serves(1e-6, 1)],
        ["slow", "service", serves(10, 1, { patienceMs: 50 })],
        ["spare", "service", serves(1e-6, 1)],
      ],
      edges: [
        ["client", "gate"],
        ["gate", "slow"],
        ["gate", "spare", { condition: "fallback" }],
      ],
      ratePerSecond: 300,
    });
    expect(journey().errorRate).toBeLessThan(1e-9);
    // A third waits and is served; the others wait up to their patience first.
    const mean = present(journey().latencyMs.mean);
    expect(mean).toBeGreaterThan(20);
    expect(mean).toBeLessThan(60);
  });
});

describe("discipline", () => {
  it("processor sharing keeps the mean of M/M/1 and spreads it by (2 + ρ)/(2 − ρ)", () => {
    const { node, journey } = reportOf(service(serves(10, 1, { discipline: "processor-sharing" }), 80));
    expect(node("a").exactness).toMatchObject({ kind: "exact", model: "M/M/c processor sharing" });
    expect(present(journey().latencyMs.mean)).toBeCloseTo(50, 6);
    const line = reportOf(service(serves(10, 1), 80));
    expect(present(journey().latencyMs.p50)).toBeLessThan(present(line.journey().latencyMs.p50));
    expect(present(journey().latencyMs.p99)).toBeGreaterThan(present(line.journey().latencyMs.p99));
  });

  it("its mean does not depend on the variability", () => {
    for (const variability of [0, 0.5, 1, 3]) {
      const shared = serves(10, 4, { discipline: "processor-sharing", variability });
      const { node, journey } = reportOf(service(shared, 320));
      // Erlang C(4, 3.2) = 0.596432; S + C / (cμ − λ).
      expect(present(journey().latencyMs.mean)).toBeCloseTo(10 + (0.59643247 / 80) * 1000, 4);
      expect(node("a").utilization).toBeCloseTo(0.8, 12);
    }
  });

  it("different demands are slowed down alike: x / (1 − ρ)", () => {
    const builder = new ModelBuilder();
    const station = builder.station("shared", { serviceMs: 10, discipline: "processor-sharing" });
    const [short, long] = [work(station, 10, 1), work(station, 30, 0)];
    builder.journey(30, builder.routine("shared", short, 0));
    builder.journey(10, builder.routine("shared", long, 1));
    const prepared = prepareModel(builder.build());
    if (!prepared.ok) throw new Error("not prepared");
    const { journeys, stations } = solveModel(prepared.value, 1);
    // ρ = 0.3 + 0.3.
    expect(journeys[0]?.law?.meanMs).toBeCloseTo(25, 6);
    expect(journeys[1]?.law?.meanMs).toBeCloseTo(75, 6);
    expect(stations[0]?.sojournLaw?.meanMs).toBeCloseTo((30 * 25 + 10 * 75) / 40, 6);
    expect(journeys[1]?.breakdown[0]?.waitMs).toBeCloseTo(45, 6);
  });
});

describe("contention and coherency", () => {
  const contended = { contention: 0.05, coherency: 0.002 };
  const relative = (n: number): number => n / (1 + 0.05 * (n - 1) + 0.002 * n * (n - 1));

  it("the capacity of an instance follows the universal scalability law", () => {
    const { node, report } = reportOf(service(serves(10, 16, contended), 100));
    expect(node("a").capacityPerSecond).toBeCloseTo(relative(16) * 100, 6);
    expect(present(report.maxLoad)).toBeCloseTo(relative(16), 6);
  });

  it("service takes longer when servers are busy, and the parts add up", () => {
    const { node, journey } = reportOf(service(serves(10, 16, contended), 500));
    const alone = reportOf(service(serves(10, 16), 500));
    expect(node("a").utilization).toBeGreaterThan(alone.node("a").utilization);
    const mean = present(journey().latencyMs.mean);
    const [part] = journey().breakdown.filter(({ node: id }) => id === "a");
    expect(((part?.serviceMs ?? 0) + (part?.waitMs ?? 0)) / mean).toBeCloseTo(1, 6);
    // Little: busy servers over completed rate.
    expect(part?.serviceMs ?? 0).toBeCloseTo((node("a").utilization * 16 * 1000) / 500, 6);
  });

  it("past the best number of servers, more of them carry less", () => {
    // N* = √(0.95 / 0.002) = 21.8.
    const at = (servers: number) =>
      reportOf(service(serves(10, servers, contended), 100)).node("a").capacityPerSecond ?? 0;
    expect(at(22)).toBeGreaterThan(at(12));
    expect(at(22)).toBeGreaterThan(at(60));
    const rulesAt = (servers: number) =>
      reportOf(service(serves(10, servers, contended), 100)).report.risks.map(({ rule }) => rule);
    expect(rulesAt(20)).not.toContain("node.retrograde");
    expect(rulesAt(60)).toContain("node.retrograde");
    const over = reportOf(service(serves(10, 60, contended), relative(22) * 100 * 0.99));
    expect(over.node("a").saturated).toBe(true);
    expect(over.node("a").completedPerSecond).toBeCloseTo(relative(60) * 100, 6);
  });

  it("counts for each instance, also behind one shared queue", () => {
    const shared = { ...contended, instances: 4, dispatch: "shared-queue" };
    expect(reportOf(service(serves(10, 8, shared), 100)).node("a").capacityPerSecond).toBeCloseTo(
      4 * relative(8) * 100,
      6,
    );
  });
});

describe("what the report says of them", () => {
  it("who gives up is told apart from who is turned away, and explained", () => {
    const { node, report } = reportOf(service(serves(1000, 1, { queueLimit: 3, patienceMs: 2000 }), 2));
    const { abandonedPerSecond, rejectedPerSecond, queueLength } = node("a");
    expect(abandonedPerSecond).toBeCloseTo(present(queueLength) / 2, 9);
    expect(rejectedPerSecond).toBeGreaterThan(abandonedPerSecond);
    expect(report.risks.map(({ rule }) => rule)).toContain("node.rejects");
  });

  it("a ring's busiest instance stands beside what chance makes of such rings", () => {
    const { node } = reportOf({
      nodes: [
        client,
        ["ring", "consistent-hash-ring", { virtualNodes: 100 }],
        ["a", "service", serves(10, 1, { instances: 10 })],
      ],
      edges: [
        ["client", "ring"],
        ["ring", "a"],
      ],
      ratePerSecond: 100,
    });
    const { imbalance } = node("a");
    expect(imbalance?.busiestOverMean).toBeGreaterThan(1);
    expect(imbalance?.busiestOverMean).toBeLessThan(1.5);
    // Simulated: 1.16.
    expect(present(imbalance?.expectedOverMean ?? null)).toBeCloseTo(1.16, 1);
    expect(imbalance?.range99OverMean?.[0]).toBeLessThan(0.8);
    expect(reportOf(service(serves(10, 1, { instances: 3 }), 10)).node("a").imbalance).toBeNull();
  });
});

describe("instanceWeights", () => {
  it("random: each instance is an M/M/1 with its part of the stream", () => {
    const { node, report } = reportOf(service(serves(10, 1, { instances: 3, instanceWeights: "2, 1" }), 120));
    // 60, 30 and 30 requests/s of 100: waits of ρ/(1 − ρ)·10 ms.
    const expected = 0.5 * 15 + 0.5 * (0.3 / 0.7) * 10;
    expect(present(node("a").waitMs.mean)).toBeCloseTo(expected, 6);
    expect(present(report.maxLoad)).toBeCloseTo(200 / 120, 9);
  });

  it("round robin: every second request is E2/M/1", () => {
    const weighted = serves(1000, 1, { instances: 3, instanceWeights: "2, 1, 1", dispatch: "round-robin" });
    const { node } = reportOf(service(weighted, 1.6));
    // σ = (Nρ/(Nρ + 1 − σ))^N, T = 1/(1 − σ).
    const sojourn = (phases: number, rho: number): number => {
      let sigma = 0;
      for (let k = 0; k < 500; k++) sigma = ((phases * rho) / (phases * rho + 1 - sigma)) ** phases;
      return 1 / (1 - sigma);
    };
    const expected = 0.5 * sojourn(2, 0.8) + 0.5 * sojourn(4, 0.4);
    expect(present(node("a").residenceMs.mean) / 1000).toBeCloseTo(expected, 9);
  });

  it("refuses what is no list of weights, with its path", () => {
    for (const instanceWeights of ["1,,2", "a", "-1", "0, 0"]) {
      expect(() => reportOf(service(serves(1, 1, { instances: 2, instanceWeights }), 1))).toThrow("instanceWeights");
    }
  });
});
