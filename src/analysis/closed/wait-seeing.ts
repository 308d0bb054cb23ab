import { erlangC } from "../queueing/erlang-c.ts";
import { type SeenTail, waitSeeing } from "./seen-queue.ts";

/** With more sources the mean wait is as good as that of an open line with the same mean number. */
const MOST_SOURCES = 5000;
/** With more sources the law is that of an open line too. */
const MOST_SOURCES_OF_LAW = 1_000_000;
const MOST_STEPS = 100;

/**
 * What an arrival finds at a station of c exponential servers that `sources` others come to, when it finds `mean` of them on
 * average: the law of the machine-repair model M/M/c//n (Kleinrock 1975, section 3.8), and with endless sources of M/M/c. For
 * one station beside a delay this is exact; for one server the mean wait is the number found, as in mean value analysis.
 *
 * @param servers c, an integer from 1
 * @param sources 0 or more, a fraction too; infinite for an open line
 * @param mean 0 or more, below `sources`
 */
export function tailFinding(servers: number, sources: number, mean: number): SeenTail {
  if (mean <= 0 || sources <= 0) return new Float64Array(0);
  if (sources > MOST_SOURCES_OF_LAW) return openTail(servers, mean);
  return tailOf(weightsFinding(servers, sources, mean), servers);
}

/** The weights of the numbers found; Newton's method on the logarithm of the offered work, of which the slope is the variance. */
function weightsFinding(servers: number, sources: number, mean: number): Float64Array {
  const most = Math.ceil(sources);
  let low = -60;
  let high = 60;
  let guess = Math.log(mean / Math.max(sources - mean, 1e-9 * sources));
  let weights = sourceWeights(servers, sources, most, guess);
  for (let step = 0; step < MOST_STEPS; step++) {
    let total = 0;
    let first = 0;
    let second = 0;
    weights.forEach((weight, n) => {
      total += weight;
      first += n * weight;
      second += n * n * weight;
    });
    const found = first / total;
    const gap = mean - found;
    if (Math.abs(gap) <= 1e-12 * mean) break;
    if (gap > 0) low = guess;
    else high = guess;
    const slope = second / total - found * found;
    const straight = slope > 0 ? guess + gap / slope : Number.NaN;
    const next = straight > low && straight < high ? straight : (low + high) / 2;
    if (Math.abs(next - guess) <= 1e-15 * Math.max(1, Math.abs(guess))) break;
    guess = next;
    weights = sourceWeights(servers, sources, most, guess);
  }
  return weights;
}

/** A weight this much below the largest, past it, counts no more. */
const NEGLIGIBLE = 1e-22;
const LARGE = 1e250;

/** Weights of 0, 1, … at the station, as far as they count: ∏ x(n − i + 1)/min(i, c). */
function sourceWeights(servers: number, sources: number, most: number, logOffered: number): Float64Array {
  const offered = Math.exp(logOffered);
  const weights = [1];
  let weight = 1;
  let top = 1;
  for (let n = 1; n <= most; n++) {
    const factor = (offered * (sources - n + 1)) / Math.min(n, servers);
    weight *= factor;
    if (weight > LARGE) {
      for (let k = 0; k < weights.length; k++) weights[k] = (weights[k] ?? 0) / LARGE;
      weight /= LARGE;
      top = 0;
    }
    weights.push(weight);
    top = Math.max(top, weight);
    if (factor < 1 && weight < NEGLIGIBLE * top) break;
  }
  return Float64Array.from(weights);
}

function tailOf(weights: Float64Array, servers: number): SeenTail {
  const most = weights.length - 1;
  const tail = new Float64Array(Math.max(0, most - servers + 1));
  let sum = 0;
  for (let n = most; n >= 0; n--) {
    sum += weights[n] ?? 0;
    if (n >= servers) tail[n - servers] = sum;
  }
  return tail.map((part) => part / sum);
}

