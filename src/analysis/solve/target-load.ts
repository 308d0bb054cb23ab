import { tail } from "../latency/tail.ts";
import { largestLoad } from "./largest-load.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { solveModel } from "./solve-model.ts";

/** Relative tolerance of `largestLoadWithinTargets`. */
const TOLERANCE = 1e-4;
/** Loads this small stand for "as good as none", and a load that large for "nothing limits it". */
const NO_LOAD = 1e-6;
const MOST_LOAD = 1e6;
/** Rounding of a tail. */
const SLACK = 1e-9;
/** The bracket is narrowed to this share of the tolerance before the bisection that it answers. */
const NARROW = 0.25;
const MOST_STEPS = 60;

/**
 * The largest multiple of the declared load, up to `largestLoad`, at which every latency target of every journey is met;
 * 0 when one is missed at any load, null when there are no targets or nothing limits the load. Tolerance 1e-4, relative.
 */
export function largestLoadWithinTargets(prepared: PreparedModel): number | null {
  const search = seekLargestLoadWithinTargets(prepared);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

/** The same, one solution of the model at a time. */
export function* seekLargestLoadWithinTargets(prepared: PreparedModel): Generator<undefined, number | null, undefined> {
  if (!prepared.model.journeys.some(({ latencyTargets }) => latencyTargets.length > 0)) return null;
  const limit = largestLoad(prepared);
  const most = limit ?? MOST_LOAD;
  const top = most * (1 - TOLERANCE / 2);
  const bracket = new Bracket(prepared, NO_LOAD * most, most);
  if (bracket.isMet(top)) return limit;
  for (let step = 0; step < MOST_STEPS && !bracket.isNarrow(); step++) {
    yield;
    bracket.isMet(bracket.propose());
  }
  yield;
  if (!bracket.isAnyMet && !bracket.isMet(NO_LOAD * most)) return 0;
  // Bisection over the whole range, whose questions the bracket has mostly answered: the answer is the same whatever was proposed.
  let met = NO_LOAD * most;
  let missed = most;
  while (missed - met > TOLERANCE * missed) {
    const middle = met < missed / 8 ? Math.sqrt(met * missed) : (met + missed) / 2;
    if (bracket.isMet(middle)) met = middle;
    else missed = middle;
  }
  return met;
}

/** Loads between which the first target is missed, with how far they are from it. */
class Bracket {
  isAnyMet = false;
  private readonly prepared: PreparedModel;
  private met: number;
  private missed: number;
  private metExcess: number | null = null;
  private missedExcess: number | null = null;
  private widthBefore = Number.POSITIVE_INFINITY;

  constructor(prepared: PreparedModel, met: number, missed: number) {
    this.prepared = prepared;
    this.met = met;
    this.missed = missed;
  }

  isNarrow(): boolean {
    return this.missed - this.met <= NARROW * TOLERANCE * this.missed;
  }

  /** Whether every target is met at a load: known by one that is not lower, or from one more solution. */
  isMet(load: number): boolean {
    if (this.isAnyMet && load <= this.met) return true;
    if (this.missedExcess !== null && load >= this.missed) return false;
    const excess = excessAt(this.prepared, load);
    if (excess <= 0) {
      this.isAnyMet = true;
      this.met = load;
      this.metExcess = excess;
    } else {
      this.missed = load;
      this.missedExcess = excess;
    }
    return excess <= 0;
  }

  /** False position in the logarithm of the tail, kept away from the ends, with bisection where it is slow. */
  propose(): number {
    const { met, missed, metExcess, missedExcess } = this;
    const width = missed - met;
    const isSlow = width > 0.5 * this.widthBefore;
    this.widthBefore = width;
    const middle = met < missed / 8 ? Math.sqrt(met * missed) : (met + missed) / 2;
    if (isSlow || metExcess === null || missedExcess === null) return middle;
    if (!Number.isFinite(metExcess) || !Number.isFinite(missedExcess)) return middle;
    const straight = met + (width * metExcess) / (metExcess - missedExcess);
    const apart = 0.4 * NARROW * TOLERANCE * missed;
    return Math.min(missed - apart, Math.max(met + apart, straight));
  }
}

/** By how much, in the logarithm, the share of completed requests beyond its time exceeds what the worst target allows. */
function excessAt(prepared: PreparedModel, load: number): number {
  const solution = solveModel(prepared, load, { details: false });
  let worst = Number.NEGATIVE_INFINITY;
  prepared.model.journeys.forEach(({ latencyTargets }, index) => {
    for (const { percentile, ms } of latencyTargets) {
      const law = solution.journeys[index]?.law ?? null;
      const late = law === null ? Number.POSITIVE_INFINITY : tail(law, ms);
      worst = Math.max(worst, Math.log(late / (1 - percentile / 100 + SLACK)));
    }
  });
  return worst;
}
