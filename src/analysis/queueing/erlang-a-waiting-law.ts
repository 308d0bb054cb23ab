import { constantLaw } from "../latency/constant-law.ts";
import { lawFromTail } from "../latency/law-from-tail.ts";
import { smoothLaw } from "../latency/smooth-law.ts";
import type { LatencyLaw, Transform } from "../model/latency-law.ts";
import type { ErlangA, WaitingStates, WaitOf } from "./erlang-a.ts";
import { fittedWaitingLaw } from "./waiting-law.ts";

/** The waits of a line whose customers give up. */
export interface ImpatientLaws {
  /** Of accepted requests, until they are served or give up. */
  readonly accepted: LatencyLaw;
  /** Of requests that are served. */
  readonly served: LatencyLaw;
  /** Of requests that give up; null when none does. */
  readonly abandoned: LatencyLaw | null;
}

/** Below this share the difference of two tails has too few digits; its law is fitted to exact moments. */
const LEAST_ABANDONED = 1e-6;
/** More states than this are not summed for every point of a tail; the laws are fitted to exact moments. */
const MOST_STATES = 5000;
/** Where the law ends for all purposes. */
const NO_PROBABILITY = 1e-15;

/**
 * The laws of waiting in Erlang-A, exact (Palm 1957; Zeltyn and Mandelbaum 2005, section 5). Who finds j waiting is offered a wait
 * V with the density ∝ e^(−rate·t)(1 − e^(−t/θ))^j, θ the mean patience; so P(V > t) is the probability that a negative binomial
 * number of shape rate·θ and success probability e^(−t/θ) is at most j, and with the shape rate·θ + 1 the same among those
 * who are served. Who gives up has waited for min(V, patience).
 *
 * @param queue its solution by `solveErlangA`
 * @param unitMs milliseconds of the unit of time of that solution, above 0
 */
export function waitingLawsErlangA(queue: ErlangA, unitMs: number): ImpatientLaws {
  const { found } = queue;
  const { rate, patience } = found;
  if (found.first + found.weights.length > MOST_STATES) return fitted(queue, unitMs);
  const all = tailWeights(found, () => 1);
  const served = tailWeights(found, (waiting) => rate / (rate + (waiting + 1) / patience));
  const allWaiting = all[0] ?? 0;
  const servedWaiting = served[0] ?? 0;
  const gaveUp = allWaiting - servedWaiting;
  if (allWaiting === 0) return { accepted: constantLaw(0), served: constantLaw(0), abandoned: null };
  if (queue.accepted.waitProbability < NO_PROBABILITY) return fitted(queue, unitMs);
  const shape = rate * patience;
  const offered = (t: number): number => mixedNegativeBinomial(shape, t / patience, all);
  const untilServed = (t: number): number => mixedNegativeBinomial(shape + 1, t / patience, served);
  const stillThere = (t: number): number => Math.exp(-t / patience) * offered(t);
  const law = (wait: WaitOf, tail: (t: number) => number): LatencyLaw =>
    wait.waitProbability < NO_PROBABILITY ? constantLaw(0) : lawOfWait(wait, tail, unitMs);
  return {
    accepted: law(queue.accepted, (t) => stillThere(t) / allWaiting),
    served: law(queue.served, (t) => untilServed(t) / servedWaiting),
    abandoned:
      queue.abandonedFraction < LEAST_ABANDONED || gaveUp < LEAST_ABANDONED * allWaiting
        ? fittedOrNone(queue.abandoned, unitMs)
        : law(queue.abandoned, (t) => Math.max(0, stillThere(t) - untilServed(t)) / gaveUp),
  };
}

