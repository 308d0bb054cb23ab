import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { knownLaw, numberOf } from "./known-laws.ts";
import { lawFromTail } from "./law-from-tail.ts";
import { tail } from "./tail.ts";
import { type Side, samplerOf } from "./tail-sampler.ts";

export interface Completion {
  /** P(T ≤ timeout). */
  readonly probability: number;
  /** The law of T given T ≤ timeout. With probability 0 it is the constant timeout, which then has no weight. */
  readonly law: LatencyLaw;
}

/** Less than the error of the tail: nobody is late, or everybody. */
const NEVER = 1e-10;

/** Splits a law at a timeout, in milliseconds, 0 or more; what ends exactly at the timeout has completed. */
export function completedWithin(law: LatencyLaw, timeoutMs: number): Completion {
  if (!(timeoutMs >= 0)) throw new RangeError(`completedWithin: timeout ${timeoutMs} ms`);
  if (timeoutMs === Number.POSITIVE_INFINITY) return { probability: 1, law };
  const late = tail(law, timeoutMs);
  const probability = 1 - late;
  if (late < NEVER) return { probability, law };
  if (probability < NEVER) return { probability: 0, law: constantLaw(timeoutMs) };
  return { probability, law: knownLaw(`<${timeoutMs}:${numberOf(law)}`, () => earlyPart(law, timeoutMs, late)) };
}

function earlyPart(law: LatencyLaw, timeoutMs: number, late: number): LatencyLaw {
  const probability = 1 - late;
  const sampler = samplerOf(law);
  const sample = (ms: number, side: Side): number => Math.max(0, sampler.at(ms, side) - late) / probability;
  const { pieces } = law;
  const breaksMs = pieces.map(({ shiftMs }) => shiftMs).filter((ms) => ms <= timeoutMs);
  const sharpness = Math.max(...pieces.map((piece) => piece.sharpness));
  return lawFromTail({ breaksMs, endMs: timeoutMs, isBounded: true, sharpness, sample });
}