/** M/M/c with a mean number `mean` in the system: T_k = C·ρᵏ. */
function openTail(servers: number, mean: number): SeenTail {
  const load = openLoad(servers, mean);
  const ratio = load / servers;
  const all = erlangC(servers, load);
  const places = Math.min(100_000, Math.ceil(Math.log(1e-18) / Math.log(ratio)));
  return Float64Array.from({ length: Math.max(1, places) }, (_, k) => all * ratio ** k);
}

/** The offered load with which M/M/c holds `mean` requests. */
function openLoad(servers: number, mean: number): number {
  if (servers === 1) return mean / (1 + mean);
  let low = 0;
  let high = Math.min(servers, mean);
  for (let step = 0; step < MOST_STEPS && high - low > 1e-15 * high; step++) {
    const load = (low + high) / 2;
    if (load + (erlangC(servers, load) * load) / (servers - load) < mean) low = load;
    else high = load;
  }
  return (low + high) / 2;
}

/** The mean of a law that is scaled afterwards need not be nearer. */
const NEAR = 1e-4;

/**
 * The same by the mean wait instead of the mean number: `departures` is the mean number of departures waited for, met to 1e-4.
 *
 * @param departures 0 or more
 */
export function tailWaiting(servers: number, sources: number, departures: number): SeenTail {
  if (departures <= 0 || sources <= servers - 1) return new Float64Array(0);
  if (servers === 1) return tailFinding(1, sources, Math.min(departures, 0.9999 * sources));
  let low = 0;
  let high = Math.min(departures + servers, 0.9999 * sources);
  let guess = high;
  let tail = tailFinding(servers, sources, guess);
  for (let step = 0; step < MOST_STEPS && high - low > 1e-9 * high; step++) {
    const gap = waitSeeing(tail).mean - departures;
    if (Math.abs(gap) <= NEAR * departures) break;
    if (gap > 0) high = guess;
    else low = guess;
    // With a long line one more found is one more departure; the shorter it is, the fewer.
    const straight = guess - gap;
    guess = step % 3 < 2 && straight > low && straight < high ? straight : (low + high) / 2;
    tail = tailFinding(servers, sources, guess);
  }
  return tail;
}

/**
 * Mean wait in service times of who finds `mean` others on average. A service in progress lasts (1 + c²)/2 of a service time for
 * who finds it at any moment (Reiser 1979, "A queueing network analysis of computer communication networks"); at a station that
 * is never idle users come back at the ends of services and find a whole one, so that this counts the less the busier it is.
 *
 * @param busy mean number in service that is found, 0 or more
 * @param utilization of the servers by all that come, 0 or more; what is above 1 counts as 1
 */
export function waitFinding(
  servers: number,
  sources: number,
  mean: number,
  serviceScv: number,
  busy: number,
  utilization: number,
): number {
  if (mean <= 0) return 0;
  const irregular = serviceScv === 1 ? 0 : ((serviceScv - 1) / 2) * (1 - Math.min(1, utilization) ** WHOLE_SERVICE);
  // One server: the number found, whatever its law; of that number `busy` are in service.
  if (servers === 1) return Math.max(0, mean + Math.min(1, busy, mean) * irregular);
  if (sources <= servers - 1) return 0;
  const found = sources > MOST_SOURCES ? openWait(servers, mean) : waitSeeing(tailFinding(servers, sources, mean));
  return Math.max(0, (found.mean + found.waitProbability * irregular) / servers);
}

/** How fast the residual service gives way to a whole one near saturation; 4 is nearest to simulation of 2, 4 and 8. */
export const WHOLE_SERVICE = 4;

function openWait(servers: number, mean: number): { readonly mean: number; readonly waitProbability: number } {
  const load = openLoad(servers, mean);
  const waitProbability = erlangC(servers, load);
  return { mean: (waitProbability * servers) / (servers - load), waitProbability };
}
