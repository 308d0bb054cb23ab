import { formatCount, formatDurationMs, formatPercent, formatRate } from "#src/base/format.ts";
import type { QuorumReport, ReplicaReport } from "#src/compile/data-report.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type CopyFigure = Extract<FigureReference, { of: "copy" }>["figure"];

const lagOf = {
  "lag.mean": "mean",
  "lag.p50": "p50",
  "lag.p90": "p90",
  "lag.p95": "p95",
  "lag.p99": "p99",
  "lag.p999": "p999",
} as const;
const lagTitles = {
  "lag.mean": "mean lag",
  "lag.p50": "median of the lag",
  "lag.p90": "90th percentile of the lag",
  "lag.p95": "95th percentile of the lag",
  "lag.p99": "99th percentile of the lag",
  "lag.p999": "99.9th percentile of the lag",
} as const;

const serviceSettings = ["concurrency", "capacityPerSecond", "latencyMs", "variability", "instances"];

export function explainCopyFigure(context: ExplanationContext, edge: string, figure: CopyFigure): Explanation | null {
  const copy = context.report.data.replicas.find((candidate) => candidate.edge === edge);
  if (copy === undefined) return null;
  const name = nameOf(context, copy.node);
  if (figure === "appliesPerSecond") {
    return {
      title: `${name}: applied writes`,
      value: formatRate(copy.appliesPerSecond),
      formula: "one applied write per write of the primary",
      substituted: `${formatRate(copy.appliesPerSecond)} come from ${nameOf(context, copy.primary)}`,
      values: [],
      assumptions: [],
      exactness: { kind: "exact", model: "Traffic equations", source: "Jackson 1957", typicalErrorPercent: null },
    };
  }
  return {
    title: `${name}: ${lagTitles[figure]}`,
    value: formatDurationMs(copy.lagMs[lagOf[figure]]),
    formula: "lag = half the network round trip + waiting + service of the applied write, from the first primary on",
    substituted: lagInWords(context, copy),
    values: pathValues(context, copy),
    assumptions: assumptionsOf(context, copy.node, serviceSettings),
    exactness: copy.exactness,
  };
}

/** Of a copy by its edge, or of a store with quorums by its node. */
export function explainStaleRead(context: ExplanationContext, id: string, afterMs: number): Explanation | null {
  const copy = context.report.data.replicas.find((candidate) => candidate.edge === id);
  if (copy !== undefined) {
    const probability = copy.staleAfter.find((moment) => moment.afterMs === afterMs)?.probability ?? null;
    return {
      title: `${nameOf(context, copy.node)}: stale ${formatDurationMs(afterMs)} after a write`,
      value: formatPercent(probability),
      formula: "P(stale) = P(lag > t); also the share of users who do not find their own write after t",
      substituted: `P(lag > ${formatDurationMs(afterMs)}) = ${formatPercent(probability)}; ${lagInWords(context, copy)}`,
      values: pathValues(context, copy),
      assumptions: assumptionsOf(context, copy.node, serviceSettings),
      exactness: copy.exactness,
    };
  }
  const store = context.report.data.quorums.find((candidate) => candidate.node === id);
  if (store === undefined) return null;
  const probability = store.staleAfter?.find((moment) => moment.afterMs === afterMs)?.probability ?? null;
  return {
    title: `${nameOf(context, store.node)}: stale ${formatDurationMs(afterMs)} after a write`,
    value: formatPercent(probability),
    formula: store.overlaps
      ? "W + R > N: every read meets a copy that confirmed the last write"
      : "P(all R answers come from copies that the write has not reached), by the laws of write, acknowledgement, read and response",
    substituted: quorumInWords(store),
    values: [
      { symbol: "N", meaning: "copies of a value", value: formatCount(store.replicas) },
      { symbol: "W", meaning: "copies that confirm a write", value: formatCount(store.writeQuorum) },
      { symbol: "R", meaning: "copies that answer a read", value: formatCount(store.readQuorum) },
      {
        symbol: "C(N−W, R)/C(N, R)",
        meaning: "were the write never to reach further copies",
        value: formatPercent(store.missProbability),
      },
    ],
    assumptions: assumptionsOf(context, store.node, [
      "replicas",
      "writeQuorum",
      "readQuorum",
      "members",
      ...serviceSettings,
    ]),
    exactness: store.exactness,
  };
}

function quorumInWords({ replicas, writeQuorum, readQuorum, overlaps }: QuorumReport): string {
  const sum = `${writeQuorum} + ${readQuorum}`;
  return overlaps ? `${sum} > ${replicas}: never stale` : `${sum} ≤ ${replicas}: a read can miss the write`;
}

function lagInWords(context: ExplanationContext, copy: ReplicaReport): string {
  if (copy.mode === "synchronous") return "The write ends when the copy has it: no lag.";
  if (copy.fallsBehind)
    return "There is no steady state: more is applied than the copy can take, so it falls behind without end.";
  const report = context.report.nodes.find((node) => node.id === copy.node);
  return `mean ${formatDurationMs(copy.lagMs.mean)}, of which ${formatDurationMs(report?.waitMs.mean ?? null)} waiting at ${nameOf(context, copy.node)}`;
}

function pathValues(context: ExplanationContext, copy: ReplicaReport): Explanation["values"] {
  const edge = context.report.edges.find((candidate) => candidate.id === copy.edge);
  const node = context.report.nodes.find((candidate) => candidate.id === copy.node);
  return [
    { symbol: "RTT", meaning: "network round trip", value: formatDurationMs(edge?.networkMs ?? null) },
    {
      symbol: "R",
      meaning: "mean time of an applied write at the copy",
      value: formatDurationMs(node?.residenceMs.mean ?? null),
    },
    { symbol: "ρ", meaning: "utilisation of the copy", value: formatPercent(node?.offeredUtilization ?? null) },
  ];
}

function nameOf({ design }: ExplanationContext, id: string): string {
  return design.nodes.get(id)?.name ?? id;
}

function assumptionsOf(context: ExplanationContext, id: string, names: readonly string[]): Explanation["assumptions"] {
  const node = context.design.nodes.get(id);
  const kind = node === undefined ? undefined : context.catalogue.get(node.kind);
  return node === undefined || kind === undefined ? [] : settingAssumptions(node, kind, names);
}
