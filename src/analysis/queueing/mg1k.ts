import { conditionalWaitScv } from "./mg1.ts";
import { type FiniteQueue, solveMMcK } from "./mmck.ts";
import { balancedHyperexponential } from "./service-moments.ts";
import { scaledGeometricSum, truncatedGeometricMean } from "./truncated-geometric.ts";

/** From this load on the queue is full all the time but for one part in ten thousand, and sums over arrivals only cost time. */
const MOST_UTILIZATION = 1e4;
/** Further than this the weights are taken to be geometric, whether their ratio has settled or not. */
const LONGEST_HEAD = 2000;

/**
 * M/G/1 with `places` waiting places (M/G/1/K with K = places + 1): loss and mean wait are exact at any load, by the chain
 * embedded at departures (Kendall 1953; Tijms 2003, section 9.8) in the subtraction-free recursion of Ramaswami 1988.
 * The variation of the wait is that of M/M/1/K, corrected by the service law as without a limit.
 *
 * @param utilization offered load ρ in Erlang, above 0
 * @param variability coefficient of variation of the service time, 0 or more
 * @param places an integer of 0 or more
 * @returns times in units of the mean service time; null when ρ is so large that the chain leaves the floating range
 */
export function solveMG1K(utilization: number, variability: number, places: number): FiniteQueue | null {
  const departures = departureWeights(utilization, variability);
  if (departures === null) return null;
  const { head, logRatio } = departures;
  // Left behind by a departure: someone (the weight of none is 1), and someone who waits for another. Next to no load the
  // second is the square of the first, so that it is summed by itself.
  let busy = 0;
  let queued = 0;
  const listed = Math.min(places + 1, head.length);
  for (let n = 1; n < listed; n += 1) {
    busy += head[n] ?? 0;
    queued += (n - 1) * (head[n] ?? 0);
  }
  // What the head does not list is geometric; everything is divided by `grown` to stay finite above saturation.
  const rest = places + 1 - listed;
  const grown = Math.exp(-Math.max(0, logRatio) * rest);
  const first = Math.exp(logRatio) * (head[head.length - 1] ?? 0);
  const tail = rest === 0 ? 0 : first * scaledGeometricSum(logRatio, rest);
  const tailMean = rest === 0 ? 0 : listed + truncatedGeometricMean(logRatio, rest);
  const sum = grown + busy * grown + tail;
  const empty = grown / sum;
  const queuedAtDeparture = (queued * grown + tail * (tailMean - 1)) / sum;
  if (!Number.isFinite(sum) || !Number.isFinite(queuedAtDeparture)) return null;

  // Averages over time below "full" are those at departures divided by π0 + ρ.
  const norm = empty + utilization;
  let rejectedFraction = (norm - 1) / norm;
  if (utilization < 1 && rejectedFraction < 1e-3) {
    // π0 − (1 − ρ) from the weights at and above "full", because the difference itself has lost its digits.
    let above = (first * Math.exp(logRatio * rest)) / -Math.expm1(logRatio);
    for (let n = places + 1; n < head.length; n += 1) above += head[n] ?? 0;
    rejectedFraction = ((1 - utilization) * above) / sum / norm;
  }
  const meanWaiting = queuedAtDeparture / norm + places * rejectedFraction;
  const waitProbability = places === 0 ? 0 : (busy * grown + tail) / sum;
  const accepted = utilization * (1 - rejectedFraction);
  return {
    rejectedFraction,
    waitProbability,
    conditionalMeanWait: waitProbability === 0 ? 0 : Math.max(0, meanWaiting) / accepted / waitProbability,
    conditionalScv: solveMMcK(1, utilization, places).conditionalScv * conditionalWaitScv(utilization, variability),
  };
}

/**
 * Weights of "n left behind by a departure" relative to n = 0, up to where neighbours keep the ratio e^logRatio. They do not
 * depend on the number of places. Crossing the level below n as often upwards as downwards gives
 * w(n)·P(A = 0) = w(0)·P(A ≥ n) + Σ w(i)·P(A ≥ n − i + 1), with A arrivals during a service.
 */
export function departureWeights(
  utilization: number,
  variability: number,
): { readonly head: readonly number[]; readonly logRatio: number } | null {
  if (utilization > MOST_UTILIZATION) return null;
  const arrivals =
    variability > 1 ? hyperexponentialTail(utilization, variability) : gammaTail(utilization, variability);
  const none = arrivals.none;
  if (none < 1e-250) return null;
  const head = [1];
  const tails = [1];
  let ratio = 0;
  for (let n = 1, steady = 0; n < LONGEST_HEAD && steady < 3; n += 1) {
    tails.push(arrivals.atLeast(n));
    let weight = tails[n] ?? 0;
    for (let i = 1; i < n; i += 1) weight += (head[i] ?? 0) * (tails[n - i + 1] ?? 0);
    weight /= none;
    if (!Number.isFinite(weight) || weight > 1e280) return null;
    if (weight < 1e-280) break;
    const next = weight / (head[n - 1] ?? 1);
    steady = Math.abs(next / ratio - 1) < 1e-14 ? steady + 1 : 0;
    ratio = next;
    head.push(weight);
  }
  return { head, logRatio: ratio > 0 ? Math.log(ratio) : Number.NEGATIVE_INFINITY };
}

/** The number of Poisson arrivals during one service: P(A = 0) and P(A ≥ n). */
interface ArrivalsDuringService {
  readonly none: number;
  readonly atLeast: (count: number) => number;
}

/** Gamma service: a negative binomial number, in a form that becomes Poisson when the variability goes to 0. */
function gammaTail(utilization: number, variability: number): ArrivalsDuringService {
  const scv = variability * variability;
  const spread = utilization * scv;
  const none = Math.exp(scv === 0 ? -utilization : -Math.log1p(spread) / scv);
  const probabilities = [none];
  const probability = (count: number): number => {
    for (let k = probabilities.length - 1; k < count; k += 1) {
      probabilities.push(((probabilities[k] ?? 0) * utilization * (1 + k * scv)) / ((1 + spread) * (k + 1)));
    }
    return probabilities[count] ?? 0;
  };
  const mode = Math.ceil(utilization);
  const atLeast = (count: number): number => {
    let sum = 0;
    for (let k = count; ; k += 1) {
      const term = probability(k);
      sum += term;
      if (k >= mode && term <= sum * 1e-17) return sum;
    }
  };
  return { none, atLeast };
}

function hyperexponentialTail(utilization: number, variability: number): ArrivalsDuringService {
  const { probabilities, means } = balancedHyperexponential(variability * variability);
  const [often, seldom] = probabilities;
  const short = (utilization * means[0]) / (1 + utilization * means[0]);
  const long = (utilization * means[1]) / (1 + utilization * means[1]);
  return {
    none: often * (1 - short) + seldom * (1 - long),
    atLeast: (count) => often * short ** count + seldom * long ** count,
  };
}
