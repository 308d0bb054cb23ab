import { describe, expect, it } from "vitest";
import { client, type DesignText, type EdgeText, type NodeText, present, reportOf, serves } from "./design-reports.ts";

const noTime = serves(1e-6);

/** M/M/1 of 10 ms, called with a timeout of ten of them and three retries. */
const retried: DesignText = {
  nodes: [client, ["s", "service", noTime], ["a", "service", serves(10)]],
  edges: [
    ["client", "s"],
    ["s", "a", { timeoutMs: 100, retries: 3 }],
  ],
  ratePerSecond: 10,
};

describe("retries", () => {
  it.each([
    [2, "safe"],
    [3, "vulnerable"],
    [6.8, "vulnerable"],
    [7.1, "unstable"],
    [11, "unstable"],
  ] as const)("at %s times 10/s of 100/s the callee is %s", (load, retryZone) => {
    const { node, report } = reportOf(retried, { load });
    expect(node("a").retryZone).toBe(retryZone);
    expect(node("a").retrySafeUpToLoad).toBeCloseTo(2.5, 6);
    expect(Math.abs(present(node("a").retryStableUpToLoad) - 6.937)).toBeLessThan(0.005);
    expect(node("s").retryZone).toBeNull();
    expect(report.retrySafeUpToLoad).toBeCloseTo(2.5, 6);
    expect(report.retryStableUpToLoad).toBe(node("a").retryStableUpToLoad);
    expect(report.maxLoad).toBeCloseTo(10, 9);
    const rules = report.risks.map(({ rule }) => rule);
    expect(rules.includes("retries.vulnerable")).toBe(retryZone === "vulnerable");
    expect(rules.includes("retries.unstable")).toBe(load === 7.1);
  });

  it("multiply from layer to layer: three layers of four attempts make 64 of one", () => {
    const names = ["s1", "s2", "s3", "s4"];
    const nodes: NodeText[] = names.map((id) => [id, "service", noTime]);
    const edges: EdgeText[] = [["client", "s1"]];
    for (let layer = 1; layer < names.length; layer++) {
      edges.push([names[layer - 1] ?? "", names[layer] ?? "", { retries: 3 }]);
    }
    const { journey } = reportOf({ nodes: [client, ...nodes], edges });
    expect(journey().retryAmplification).toBeCloseTo(64, 9);
    expect(reportOf({ ...retried, edges: [["client", "s"]] }).journey().retryAmplification).toBe(1);
  });

  it("have no zones without a timeout", () => {
    const { node, report } = reportOf({
      ...retried,
      edges: [
        ["client", "s"],
        ["s", "a", { retries: 3 }],
      ],
    });
    expect(node("a")).toMatchObject({ retryZone: null, retrySafeUpToLoad: null, retryStableUpToLoad: null });
    expect(report).toMatchObject({ retrySafeUpToLoad: null, retryStableUpToLoad: null });
  });
});
