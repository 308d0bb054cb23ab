import { mixture } from "#src/analysis/latency/mixture.ts";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import type { Exactness } from "#src/analysis/model/exactness.ts";
import type { LatencyLaw } from "#src/analysis/model/latency-law.ts";
import type { Solution } from "#src/analysis/model/solution.ts";
import { lagLaw, staleProbability } from "#src/analysis/replication/replication-lag.ts";
import type { CompiledDesign } from "./compile-design.ts";
import type { ReplicaReport } from "./data-report.ts";
import type { Percentiles } from "./report.ts";
import type { ResolvedEdge } from "./resolved-design.ts";

/** Times after a write for which staleness is told. */
export const staleMomentsMs = [0, 1, 10, 100, 1000] as const;

const levels = [0.5, 0.9, 0.95, 0.99, 0.999];
const never: Percentiles = { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null };
const atOnce: Percentiles = { mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0 };

/** A copy with the law of its lag, for further copies behind it. */
export interface CopyAt {
  readonly report: ReplicaReport;
  /** Null while it falls behind, and of synchronous copies. */
  readonly law: LatencyLaw | null;
}

/** Every copy that a write of some journey reaches over replication edges, by the index of its edge, primaries first. */
export function copiesAt(compiled: CompiledDesign, solution: Solution): readonly CopyAt[] {
  const copies = new Map<number, CopyAt>();
  const edges = compiled.resolved.edges.filter((edge) => edge.mode === "replication");
  const waiting = new Set<number>();
  const copyOver = (edge: ResolvedEdge): CopyAt | null => {
    const known = copies.get(edge.index);
    if (known !== undefined) return known;
    const applies = appliesOver(compiled, solution, edge);
    // A ring of copies has no first primary.
    if (applies === null || waiting.has(edge.index)) return null;
    waiting.add(edge.index);
    const before = edges.filter((other) => other.target.index === edge.source.index).map(copyOver);
    waiting.delete(edge.index);
    const copy = copyAt(edge, applies, before.find((other) => other !== null) ?? null);
    copies.set(edge.index, copy);
    return copy;
  };
  for (const edge of edges) copyOver(edge);
  return [...copies.values()];
}

interface Applies {
  readonly ratePerSecond: number;
  readonly networkMs: number;
  /** Null where the copy has no steady state. */
  readonly law: LatencyLaw | null;
}

/** Null when no journey writes over the edge. */
function appliesOver(compiled: CompiledDesign, solution: Solution, edge: ResolvedEdge): Applies | null {
  const parts: { readonly rate: number; readonly law: LatencyLaw | null }[] = [];
  for (const call of compiled.callsOfEdge[edge.index] ?? []) {
    const site = compiled.model.calls[call];
    const routine = site === undefined ? undefined : solution.routines[site.routine];
    if (routine === undefined) continue;
    parts.push({ rate: solution.calls[call]?.attemptsPerSecond ?? 0, law: routine.law });
  }
  if (parts.length === 0) return null;
  const total = parts.reduce((sum, { rate }) => sum + rate, 0);
  const members: { readonly probability: number; readonly law: LatencyLaw }[] = [];
  for (const { rate, law } of parts) {
    if (law !== null) members.push({ probability: total > 0 ? rate / total : 1 / parts.length, law });
    else if (rate > 0 || total === 0) return { ratePerSecond: total, networkMs: edge.networkMs, law: null };
  }
  return { ratePerSecond: total, networkMs: edge.networkMs, law: mixture(members) };
}

function copyAt(edge: ResolvedEdge, applies: Applies, before: CopyAt | null): CopyAt {
  const synchronous = edge.source.settings["replication"] === "synchronous";
  const lost = before?.report.fallsBehind === true;
  const law = synchronous || lost ? null : lagLaw(applies.networkMs, applies.law, before?.law ?? null);
  const fallsBehind = !synchronous && law === null;
  return {
    law,
    report: {
      node: edge.target.node.id,
      primary: edge.source.node.id,
      edge: edge.edge.id,
      mode: synchronous ? "synchronous" : "asynchronous",
      appliesPerSecond: applies.ratePerSecond,
      lagMs: synchronous ? atOnce : law === null ? never : percentilesOf(law),
      staleAfter: staleMomentsMs.map((afterMs) => ({
        afterMs,
        probability: synchronous ? 0 : staleProbability(law, afterMs),
      })),
      fallsBehind,
      exactness: synchronous ? waited : sojourn,
    },
  };
}

function percentilesOf(law: LatencyLaw): Percentiles {
  const [p50 = null, p90 = null, p95 = null, p99 = null, p999 = null] = quantiles(law, levels);
  return { mean: law.meanMs, p50, p90, p95, p99, p999 };
}

const sojourn: Exactness = {
  kind: "approximation",
  model: "Network and sojourn of the applied write, Poisson writes",
  source: "Bailis et al. 2012, section 3; the law of the copy's own waiting and service",
  typicalErrorPercent: null,
};
const waited: Exactness = {
  kind: "exact",
  model: "A write ends when the copy has it",
  source: "Definition",
  typicalErrorPercent: null,
};
