import { describe, expect, it } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { deadLettersPerSecond } from "#src/analysis/messaging/backlog.ts";
import { batchFill } from "#src/analysis/messaging/batch-fill.ts";
import { solveBatchStation } from "#src/analysis/messaging/batch-station.ts";
import { consumerShares, partitionShares } from "#src/analysis/messaging/partition-shares.ts";
import { meanWaitMG1 } from "#src/analysis/queueing/mg1.ts";
import { client, type DesignText, type EdgeText, present, reportOf, serves } from "./design-reports.ts";

const noTime = serves(1e-6);

/** A broker that takes no time in front of consumers. */
function consumed(
  broker: readonly [kind: string, settings: object],
  consumers: readonly object[],
  ratePerSecond: number,
  edge: object = {},
): DesignText {
  const names = consumers.map((_, index) => `w${index}`);
  return {
    nodes: [
      client,
      ["b", broker[0], { ...noTime, ...broker[1] }],
      ...consumers.map((settings, index) => [`w${index}`, "worker", settings] as const),
    ],
    edges: [["client", "b"], ...names.map((name): EdgeText => ["b", name, edge])],
    ratePerSecond,
    operation: "write",
  };
}

describe("partitions", () => {
  it("gives each by Zipf's law, and deals them out in turn", () => {
    expect(partitionShares(4, 0)).toEqual([0.25, 0.25, 0.25, 0.25]);
    const skewed = partitionShares(4, 1);
    expect(skewed.map((share) => share * 25)).toEqual([12, 6, 4, 3].map((share) => expect.closeTo(share, 12)));
    expect(consumerShares(skewed, 2)[0]).toBeCloseTo(16 / 25, 12);
    expect(consumerShares(skewed, 9)).toEqual(skewed);
  });

  it("of 4 partitions and 5 consumers 1 is idle", () => {
    const { node } = reportOf(consumed(["stream", { partitions: 4 }], [serves(10, 1, { instances: 5 })], 300));
    expect(node("w0")).toMatchObject({ instances: 4, capacityPerSecond: 400, backlog: { idleInstances: 1 } });
    expect(node("w0").utilization).toBeCloseTo(0.75, 12);
  });

  it("one consumer a partition is one M/M/1 a partition, unequal by the skew", () => {
    const { node, report } = reportOf(
      consumed(["stream", { partitions: 4, partitionSkew: 1 }], [serves(10, 1, { instances: 4 })], 180),
    );
    // The mean over messages of W = ρS/(1 − ρ).
    const wait = partitionShares(4, 1).reduce((sum, share) => {
      const rho = 1.8 * share;
      return sum + (share * 10 * rho) / (1 - rho);
    }, 0);
    expect(node("w0").waitMs.mean).toBeCloseTo(wait, 9);
    // 48 % of the messages fill a consumer of 100 a second at 208.33 in all.
    expect(report.maxLoad).toBeCloseTo(100 / 0.48 / 180, 9);
  });

  it("12 partitions over 5 instances are 3, 3, 2, 2 and 2; one instance is M/M/c", () => {
    const uneven = reportOf(consumed(["stream", {}], [serves(10, 1, { instances: 5 })], 300));
    expect(uneven.report.maxLoad).toBeCloseTo(400 / 300, 9);
    const one = reportOf(consumed(["stream", {}], [serves(10, 4)], 300));
    const alone = reportOf({
      nodes: [client, ["a", "service", serves(10, 4)]],
      edges: [["client", "a"]],
      ratePerSecond: 300,
    });
    expect(one.node("w0").waitMs).toEqual(alone.node("a").waitMs);
  });

  it("does not bound a consumer that gets requests from elsewhere, and follows a stated dispatch", () => {
    const settings = serves(10, 1, { instances: 6 });
    const text = consumed(["stream", { partitions: 2 }], [settings], 100);
    const both = reportOf({ ...text, edges: [...text.edges, ["client", "w0"]] });
    expect(both.node("w0").instances).toBe(6);
    const shared = reportOf(
      consumed(["stream", { partitions: 2 }], [serves(10, 1, { instances: 6, dispatch: "shared-queue" })], 100),
    );
    expect(shared.node("w0").waitMs.mean).toBeCloseTo((10 * 0.25) / 0.75, 9);
  });

  it("every group and every subscriber gets every message, one consumer of a queue gets each", () => {
    const consumers = [serves(1), serves(1), serves(1)];
    for (const [kind, each] of [
      ["stream", 90],
      ["pub-sub", 90],
      ["queue", 30],
    ] as const) {
      const { node } = reportOf(consumed([kind, {}], consumers, 90));
      expect(consumers.map((_, index) => node(`w${index}`).arrivalsPerSecond)).toEqual([each, each, each]);
    }
  });
});