/** Mean and variance are known beforehand, so that the transform is worked out only for percentiles. */
function lawOfWait(wait: WaitOf, tail: (t: number) => number, unitMs: number): LatencyLaw {
  const { waitProbability, conditionalMean, conditionalScv } = wait;
  const meanMs = waitProbability * conditionalMean * unitMs;
  const second = waitProbability * (1 + conditionalScv) * (conditionalMean * unitMs) ** 2;
  const tailMs = (ms: number): number => (ms <= 0 ? 1 : Math.min(1, Math.max(0, tail(ms / unitMs))));
  let ofThoseWhoWait: Transform | null = null;
  return smoothLaw({
    meanMs,
    varianceMs2: Math.max(0, second - meanMs * meanMs),
    atomAtZero: 1 - waitProbability,
    tail: (ms) => waitProbability * tailMs(ms),
    transform: (points) => {
      ofThoseWhoWait ??= transformOf(tailMs, conditionalMean * unitMs, conditionalScv);
      const { re, im } = ofThoseWhoWait(points);
      return {
        re: re.map((x) => 1 - waitProbability + waitProbability * x),
        im: im.map((y) => waitProbability * y),
      };
    },
  });
}

function transformOf(tail: (ms: number) => number, meanMs: number, scv: number): Transform {
  let endMs = meanMs * (1 + 8 * Math.sqrt(scv));
  while (tail(endMs) > NO_PROBABILITY) endMs *= 1.5;
  const { pieces } = lawFromTail({ breaksMs: [0], endMs, sharpness: 1 / Math.sqrt(Math.max(1e-6, scv)), sample: tail });
  const smooth = pieces.find((piece) => piece.smooth !== null)?.smooth ?? null;
  if (smooth === null) throw new Error("transformOf: a wait without a density");
  return smooth;
}

function fitted(queue: ErlangA, unitMs: number): ImpatientLaws {
  return {
    accepted: fittedLaw(queue.accepted, unitMs),
    served: fittedLaw(queue.served, unitMs),
    abandoned: fittedOrNone(queue.abandoned, unitMs),
  };
}

function fittedOrNone(wait: WaitOf, unitMs: number): LatencyLaw | null {
  return wait.waitProbability === 0 ? null : fittedLaw(wait, unitMs);
}

function fittedLaw({ waitProbability, conditionalMean, conditionalScv }: WaitOf, unitMs: number): LatencyLaw {
  return fittedWaitingLaw({ waitProbability, conditionalMeanMs: conditionalMean * unitMs, conditionalScv });
}

/** Σ of the weights of j or more waiting, each times `share`, at place j. */
function tailWeights({ first, weights }: WaitingStates, share: (waiting: number) => number): Float64Array {
  const sums = new Float64Array(first + weights.length);
  let sum = 0;
  for (let waiting = sums.length - 1; waiting >= 0; waiting -= 1) {
    if (waiting >= first) sum += (weights[waiting - first] ?? 0) * share(waiting);
    sums[waiting] = sum;
  }
  return sums;
}

/** Terms below this share of the largest are left out. */
const NEGLIGIBLE = 1e-18;
/** Beyond this exponent the first term leaves the range of numbers. */
const LARGEST_EXPONENT = 600;

/**
 * E[weight(N)] for a negative binomial number N of the given shape and success probability e^(−exponent); the weight is 0 beyond
 * its list. By its recursion from 0, or outwards from its most likely value where the probability of 0 is no number.
 */
function mixedNegativeBinomial(shape: number, exponent: number, weights: Float64Array): number {
  const success = Math.exp(-exponent);
  const failure = -Math.expm1(-exponent);
  if (shape * exponent < LARGEST_EXPONENT) {
    let term = Math.exp(-shape * exponent);
    let sum = 0;
    for (let n = 0; n < weights.length; n += 1) {
      sum += term * (weights[n] ?? 0);
      term *= (failure * (shape + n)) / (n + 1);
    }
    return sum;
  }
  const likeliest = Math.floor(((shape - 1) * failure) / success);
  const spread = Math.sqrt(shape * failure) / success;
  if (likeliest - weights.length > 12 * spread) return 0;
  let norm = 1;
  let sum = weights[likeliest] ?? 0;
  let term = 1;
  for (let n = likeliest; n > 0 && term > NEGLIGIBLE; n -= 1) {
    term *= n / (failure * (shape + n - 1));
    norm += term;
    sum += term * (weights[n - 1] ?? 0);
  }
  term = 1;
  for (let n = likeliest; term > NEGLIGIBLE; n += 1) {
    term *= (failure * (shape + n)) / (n + 1);
    norm += term;
    sum += term * (weights[n + 1] ?? 0);
  }
  return sum / norm;
}
