import { describe, expect, it } from "vitest";
import { exponentialLaw } from "#src/analysis/latency/exponential-law.ts";
import { missProbability, overlaps } from "#src/analysis/replication/quorum-overlap.ts";
import { staleProbabilities } from "#src/analysis/replication/quorum-staleness.ts";
import { bandwidthBitsPerSecond, bytesKept, bytesPerDay, ratePerSecond } from "#src/analysis/sizing/data-volume.ts";
import type { ReplicaReport } from "#src/compile/data-report.ts";
import { type Answers, client, type DesignText, reportOf, serves } from "./design-reports.ts";
import { simulateStaleness } from "./quorum-simulation.ts";

describe("lag of copies", () => {
  /** Writes to a primary, reads from its copies; a copy serves 100 a second. */
  const copied = (
    writes: number,
    reads: number,
    { primary = {}, networkMs = 0 }: { primary?: object; networkMs?: number } = {},
  ): DesignText => ({
    nodes: [
      client,
      ["p", "relational-database", { ...serves(1), ...primary }],
      ["r", "read-replica", serves(10)],
      ["rr", "read-replica", serves(5)],
    ],
    edges: [
      ["client", "p", { condition: "write" }],
      ["client", "r", { condition: "read" }],
      ["p", "r", { networkMs }],
      ["r", "rr"],
    ],
    journeys: [
      { id: "w", source: "client", operation: "write", ratePerSecond: writes },
      { id: "q", source: "client", operation: "read", ratePerSecond: reads, consistency: "read-your-writes" },
    ],
  });
  const copy = ({ report }: Answers, node: string): ReplicaReport => {
    const found = report.data.replicas.find((candidate) => candidate.node === node);
    if (found === undefined) throw new Error(`no copy ${node}`);
    return found;
  };

  it("is half the round trip and the sojourn of M/M/1 with reads and writes", () => {
    const answers = reportOf(copied(20, 40, { networkMs: 6 }));
    // μ − λ = 100 − 60 per second.
    const { lagMs, staleAfter, appliesPerSecond } = copy(answers, "r");
    expect(appliesPerSecond).toBeCloseTo(20, 9);
    expect(lagMs.mean).toBeCloseTo(3 + 25, 9);
    expect(lagMs.p99).toBeCloseTo(3 + 25 * Math.log(100), 4);
    for (const { afterMs, probability } of staleAfter) {
      expect(probability).toBeCloseTo(afterMs <= 3 ? 1 : Math.exp(-(afterMs - 3) / 25), 9);
    }
  });

  it("adds up over copies of copies", () => {
    const answers = reportOf(copied(20, 40));
    // The second copy only applies: 200 − 20 per second.
    expect(copy(answers, "rr").lagMs.mean).toBeCloseTo(25 + 1000 / 180, 9);
  });

  it("has no bound at a copy that falls behind, and neither has what follows it", () => {
    const answers = reportOf(copied(60, 60));
    for (const node of ["r", "rr"]) {
      expect(copy(answers, node)).toMatchObject({ fallsBehind: true, lagMs: { mean: null, p99: null } });
      expect(copy(answers, node).staleAfter.every(({ probability }) => probability === 1)).toBe(true);
    }
  });

  it("is nothing where the write waits for the copy, and the write takes longer", () => {
    const waited = reportOf(copied(20, 40, { primary: { replication: "synchronous" } }));
    const sent = reportOf(copied(20, 40));
    expect(copy(waited, "r")).toMatchObject({ mode: "synchronous", lagMs: { mean: 0, p999: 0 }, fallsBehind: false });
    expect(waited.journey("w").latencyMs.mean).toBeGreaterThan((sent.journey("w").latencyMs.mean ?? 0) + 24);
    expect(waited.report.data.journeys).toMatchObject([{ id: "q", sources: [], keepsConsistency: true }]);
    expect(sent.report.data.journeys).toMatchObject([
      { id: "q", sources: [{ node: "r", through: "replica", share: 1 }], keepsConsistency: false },
    ]);
  });
});