describe("batches", () => {
  const load = { serviceVariability: 1, servers: 1, queues: 1, dispatch: "shared-queue", queueLimit: null } as const;

  it("of one message are M/G/1", () => {
    for (const variability of [0, 0.5, 1, 2]) {
      const { meanWaitMs } = solveBatchStation(
        { ...load, arrivalRatePerSecond: 80, serviceTimeMs: 10, serviceVariability: variability },
        { size: 1, fixedMs: 4, lingerMs: 5 },
      );
      expect(present(meanWaitMs)).toBeCloseTo(10 * meanWaitMG1(0.8, variability), 6);
    }
  });

  it("can take B / (fixed + B·S) in all, and no more", () => {
    const settings = serves(10, 1, { batchSize: 20, batchFixedMs: 50 });
    const { node, report } = reportOf(consumed(["queue", {}], [settings], 160));
    expect(report.maxLoad).toBeCloseTo((20 / 0.25 / 160) * 1, 9);
    expect(node("w0")).toMatchObject({ capacityPerSecond: 80, saturated: true, backlog: { growthPerSecond: 80 } });
  });

  it("at light load end alone, after the linger and the time of one", () => {
    const settings = serves(10, 1, { batchSize: 20, batchFixedMs: 50, lingerMs: 30 });
    const { node } = reportOf(consumed(["queue", {}], [settings], 1e-6));
    expect(node("w0").waitMs.mean).toBeCloseTo(30, 4);
    expect(node("w0").residenceMs.mean).toBeCloseTo(90, 4);
  });

  it("fill as the plain rule says at its limits", () => {
    // Fast: B messages are there after (B − 1)/λ, and an item waits half of that.
    expect(batchFill(11, 1000, 10)).toMatchObject({
      meanItems: expect.closeTo(11, 9),
      meanItemWaitMs: expect.closeTo(0.5, 9),
    });
    // Slow: the linger ends it; further messages wait half of it.
    const slow = batchFill(1000, 20, 0.5);
    expect(slow.meanItems).toBeCloseTo(11, 9);
    expect(slow.meanItemWaitMs).toBeCloseTo((20 + 10 * 10) / 11, 9);
  });

  it("have percentiles in order, and waits that grow with the load", () => {
    let before = 0;
    for (const rate of [10, 50, 100, 150, 190]) {
      const solved = solveBatchStation(
        { ...load, arrivalRatePerSecond: rate, serviceTimeMs: 5 },
        { size: 10, fixedMs: 20, lingerMs: 0 },
      );
      if (solved.sojournLaw === null) throw new Error("no law");
      const found = quantiles(solved.sojournLaw, [0.5, 0.9, 0.99, 0.999]);
      expect([...found].sort((a, b) => a - b)).toEqual(found);
      expect(present(solved.meanWaitMs)).toBeGreaterThan(before);
      before = present(solved.meanWaitMs);
    }
  });

  it("are refused together with held workers and limited queues", () => {
    for (const other of [{ holdsWorkerWhileWaiting: true }, { queueLimit: 3 }]) {
      expect(() => reportOf(consumed(["queue", {}], [{ batchSize: 5, ...other }], 1))).toThrow(/batchSize/);
    }
  });
});

describe("backlogs", () => {
  it("grow, drain and lose by flow balance", () => {
    const { node } = reportOf(
      consumed(["queue", { maxMessages: 3600, retentionHours: 1 }], [serves(10, 1), serves(5, 1)], 240),
    );
    // 120 a second each: the first takes 100, the second 200.
    const slow = node("w0").backlog;
    expect(slow).toMatchObject({ brokers: ["b"], growthPerSecond: 20, rebalance: null, deadLettersPerSecond: 0 });
    expect(slow?.outageMinute.drainMs).toBeNull();
    expect(slow?.losesAfterMs).toBeCloseTo(180_000, 6);
    const fast = node("w1").backlog;
    expect(fast?.outageMinute.backlog).toBeCloseTo(7200, 9);
    expect(fast?.outageMinute.drainMs).toBeCloseTo((7200 / 80) * 1000, 6);
    expect(fast?.outageMinute.longestWaitMs).toBeCloseTo(36_000, 6);
    expect(fast?.losesAfterMs).toBeNull();
    expect(fast?.losesAfterOutageMs).toBeCloseTo(30_000, 6);
  });

  it("of a stream: the retention, the pause of a rebalance, and the fullest partition", () => {
    const { node } = reportOf(
      consumed(
        ["stream", { retentionHours: 1, partitions: 2, partitionSkew: 1 }],
        [serves(10, 1, { instances: 2 })],
        120,
      ),
    );
    // Two thirds on one of two consumers of 100 a second: 150 in all.
    const backlog = node("w0").backlog;
    expect(backlog?.rebalance).toMatchObject({ pauseMs: 3000, backlog: expect.closeTo(360, 9) });
    expect(backlog?.rebalance?.drainMs).toBeCloseTo(12_000, 6);
    expect(backlog?.losesAfterOutageMs).toBeCloseTo(3_600_000, 3);
    const over = reportOf(consumed(["stream", { retentionHours: 1, partitions: 1 }], [serves(10, 1)], 125)).node(
      "w0",
    ).backlog;
    expect(over?.losesAfterMs).toBeCloseTo(3_600_000 / (1 - 100 / 125), 3);
  });

  it("give up λ·f^(r + 1) messages whose attempts fail", () => {
    expect(deadLettersPerSecond(100, 1, 3)).toBe(25);
    const text = consumed(["queue", {}], [serves(1e-3)], 100, { retries: 2 });
    const scenario = { id: "bad", effects: [{ type: "errors", target: "w0", amount: 0.5 }] };
    const { node } = reportOf({ ...text, scenarios: [scenario] }, { scenario: "bad" });
    expect(node("w0").backlog?.deadLettersPerSecond).toBeCloseTo(100 / 8, 6);
    expect(node("w0").arrivalsPerSecond).toBeCloseTo(175, 6);
  });
});

