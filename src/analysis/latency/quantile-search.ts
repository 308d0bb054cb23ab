import type { LatencyLaw } from "../model/latency-law.ts";
import { samplerOf, type TailSampler } from "./tail-sampler.ts";

/** A time at which the law was evaluated: log tail, and its slope per millisecond (never positive). */
interface Sample {
  readonly ms: number;
  readonly logTail: number;
  readonly slope: number;
}

/**
 * A sample this close to the wanted log tail is finished by one last Newton step, whose error is the square of it. Closed
 * tails are cheap and are taken further.
 */
const CLOSE_ENOUGH = 3e-5;
const CLOSE_ENOUGH_IN_CLOSED_FORM = 1e-7;
const MOST_STEPS = 100;
/** A bracket this narrow, relatively, is a point. */
const NARROW = 1e-14;
const WIDEN = 2;

/** The times between two atoms, where the tail is continuous. */
interface Limits {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds times by their tail in one law and remembers each evaluation for the next question. Newton's method in the log
 * tail, kept inside a bracket that the one-sided Chebyshev inequality (Cantelli) gives before the first evaluation.
 */
export class QuantileSearch {
  private readonly law: LatencyLaw;
  private readonly sampler: TailSampler;
  private readonly startMs: number;
  private readonly closeEnough: number;
  /** Positions of the atoms with the tail before and from them on, as far as they were needed. */
  private readonly atoms: { readonly ms: number; readonly atom: number; tail: number | null }[];
  private readonly samples: Sample[] = [];

  constructor(law: LatencyLaw) {
    this.law = law;
    this.sampler = samplerOf(law);
    this.startMs = law.pieces[0]?.shiftMs ?? 0;
    this.atoms = law.pieces
      .filter(({ atom }) => atom > 0)
      .map(({ shiftMs, atom }) => ({ ms: shiftMs, atom, tail: null }));
    const closed = law.pieces.every(({ smooth, smoothTail }) => smooth === null || smoothTail !== undefined);
    this.closeEnough = closed ? CLOSE_ENOUGH_IN_CLOSED_FORM : CLOSE_ENOUGH;
  }

  /** The smallest time at which the tail is `wanted` or less. */
  at(wanted: number): number {
    if (wanted >= 1) return this.startMs;
    const { meanMs, varianceMs2 } = this.law;
    const spread = Math.sqrt(varianceMs2);
    const likelyFrom = meanMs - spread * Math.sqrt(wanted / (1 - wanted));
    const likelyTo = meanMs + spread * Math.sqrt((1 - wanted) / wanted);
    const next = this.firstAtomWithin(wanted);
    const from = Math.max(this.startMs, this.atoms[next - 1]?.ms ?? 0);
    const atom = this.atoms[next];
    if (atom !== undefined && this.tailFrom(next) + atom.atom > wanted) return atom.ms;
    const to = atom === undefined ? Number.POSITIVE_INFINITY : atom.ms;
    const within = (ms: number): number => Math.min(to, Math.max(from, ms));
    return this.solve(wanted, { from, to }, within(likelyFrom), within(likelyTo));
  }