describe("quorums", () => {
  it("overlap when W + R > N", () => {
    expect(overlaps({ replicas: 5, writeQuorum: 3, readQuorum: 3 })).toBe(true);
    expect(overlaps({ replicas: 3, writeQuorum: 2, readQuorum: 2 })).toBe(true);
    expect(overlaps({ replicas: 3, writeQuorum: 1, readQuorum: 2 })).toBe(false);
  });

  it("miss the last write with C(N − W, R) / C(N, R)", () => {
    expect(missProbability({ replicas: 3, writeQuorum: 1, readQuorum: 1 })).toBeCloseTo(2 / 3, 12);
    expect(missProbability({ replicas: 3, writeQuorum: 1, readQuorum: 2 })).toBeCloseTo(1 / 3, 12);
    expect(missProbability({ replicas: 5, writeQuorum: 2, readQuorum: 2 })).toBeCloseTo(3 / 10, 12);
    expect(missProbability({ replicas: 5, writeQuorum: 3, readQuorum: 3 })).toBe(0);
  });

  // Bailis et al. 2012, section 5.3: N = 3, R = W = 1, all but the writes exponential of mean 1 ms.
  it.each([
    [4, 0, 0.94, 0.005],
    [4, 1, 0.999, 0.0005],
    [2, 0, 0.867, 0.002],
    [1, 0, 0.751, 0.002],
    [0.5, 0, 0.625, 0.002],
    [0.2, 0, 0.487, 0.002],
    [0.1, 0, 0.41, 0.012],
    [0.1, 65, 0.999, 0.0005],
  ])("with writes of rate %d a millisecond, after %d ms: %d consistent", (rate, afterMs, published, within) => {
    const one = exponentialLaw(1);
    const quorum = { replicas: 3, writeQuorum: 1, readQuorum: 1 };
    const messages = { write: exponentialLaw(1 / rate), acknowledgement: one, read: one, response: one };
    const [stale = 1] = staleProbabilities(quorum, messages, [afterMs]);
    expect(Math.abs(1 - stale - published)).toBeLessThan(within);
    const simulated = simulateStaleness(quorum, 1 / rate, 1, afterMs, 40_000, 7);
    expect(Math.abs(stale - simulated)).toBeLessThan(4 * Math.sqrt((simulated * (1 - simulated)) / 40_000) + 5e-4);
  });

  const store = (kind: string, settings: object, ratePerSecond = 50): DesignText => ({
    nodes: [client, ["s", kind, settings]],
    edges: [["client", "s"]],
    ratePerSecond,
  });

  it("are reported from the settings of a store, with its own waiting in the way of the messages", () => {
    const quiet = reportOf(store("key-value-store", serves(10, 1, { replicas: 3 }), 1)).report.data.quorums[0];
    const busy = reportOf(store("key-value-store", serves(10, 1, { replicas: 3 }), 80)).report.data.quorums[0];
    expect(quiet).toMatchObject({ replicas: 3, writeQuorum: 1, readQuorum: 1, overlaps: false });
    expect(quiet?.missProbability).toBeCloseTo(2 / 3, 12);
    const at = (report: typeof quiet, ms: number): number =>
      report?.staleAfter?.find(({ afterMs }) => afterMs === ms)?.probability ?? Number.NaN;
    expect(at(busy, 10)).toBeGreaterThan(2 * at(quiet, 10));
    expect([0, 1, 10, 100, 1000].map((ms) => at(busy, ms))).toEqual(
      [0, 1, 10, 100, 1000].map((ms) => at(busy, ms)).sort((a, b) => b - a),
    );
    const full = reportOf(store("key-value-store", serves(10, 1, { replicas: 3 }), 120)).report.data.quorums[0];
    expect(full?.staleAfter).toBeNull();
  });

  it("are never stale where they overlap, as in every consensus store", () => {
    const kept = reportOf(store("key-value-store", { replicas: 3, writeQuorum: 2, readQuorum: 2 })).report.data;
    expect(kept.quorums[0]).toMatchObject({ overlaps: true, missProbability: 0 });
    expect(kept.journeys[0]?.sources).toEqual([]);
    const consensus = reportOf(store("consensus-store", { members: 5 })).report.data.quorums[0];
    expect(consensus).toMatchObject({ replicas: 5, writeQuorum: 3, readQuorum: 3, overlaps: true });
    expect(reportOf(store("key-value-store", {})).report.data.quorums).toEqual([]);
    expect(() => reportOf(store("key-value-store", { replicas: 3, readQuorum: 4 }))).toThrow(/readQuorum/);
  });
});

describe("volume", () => {
  it("of the worked examples", () => {
    expect(ratePerSecond(1_000_000 * 5)).toBeCloseTo(57.87, 2);
    expect(bytesPerDay(100_000_000, 500)).toBe(50e9);
    expect(bytesKept(50e9, 5 * 365, 3)).toBe(273.75e12);
    expect(bandwidthBitsPerSecond(100, 10_000)).toBe(8e6);
  });

  it("follows from the requirements of a design", () => {
    const text: DesignText = { nodes: [client, ["a", "service"]], edges: [["client", "a"]] };
    const requirements = { recordsPerDay: 100_000_000, recordBytes: 500, retentionDays: 1825, replicationFactor: 3 };
    expect(reportOf({ ...text, requirements }).report.data.volume).toMatchObject({
      bytesPerDay: 50e9,
      bytesKept: 273.75e12,
      ingestBitsPerSecond: expect.closeTo((50e9 * 8) / 86_400, 3),
    });
    const forEver = { recordsPerDay: 10, recordBytes: 100 };
    expect(reportOf({ ...text, requirements: forEver }).report.data.volume).toMatchObject({
      bytesKept: null,
      copies: 1,
      bytesAfterYear: 365_000,
    });
    expect(reportOf(text).report.data.volume).toBeNull();
  });
});
