import { splitCalls } from "../flow/program-flow.ts";
import { repeat } from "../latency/repeat.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import {
  answeredAfter,
  blend,
  failureRatio,
  inSequence,
  nothing,
  type Outcome,
  oneOf,
  sum,
  type WeightedLaw,
} from "./outcome.ts";

/** Failures after this many answered calls are put together with those before; their share is negligible by then. */
const NEGLIGIBLE = 1e-12;

/** A mean number of calls one after another; a failed call ends the series. */
export function repeatedOutcome(meanCalls: number, one: Outcome): Outcome {
  const { whole, extra } = splitCalls(meanCalls);
  if (one.answered === 1 && one.law !== null) return answeredAfter(repeat(meanCalls, one.law));
  const parts: Outcome[] = [];
  if (whole > 0) parts.push(wholeSeries(whole, one));
  if (extra > 0) {
    parts.push(
      oneOf([
        { probability: extra, outcome: one },
        { probability: 1 - extra, outcome: nothing },
      ]),
    );
  }
  return inSequence(parts);
}

function wholeSeries(count: number, one: Outcome): Outcome {
  if (count === 1) return one;
  const { answered, law } = one;
  const whole = answered + one.answeredLate;
  const failures: WeightedLaw[] = [];
  let failed = 0;
  let reached = 1;
  for (let index = 0; index < count && reached * one.failed > NEGLIGIBLE; index++) {
    const before: LatencyLaw | null = index === 0 || law === null ? null : repeat(index, law);
    failures.push({ weight: reached * one.failed, law: index === 0 ? one.failureLaw : sum(before, one.failureLaw) });
    failed += reached * one.failed;
    reached *= answered;
  }
  // Starts of the i-th call, late or not: wholeⁱ.
  const starts = whole === 1 ? count : (1 - whole ** count) / (1 - whole);
  return {
    answered: answered ** count,
    law: law === null ? null : repeat(count, law),
    answeredLate: Math.max(0, whole ** count - answered ** count),
    failed,
    failureLaw: blend(failures),
    failedLate: Math.max(0, starts * failureRatio(one) - failed),
  };
}
