import type { LatencyLaw } from "../model/latency-law.ts";
import { lawFromTail } from "./law-from-tail.ts";
import { type Side, samplerOf } from "./tail-sampler.ts";

/** The grid of a join ends where less than this probability is left. */
const LEFT_OUT = 1e-9;
/** An order statistic of many branches is steeper than each of them; this is the allowance for it. */
const STEEPER = 2;

/**
 * The law of a time that is determined by the states of parallel branches: `tailOf` says how probable it is that the time
 * is not over, from the tails of the branches at that moment. A law that occurs several times is evaluated once.
 */
export function joinedLaw(laws: readonly LatencyLaw[], tailOf: (tails: Float64Array) => number): LatencyLaw {
  const distinct = [...new Set(laws)];
  const indices = laws.map((law) => distinct.indexOf(law));
  const samplers = distinct.map(samplerOf);
  const current = new Float64Array(distinct.length);
  const tails = new Float64Array(laws.length);
  const sample = (ms: number, side: Side): number => {
    // A branch that is not drawn is over at 0, not before.
    if (ms === 0 && side === "before") return 1;
    for (const [i, sampler] of samplers.entries()) current[i] = sampler.at(ms, side);
    for (const [i, index] of indices.entries()) tails[i] = current[index] ?? 1;
    return tailOf(tails);
  };
  const pieces = distinct.flatMap((law) => law.pieces);
  const breaksMs = [0, ...pieces.map(({ shiftMs }) => shiftMs)];
  const sharpness = STEEPER * Math.max(...pieces.map((piece) => piece.sharpness));
  return lawFromTail({ breaksMs, endMs: endOf(distinct, sample), sharpness, sample });
}

function endOf(laws: readonly LatencyLaw[], sample: (ms: number, side: Side) => number): number {
  let endMs = 0;
  for (const { meanMs, varianceMs2 } of laws) endMs = Math.max(endMs, meanMs + 8 * Math.sqrt(varianceMs2));
  while (sample(endMs, "after") > LEFT_OUT) endMs *= 1.5;
  return endMs;
}
