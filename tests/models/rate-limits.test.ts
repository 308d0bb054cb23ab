import { describe, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { fixedWindowLoss } from "#src/analysis/limiting/fixed-window.ts";
import { slidingCounterLoss } from "#src/analysis/limiting/sliding-counter.ts";
import { slidingLogLoss } from "#src/analysis/limiting/sliding-log.ts";
import { explainFigure } from "#src/insights/explain-figure.ts";
import { simulatedSlidingCounter } from "./call-simulation.ts";
import { client, type DesignText, present, reportOf, serves } from "./design-reports.ts";

const noTime = serves(1e-6);

/** A gateway that limits, and a server behind it. */
function behind(limits: object, ratePerSecond: number, entry: object = {}): DesignText {
  return {
    nodes: [client, ["g", "api-gateway", { ...noTime, ...limits }], ["a", "service", serves(1)]],
    edges: [
      ["client", "g", entry],
      ["g", "a"],
    ],
    ratePerSecond,
  };
}

describe("rate limits", () => {
  it("a token bucket refuses the share of Berger and Whitt, at the node, and what stands behind sees the rest", () => {
    // ϱ = 0.9, depth 5: 0.064362.
    const { node, journey, report } = reportOf(behind({ rateLimitPerSecond: 100, burst: 5 }, 90));
    const limiter = node("g");
    expect(limiter.arrivalsPerSecond).toBeCloseTo(90, 9);
    expect(limiter.rejectedPerSecond / 90).toBeCloseTo(0.064362, 6);
    expect(limiter.completedPerSecond + limiter.rejectedPerSecond).toBeCloseTo(90, 9);
    expect(limiter).toMatchObject({ capacityPerSecond: 100, saturated: false, waitMs: { mean: expect.any(Number) } });
    expect(limiter.headroom).toBeCloseTo(100 / 90, 9);
    expect(limiter.rateLimit).toMatchObject({
      policy: "token-bucket",
      mostAtOnce: { windowMs: 1000, requests: 105 },
      exactness: { kind: "exact" },
    });
    expect(node("a").arrivalsPerSecond).toBeCloseTo(90 * (1 - 0.064362), 4);
    expect(journey().errorRate).toBeCloseTo(0.064362, 6);
    expect(report.breakingLoads[0]).toMatchObject({ node: "g", resource: "rate-limit", edge: null });
    expect(report.maxLoad).toBeCloseTo(100 / 90, 9);
    expect(report.risks.map(({ rule }) => rule)).toContain("node.rejects");
  });

  it.each([
    ["fixed-window", fixedWindowLoss(18, 20), 40],
    ["sliding-log", slidingLogLoss(18, 20), 20],
    ["sliding-counter", slidingCounterLoss(18, 20), 39],
  ] as const)("%s counts 20 in a window of 2 s", (limiterPolicy, loss, requests) => {
    const { node } = reportOf(behind({ rateLimitPerSecond: 10, windowMs: 2000, limiterPolicy }, 9));
    expect(node("g").rejectedPerSecond / 9).toBeCloseTo(loss, 12);
    expect(node("g").rateLimit?.mostAtOnce).toEqual({ windowMs: 2000, requests });
  });

  it("a leaky bucket delays: M/D/1 with room for the burst", () => {
    const shaped = { rateLimitPerSecond: 100, burst: 1000, limiterPolicy: "leaky-bucket" };
    const { node, journey, report } = reportOf(behind(shaped, 80));
    // Wq = ρS / 2(1 − ρ) = 20 ms; it leaves 10 ms after it has come to the front; then 1 ms of M/M/1 at ρ = 0.08.
    expect(node("g").waitMs.mean).toBeCloseTo(20, 4);
    expect(node("g").residenceMs.mean).toBeCloseTo(30, 4);
    expect(node("g").rateLimit?.waitMs.mean).toBeCloseTo(20, 4);
    // What leaves one by one waits less there than Poisson arrivals would, 0.087 ms.
    expect(present(journey().latencyMs.mean)).toBeGreaterThan(31);
    expect(present(journey().latencyMs.mean)).toBeLessThan(30 + 1 / 0.92 + 1e-3);
    expect(report.breakingLoads[0]).toMatchObject({ node: "g", resource: "rate-limit" });
    expect(reportOf(behind({ ...shaped, burst: 5 }, 90)).node("g").rejectedPerSecond / 90).toBeCloseTo(0.064362, 6);
  });

  it("what is refused is retried, and every attempt asks the limiter", () => {
    const limits = { rateLimitPerSecond: 100, limiterPolicy: "sliding-log", windowMs: 50 };
    const { node, edge, journey } = reportOf(behind(limits, 90, { retries: 2 }));
    const asked = node("g").arrivalsPerSecond;
    const loss = slidingLogLoss((asked * 50) / 1000, 5);
    expect(node("g").rejectedPerSecond / asked).toBeCloseTo(loss, 7);
    expect(asked).toBeCloseTo(90 * (1 + loss + loss ** 2), 5);
    expect(edge("client-g").callsPerSecond).toBeCloseTo(asked, 9);
    expect(journey().errorRate).toBeCloseTo(loss ** 3, 7);
  });

  it("a quota of an external API refuses as a bucket, and delays nothing that it lets through", () => {
    const text = (quota: object): DesignText => ({
      nodes: [client, ["x", "external-api", quota]],
      edges: [["client", "x"]],
      ratePerSecond: 90,
    });
    const limited = reportOf(text({ rateLimitPerSecond: 100, burst: 5 }));
    expect(limited.node("x").rejectedPerSecond / 90).toBeCloseTo(0.064362, 6);
    expect(limited.report.maxLoad).toBeCloseTo(100 / 90, 9);
    expect(limited.journey().latencyMs.mean).toBeCloseTo(present(reportOf(text({})).journey().latencyMs.mean), 2);
  });

  it("explains the figures of a part that comes up against its limit by the limit", () => {
    const { report, analysis } = reportOf(behind({ rateLimitPerSecond: 100, burst: 5 }, 90));
    const context = { design: analysis.compiled.resolved.design, catalogue, report };
    const explained = (figure: "capacityPerSecond" | "rejectedPerSecond" | "headroom") =>
      explainFigure(context, { of: "node", id: "g", figure });
    expect(explained("capacityPerSecond")?.substituted).toContain("100/s");
    expect(explained("rejectedPerSecond")?.formula).toContain("token bucket");
    expect(explained("rejectedPerSecond")?.exactness.source).toContain("Berger");
    expect(explained("headroom")?.substituted).toContain("90/s");
  });

  it("without a limit nothing is limited", () => {
    const { node, report } = reportOf(behind({ burst: 1, limiterPolicy: "fixed-window" }, 90));
    expect(node("g").rateLimit).toBeNull();
    expect(report.journeys).toEqual(reportOf(behind({}, 90)).report.journeys);
  });
});

describe("sliding counter", () => {
  it.each([
    [10, 10, 0.05],
    [20, 10, 0.05],
    [20, 20, 0.05],
    [50, 50, 0.05],
    [60, 50, 0.05],
    [100, 100, 0.06],
    [120, 100, 0.05],
    [1000, 1000, 0.08],
    [5, 5, 0.12],
    [1, 1, 0.13],
  ])("at a mean of %s and a limit of %s is within %s of simulation", (meanArrivals, limit, tolerance) => {
    expect(
      Math.abs(slidingCounterLoss(meanArrivals, limit) / simulatedSlidingCounter(meanArrivals, limit, 400_000, 11) - 1),
    ).toBeLessThan(tolerance);
  });
});
