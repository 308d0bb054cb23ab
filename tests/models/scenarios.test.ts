import { describe, expect, it } from "vitest";
import { client, type DesignText, present, reportOf, serves } from "./design-reports.ts";

const fast = serves(0.1, 10);

/** A balancer over two services in two zones, a cache asked aside and a store. */
function system(...effects: readonly object[]): DesignText {
  return {
    nodes: [
      client,
      ["z1", "availability-zone"],
      ["z2", "availability-zone"],
      ["lb", "load-balancer", fast],
      ["a", "service", { ...fast, instances: 4, dispatch: "shared-queue" }, "z1"],
      ["b", "service", fast, "z2"],
      ["cache", "cache", { ...fast, hitRatio: 0.75 }, "z1"],
      ["db", "relational-database", fast],
    ],
    edges: [
      ["client", "lb"],
      ["lb", "a"],
      ["lb", "b"],
      ["a", "cache", {}],
      ["a", "db"],
      ["b", "cache"],
      ["b", "db"],
    ],
    scenarios: [{ id: "s", effects }],
  };
}

function under(...effects: readonly object[]) {
  return reportOf(system(...effects), { scenario: "s" });
}

function arrivals(answers: ReturnType<typeof under>): readonly number[] {
  return ["a", "b", "cache", "db"].map((id) => Number(answers.node(id).arrivalsPerSecond.toPrecision(9)));
}

describe("scenarios", () => {
  it("without effects nothing changes", () => {
    expect(arrivals(under())).toEqual([50, 50, 100, 25]);
  });

  it("down: a router sends nothing to what is down, and the rest takes it all", () => {
    const answers = under({ type: "down", target: "b" });
    expect(arrivals(answers)).toEqual([100, 0, 100, 25]);
    expect(answers.journey().errorRate).toBe(0);
    expect(answers.node("b").availability).toBe(0);
  });

  it("down: a zone takes all inside with it; the cache that is lost is bypassed", () => {
    expect(arrivals(under({ type: "down", target: "z1" }))).toEqual([0, 100, 0, 100]);
  });

  it("down: a cache that its callers asked aside is bypassed, and every read goes to the store", () => {
    const answers = under({ type: "down", target: "cache" });
    expect(arrivals(answers)).toEqual([50, 50, 0, 100]);
    expect(answers.journey().completedPerSecond).toBeCloseTo(100, 9);
  });

  it("down: some of the instances leave the others to serve", () => {
    const { node } = under({ type: "down", target: "a", amount: 3 });
    expect(node("a").capacityPerSecond).toBeCloseTo(100_000, 6);
    expect(node("a").arrivalsPerSecond).toBeCloseTo(50, 9);
  });

  it("down: a part that all requests need fails them all, which is a failure and no backlog", () => {
    const { journey, node } = under({ type: "down", target: "lb" });
    expect(journey()).toMatchObject({ completedPerSecond: 0, errorRate: 1, availability: 0, saturated: false });
    expect(journey().latencyMs.mean).toBeNull();
    expect(node("lb")).toMatchObject({ arrivalsPerSecond: 100, rejectedPerSecond: 100, completedPerSecond: 0 });
    expect(node("a").arrivalsPerSecond).toBe(0);
  });

  it("down: when all targets of a router are down, its requests fail", () => {
    const { journey } = under({ type: "down", target: "a" }, { type: "down", target: "b" });
    expect(journey().errorRate).toBeCloseTo(1, 9);
  });

  it("slow: times grow and capacity falls by the amount", () => {
    const { node } = under({ type: "slow", target: "db", amount: 20 });
    expect(node("db").capacityPerSecond).toBeCloseTo(5000, 6);
    expect(node("db").utilization).toBeCloseTo(25 / 5000, 9);
    expect(present(node("db").residenceMs.mean)).toBeCloseTo(2, 4);
  });

  it("traffic: all rates grow by the amount", () => {
    expect(arrivals(under({ type: "traffic", amount: 3 }))).toEqual([150, 150, 300, 75]);
  });

  it("errors: that share of the visits fails before it is served, and counts as an arrival", () => {
    const { node, journey } = under({ type: "errors", target: "b", amount: 0.2 });
    expect(node("b").arrivalsPerSecond).toBeCloseTo(50, 9);
    expect(node("b").rejectedPerSecond).toBeCloseTo(10, 9);
    expect(node("b").completedPerSecond).toBeCloseTo(40, 9);
    expect(node("cache").arrivalsPerSecond).toBeCloseTo(90, 9);
    expect(journey().errorRate).toBeCloseTo(0.1, 9);
  });

  it("cold: the cache is asked and hits nothing", () => {
    expect(arrivals(under({ type: "cold", target: "cache" }))).toEqual([50, 50, 100, 100]);
  });

  it("partition of an edge: no call arrives over it, a router goes round it, and nothing is counted behind it", () => {
    const answers = under({ type: "partition", target: "lb-b" });
    expect(arrivals(answers)).toEqual([100, 0, 100, 25]);
    const cut = under({ type: "partition", target: "b-db" });
    // Of b's requests the misses fail: 50 × 0.25.
    expect(cut.journey().errorRate).toBeCloseTo(0.125, 9);
    expect(cut.node("db").arrivalsPerSecond).toBeCloseTo(12.5, 9);
  });

  it("partition of a zone: nothing crosses its border", () => {
    const answers = under({ type: "partition", target: "z1" });
    // The balancer goes to b; b loses the cache, which it asked aside, and asks the store.
    expect(arrivals(answers)).toEqual([0, 100, 0, 100]);
  });

  it("several effects come together", () => {
    expect(arrivals(under({ type: "traffic", amount: 2 }, { type: "down", target: "cache" }))).toEqual([
      100, 100, 0, 200,
    ]);
  });
});
