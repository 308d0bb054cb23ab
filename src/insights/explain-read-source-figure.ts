import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatCount, formatDurationMs, formatPercent } from "#src/base/format.ts";
import type { DataReport, ReadReport } from "#src/compile/data-report.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, ReadSourceFigure } from "./explanation.ts";

type ReadSource = ReadReport["sources"][number];
type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted" | "exactness">;

const traffic: Exactness = {
  kind: "exact",
  model: "Traffic equations",
  source: "Jackson 1957",
  typicalErrorPercent: null,
};
const lifetime: Exactness = {
  kind: "exact",
  model: "Time to live",
  source: "Definition",
  typicalErrorPercent: null,
};

/** From where a read journey may get old data; null where it does not read there. */
export function explainReadSourceFigure(
  { design, report, catalogue }: ExplanationContext,
  id: string,
  nodeId: string,
  figure: ReadSourceFigure,
): Explanation | null {
  const source = report.data.journeys
    .find((candidate) => candidate.id === id)
    ?.sources.find((candidate) => candidate.node === nodeId);
  const node = design.nodes.get(nodeId);
  const kind = node === undefined ? undefined : catalogue.get(node.kind);
  if (source === undefined || node === undefined || kind === undefined) return null;
  const { title, ...words } = wordsOf(source, exactnessOf(source, report.data))[figure];
  return {
    title: `${design.journeys.get(id)?.name ?? id}, ${node.name ?? nodeId}: ${title}`,
    ...words,
    values: [{ symbol: "v", meaning: "share of the requests that read here", value: formatPercent(source.share) }],
    assumptions: settingAssumptions(node, kind, ["ttlMs", "strategy", "replicas", "writeQuorum", "readQuorum"]),
  };
}

function exactnessOf({ through, node }: ReadSource, { replicas, quorums }: DataReport): Exactness {
  if (through === "cache") return lifetime;
  const copies = through === "replica" ? replicas : quorums;
  return copies.find((copy) => copy.node === node)?.exactness ?? lifetime;
}

const settledFormulas: Record<ReadSource["through"], string> = {
  replica: "99.9th percentile of the lag",
  quorum: "first of the times looked at with P(stale) ≤ 0.1 %",
  cache: "the time to live: what was stored before the write has left by then",
};

function wordsOf(source: ReadSource, exactness: Exactness): Record<ReadSourceFigure, Words> {
  const { share, staleAfterTenMs, settledAfterMs, oldestMs, through } = source;
  return {
    share: {
      title: "share of the requests that read here",
      value: formatPercent(share),
      formula: "min(1, visits per completed request)",
      substituted: `${formatPercent(share)} of the requests`,
      exactness: traffic,
    },
    staleAfterTenMs: {
      title: "stale 10 ms after a write",
      value: formatPercent(staleAfterTenMs),
      formula:
        through === "replica" ? "P(lag > 10 ms)" : "P(all answers come from copies that the write has not reached)",
      substituted:
        staleAfterTenMs === null
          ? "It is not computed for this part."
          : `${formatPercent(staleAfterTenMs)} of the reads here`,
      exactness,
    },
    settledAfterMs: {
      title: "time after which all but one in a thousand see a write",
      value: formatDurationMs(settledAfterMs),
      formula: settledFormulas[through],
      substituted: settledAfterMs === null ? "There is no such time." : formatDurationMs(settledAfterMs),
      exactness,
    },
    oldestMs: {
      title: "oldest answer",
      value: formatDurationMs(oldestMs),
      formula: "the time to live of the copy",
      substituted: oldestMs === null ? "There is no bound." : `${formatDurationMs(oldestMs)} after it was stored`,
      exactness: lifetime,
    },
  };
}

/** Reads of a store with quorums that would miss a write for good; null where there are no quorums. */
export function explainQuorumFigure({ design, report, catalogue }: ExplanationContext, id: string): Explanation | null {
  const store = report.data.quorums.find((candidate) => candidate.node === id);
  const node = design.nodes.get(id);
  const kind = node === undefined ? undefined : catalogue.get(node.kind);
  if (store === undefined || node === undefined || kind === undefined) return null;
  const { replicas, writeQuorum, readQuorum, missProbability } = store;
  const miss = formatPercent(missProbability);
  return {
    title: `${node.name ?? id}: reads that miss a write that reaches no further copy`,
    value: miss,
    formula: "C(N − W, R) / C(N, R)",
    substituted: `${miss} = C(${replicas - writeQuorum}, ${readQuorum}) / C(${replicas}, ${readQuorum})`,
    values: [
      { symbol: "N", meaning: "copies of a value", value: formatCount(replicas) },
      { symbol: "W", meaning: "copies that confirm a write", value: formatCount(writeQuorum) },
      { symbol: "R", meaning: "copies that answer a read", value: formatCount(readQuorum) },
    ],
    assumptions: settingAssumptions(node, kind, ["replicas", "writeQuorum", "readQuorum", "members"]),
    exactness: {
      kind: "exact",
      model: "Draws without replacement",
      source: "Bailis et al. 2012, eq. 1",
      typicalErrorPercent: null,
    },
  };
}