  /** Index of the first atom from which on the tail is `wanted` or less; the number of atoms if there is none. */
  private firstAtomWithin(wanted: number): number {
    let low = 0;
    let high = this.atoms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tailFrom(middle) <= wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private tailFrom(index: number): number {
    const atom = this.atoms[index];
    if (atom === undefined) return 0;
    atom.tail ??= this.sampler.at(atom.ms, "after");
    return atom.tail;
  }

  private solve(wanted: number, limits: Limits, likelyFrom: number, likelyTo: number): number {
    const target = Math.log(wanted);
    let low = likelyFrom;
    let high = likelyTo;
    let bisect = false;
    for (let step = 0; step < MOST_STEPS; step++) {
      const { left, right } = this.neighbours(target);
      if (left !== undefined) low = Math.max(low, left.ms);
      if (right !== undefined) high = Math.min(high, right.ms);
      if (high - low <= NARROW * high) {
        // Rounded moments can put the bracket beside the root; an end that no sample confirms is moved out.
        if (right === undefined && high < limits.to)
          high = Math.min(limits.to, this.startMs + WIDEN * (high - this.startMs));
        else if (left === undefined && low > limits.from) low = limits.from;
        else return high;
        if (high - low <= NARROW * high) return high;
      }
      const guess = this.propose(target, left, right, wanted);
      const nearest = closest(target, left, right);
      if (
        nearest !== undefined &&
        Math.abs(nearest.logTail - target) <= this.closeEnough &&
        guess >= low &&
        guess <= high
      ) {
        return guess;
      }
      const width = high - low;
      const ms: number = !bisect && guess > low && guess < high ? guess : this.middle(low, high);
      const sample = this.evaluate(ms);
      const kept: number = sample.logTail > target ? high - ms : ms - low;
      bisect = kept > 0.5 * width && !bisect && step > 2;
    }
    return high;
  }

  private neighbours(target: number): { readonly left: Sample | undefined; readonly right: Sample | undefined } {
    const index = this.samples.findIndex(({ logTail }) => logTail <= target);
    if (index < 0) return { left: this.samples.at(-1), right: undefined };
    return { left: index > 0 ? this.samples[index - 1] : undefined, right: this.samples[index] };
  }

  private propose(target: number, left: Sample | undefined, right: Sample | undefined, wanted: number): number {
    if (left !== undefined && right !== undefined && left.slope < 0 && right.slope < 0) {
      const inverse = inverseHermite(target, left, right);
      if (inverse > left.ms && inverse < right.ms) return inverse;
    }
    const nearest = closest(target, left, right);
    if (nearest !== undefined && nearest.slope < 0) return nearest.ms + (target - nearest.logTail) / nearest.slope;
    return nearest === undefined ? this.guess(wanted) : Number.NaN;
  }

  /** The quantile of the gamma law with the same two moments, by Wilson & Hilferty (1931). */
  private guess(wanted: number): number {
    const meanMs = this.law.meanMs - this.startMs;
    const ninth = this.law.varianceMs2 / (9 * meanMs * meanMs);
    const root = 1 - ninth + normalQuantile(wanted) * Math.sqrt(ninth);
    return this.startMs + meanMs * root ** 3;
  }

  /** Halves the bracket, on a logarithmic scale where its ends are of different magnitude. */
  private middle(low: number, high: number): number {
    const a = low - this.startMs;
    const b = high - this.startMs;
    const least = b * 1e-9;
    return a < b / 8 ? this.startMs + Math.sqrt(Math.max(a, least) * b) : (low + high) / 2;
  }

  private evaluate(ms: number): Sample {
    const found = this.sampler.withDensity(ms);
    const sample = { ms, logTail: Math.log(found.tail), slope: found.tail > 0 ? -found.density / found.tail : 0 };
    const place = this.samples.findIndex((other) => other.ms > ms);
    this.samples.splice(place < 0 ? this.samples.length : place, 0, sample);
    return sample;
  }
}

function closest(target: number, left: Sample | undefined, right: Sample | undefined): Sample | undefined {
  if (left === undefined || left.slope === 0) return right ?? left;
  if (right === undefined || right.slope === 0) return left;
  return Math.abs(left.logTail - target) < Math.abs(right.logTail - target) ? left : right;
}

/** The time as a cubic in the log tail, through both samples with their slopes. */
function inverseHermite(target: number, left: Sample, right: Sample): number {
  const width = right.logTail - left.logTail;
  const x = (target - left.logTail) / width;
  const startSlope = width / left.slope;
  const endSlope = width / right.slope;
  const rise = right.ms - left.ms;
  return (
    left.ms + x * (startSlope + x * (3 * rise - 2 * startSlope - endSlope + x * (startSlope + endSlope - 2 * rise)))
  );
}

/** Upper-tail quantile of the standard normal law, error below 4.5e-4 (Abramowitz & Stegun 26.2.23): a first guess. */
function normalQuantile(tail: number): number {
  const small = Math.min(tail, 1 - tail);
  const t = Math.sqrt(-2 * Math.log(small));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return tail < 0.5 ? z : -z;
}
