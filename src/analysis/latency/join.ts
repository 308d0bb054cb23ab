import type { LatencyLaw } from "../model/latency-law.ts";
import { lawFromTail } from "./law-from-tail.ts";
import { type Side, type TailAndDensity, tailAndDensity } from "./tail.ts";

/** The grid of a join ends where less than this probability is left. */
const LEFT_OUT = 1e-9;
/** An order statistic of many branches is steeper than each of them; this is the allowance for it. */
const STEEPER = 2;

/**
 * The law of a time that is determined by the states of parallel branches: `tailOf` says how probable it is that the time
 * is not over, and with what density it ends, from the tails and densities of the branches at that moment. A law that
 * occurs several times is evaluated once.
 */
export function joinedLaw(
  laws: readonly LatencyLaw[],
  tailOf: (states: readonly TailAndDensity[]) => TailAndDensity,
): LatencyLaw {
  const distinct = [...new Set(laws)];
  const indices = laws.map((law) => distinct.indexOf(law));
  const current: TailAndDensity[] = distinct.map(() => NOT_STARTED);
  const states: TailAndDensity[] = laws.map(() => NOT_STARTED);
  const sample = (ms: number, side: Side): TailAndDensity => {
    // A branch that is not drawn is over at 0, not before.
    if (ms === 0 && side === "before") return NOT_STARTED;
    for (const [i, law] of distinct.entries()) current[i] = tailAndDensity(law, ms, side);
    for (const [i, index] of indices.entries()) states[i] = current[index] ?? NOT_STARTED;
    return tailOf(states);
  };
  const breaksMs = distinct.flatMap(({ pieces }) => pieces.map(({ shiftMs }) => shiftMs));
  breaksMs.push(0);
  const sharpness = STEEPER * Math.max(...distinct.flatMap(({ pieces }) => pieces.map((piece) => piece.sharpness)));
  return lawFromTail({ breaksMs, endMs: endOf(distinct, sample), sharpness, sample });
}

const NOT_STARTED: TailAndDensity = { tail: 1, density: 0 };

function endOf(laws: readonly LatencyLaw[], sample: (ms: number, side: Side) => TailAndDensity): number {
  let endMs = 0;
  for (const { meanMs, varianceMs2 } of laws) endMs = Math.max(endMs, meanMs + 8 * Math.sqrt(varianceMs2));
  while (sample(endMs, "after").tail > LEFT_OUT) endMs *= 1.5;
  return endMs;
}
