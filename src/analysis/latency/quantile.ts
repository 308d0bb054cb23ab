import type { LatencyLaw } from "../model/latency-law.ts";
import { endOfSmooth } from "./pieces.ts";
import { QuantileSearch } from "./quantile-search.ts";

/** The smallest time t with P(T ≤ t) ≥ p, in milliseconds, for 0 ≤ p < 1. */
export function quantile(law: LatencyLaw, p: number): number {
  return quantiles(law, [p])[0] ?? 0;
}

/**
 * The quantiles at each p of `ps` (0 ≤ p < 1), in the order of `ps`. A larger p never gets a smaller time. Evaluations are
 * shared between them. Throws a RangeError for a p outside its range.
 */
export function quantiles(law: LatencyLaw, ps: readonly number[]): readonly number[] {
  const ofLaw = known.get(law) ?? new Map<string, readonly number[]>();
  known.set(law, ofLaw);
  const name = ps.join(",");
  const earlier = ofLaw.get(name);
  if (earlier !== undefined) return earlier;
  const answers = searched(law, ps);
  ofLaw.set(name, answers);
  return answers;
}

/** Answers by law and question: many parts of a design ask the same of a law that did not change. */
const known = new WeakMap<LatencyLaw, Map<string, readonly number[]>>();

function searched(law: LatencyLaw, ps: readonly number[]): readonly number[] {
  const order = ps.map((p, place) => ({ p, place })).sort((a, b) => a.p - b.p);
  const answers = new Array<number>(ps.length).fill(0);
  const search = new QuantileSearch(law);
  // Near the end of a law that has one, inversion may find a time just past it.
  const longestMs = Math.max(...law.pieces.map((piece) => piece.shiftMs + endOfSmooth(piece)));
  let previous = 0;
  for (const { p, place } of order) {
    if (!(p >= 0 && p < 1)) throw new RangeError(`quantiles: ${p} is not from 0 up to 1`);
    previous = Math.max(previous, Math.min(longestMs, search.at(1 - p)));
    answers[place] = previous;
  }
  return answers;
}
