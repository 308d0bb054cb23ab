import { describe, expect, it } from "vitest";
import { quantile } from "#src/analysis/latency/quantile.ts";
import { client, type DesignText, type EdgeText, present, reportOf, serves } from "./design-reports.ts";
import { forkJoinFidelity, forkJoinLaw } from "./fidelity/fork-join.ts";
import table from "./tables/fork-join.json" with { type: "json" };

describe("fork and join of queues M/M/1 behind one Poisson stream", () => {
  it.each(forkJoinFidelity().map((row) => [`${row.figure} of ${row.model}`, row] as const))("%s", (_, row) => {
    expect(row.cases).toBeGreaterThan(0);
    expect(row.worstErrorPercent).toBeLessThanOrEqual(row.tolerancePercent);
  });

  const cells = table.rows.flatMap(({ branches, mean, p99 }) =>
    table.utilizations.map((rho, place) => ({ branches, rho, mean: mean[place] ?? 0, p99: p99[place] ?? 0 })),
  );

  it.each(cells)(
    "of $branches at ρ = $rho: mean within 5 % of simulation, p99 within 3 %",
    ({ branches, rho, mean, p99 }) => {
      const law = forkJoinLaw(branches, rho);
      expect(Math.abs(law.meanMs / mean - 1)).toBeLessThan(0.05);
      expect(Math.abs(quantile(law, 0.99) / p99 - 1)).toBeLessThan(0.03);
    },
  );

  it("is better than branches taken as independent, whose mean is up to a third too long", () => {
    const harmonic = (n: number): number => Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
    for (const { branches, rho, mean } of cells) {
      const independent = harmonic(branches) / (1 - rho);
      expect(Math.abs(forkJoinLaw(branches, rho).meanMs - mean)).toBeLessThan(Math.abs(independent - mean));
    }
  });
});

describe("scatter and gather from the text of a design", () => {
  const instant = serves(1e-6, 64);

  /** A router that asks one node a shard, each an M/M/1 of mean service 1 ms. */
  function scattered(shards: number, rho: number): DesignText {
    const ids = Array.from({ length: shards }, (_, place) => `shard-${place}`);
    return {
      nodes: [
        client,
        ["router", "shard-router", { ...instant, scatterRatio: 1 }],
        ...ids.map((id) => [id, "shard", serves(1)] as const),
      ],
      edges: [["client", "router"], ...ids.map((id): EdgeText => ["router", id])],
      ratePerSecond: 1000 * rho,
    };
  }

  /** One search index whose queries ask all of its instances, each an M/M/1 of mean service 1 ms. */
  function searched(nodes: number, rho: number, asked = nodes): DesignText {
    return {
      nodes: [client, ["index", "search-index", { ...serves(1), instances: nodes, shardsAsked: asked }]],
      edges: [["client", "index"]],
      ratePerSecond: 1000 * rho,
    };
  }

  const cells = table.rows.flatMap(({ branches, mean, p99 }) =>
    [0, 2].map((place) => ({
      branches,
      rho: table.utilizations[place] ?? 0,
      mean: mean[place] ?? 0,
      p99: p99[place] ?? 0,
    })),
  );

  it.each(cells)("$branches shards at ρ = $rho, as nodes and as instances", ({ branches, rho, mean, p99 }) => {
    for (const text of [scattered(branches, rho), searched(branches, rho)]) {
      const { mean: found, p99: tail } = reportOf(text).journey().latencyMs;
      expect(Math.abs(present(found) / mean - 1)).toBeLessThan(0.05);
      expect(Math.abs(present(tail) / p99 - 1)).toBeLessThan(0.03);
    }
  });

  it("every part of a query is an arrival, and the index is full when its nodes are", () => {
    const { node, report } = reportOf(searched(4, 0.5, 2));
    expect(node("index").arrivalsPerSecond).toBeCloseTo(1000, 9);
    expect(node("index").utilization).toBeCloseTo(0.25, 9);
    expect(present(report.maxLoad)).toBeCloseTo(4, 8);
  });

  it("asks no more nodes than there are, and a written document none but its own", () => {
    expect(reportOf(searched(2, 0.5, 9)).node("index").arrivalsPerSecond).toBeCloseTo(1000, 9);
    expect(reportOf({ ...searched(4, 0.5), operation: "write" }).node("index").arrivalsPerSecond).toBeCloseTo(500, 9);
  });

  it("asking fewer of them has less in common: the mean is nearer to that of independent ones", () => {
    const harmonic = 1.5;
    const [all, some] = [reportOf(searched(2, 0.8)), reportOf(searched(20, 8, 2))].map(({ node, journey }) => ({
      utilization: node("index").utilization,
      ratio: present(journey().latencyMs.mean) / (harmonic * 5),
    }));
    expect(all?.utilization).toBeCloseTo(0.8, 9);
    expect(some?.utilization).toBeCloseTo(0.8, 9);
    expect(all?.ratio).toBeCloseTo((12 - 0.8) / 12, 4);
    expect(some?.ratio).toBeGreaterThan(0.99);
    expect(some?.ratio).toBeLessThan(1);
  });
});