describe("autoscaling", () => {
  const scaled = (ratePerSecond: number, more: object = {}): DesignText => ({
    nodes: [client, ["a", "service", serves(10, 1, { maxInstances: 8, dispatch: "shared-queue", ...more })]],
    edges: [["client", "a"]],
    ratePerSecond,
  });

  it("uses ⌈λS / (c · target)⌉ instances, as M/M/n of so many", () => {
    // 2.9 busy servers at 70 %: 5 instances.
    const { node, report } = reportOf(scaled(290));
    expect(node("a")).toMatchObject({ instances: 5, instancesNeeded: 5, capacityPerSecond: 500 });
    const five = reportOf({
      nodes: [client, ["a", "service", serves(10, 5)]],
      edges: [["client", "a"]],
      ratePerSecond: 290,
    });
    expect(node("a").waitMs.mean).toBeCloseTo(present(five.node("a").waitMs.mean), 9);
    expect(report.maxLoad).toBeCloseTo(800 / 290, 9);
  });

  it("stays between its limits", () => {
    expect(reportOf(scaled(1)).node("a").instances).toBe(1);
    expect(reportOf(scaled(1, { minInstances: 3 })).node("a").instances).toBe(3);
    expect(reportOf(scaled(900)).node("a")).toMatchObject({ instances: 8, saturated: true });
    expect(() => reportOf(scaled(1, { minInstances: 9 }))).toThrow(/minInstances/);
  });

  it("counts the time that a worker is kept", () => {
    const { node } = reportOf({
      nodes: [
        client,
        ["a", "service", serves(10, 1, { maxInstances: 20, holdsWorkerWhileWaiting: true })],
        ["d", "service", serves(30, 1000)],
      ],
      edges: [
        ["client", "a"],
        ["a", "d"],
      ],
      ratePerSecond: 100,
    });
    // 100/s × 40 ms = 4 busy; at 70 % that is 6.
    expect(node("a").instances).toBe(6);
  });

  it("says what a doubling leaves: (2λ − nμ)·D, and the time to work it off", () => {
    const { report } = reportOf(scaled(200, { metricWindowMs: 10_000, startUpMs: 20_000 }));
    const [scaling] = report.data.autoscaling;
    // 3 instances now, 6 for 400/s: 100/s pile up for 30 s, then 200/s more than arrive are taken.
    expect(scaling).toMatchObject({ instances: 3, reactionMs: 30_000, doubling: { instances: 6 } });
    expect(scaling?.doubling.backlog).toBeCloseTo(3000, 6);
    expect(scaling?.doubling.drainMs).toBeCloseTo(15_000, 6);
    expect(scaling?.doubling.longestWaitMs).toBeCloseTo(5000, 6);
  });

  it("divides the partitions of a stream among the instances in use", () => {
    const { node } = reportOf(consumed(["stream", { partitions: 4 }], [serves(10, 1, { maxInstances: 9 })], 180));
    // 1.8 busy at 70 %: 3 of at most 4, which get 2, 1 and 1 of the partitions.
    const wait = [0.5, 0.25, 0.25].reduce((sum, share) => {
      const rho = 1.8 * share;
      return sum + (share * 10 * rho) / (1 - rho);
    }, 0);
    expect(node("w0")).toMatchObject({ instances: 3, backlog: { idleInstances: 5 } });
    expect(node("w0").waitMs.mean).toBeCloseTo(wait, 9);
  });
});
