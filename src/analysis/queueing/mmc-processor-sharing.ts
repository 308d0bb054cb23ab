import { smoothLaw } from "../latency/smooth-law.ts";
import type { ComplexVector, LatencyLaw } from "../model/latency-law.ts";
import type { Scalability } from "../model/program.ts";
import { gaussQuadrature } from "./gauss-quadrature.ts";
import { relativeCapacity } from "./universal-scalability.ts";

/** Servers that serve all who are there at once, each with an equal part. Times are in units of the mean service time. */
export interface SharedServers {
  /** c, an integer from 1: as many are served at full speed. */
  readonly servers: number;
  /** a in Erlang, above 0. */
  readonly offeredLoad: number;
  /** Most requests beyond the servers, an integer of 0 or more; null for no limit. */
  readonly places: number | null;
  readonly scalability: Scalability | null;
  /** Equal instances that have the servers; counts for `scalability`. */
  readonly instances: number;
}

/** A mixture of exponential times: with probability `weights[k]` one of mean `means[k]`. */
export interface ExponentialMixture {
  readonly weights: readonly number[];
  readonly means: readonly number[];
}

/** Steps of the Lanczos method, and most exponentials of the mixture: tails are right to 1e-9 up to ρ = 0.99. */
const STEPS = 32;
/** Shift σ of the matrix, in the rate 1/E[T]: between 1 and 3 short and long sojourns converge equally fast. */
const SHIFT = 2;
/** States with less weight than this beside the largest are left out. */
const NEGLIGIBLE = 1e-18;
/** More states than this are not solved: from a utilisation of about 0.995 on. */
const MOST_STATES = 8000;

/**
 * The sojourn time in M/M/c with processor sharing, with or without a limit, exact to rounding in its tail: null where it takes
 * more than `MOST_STATES` states, or there is no steady state.
 *
 * A request that finds n others leaves at the rate r(n + 1)/(n + 1), where r(k) is what k requests are served at together,
 * while others come at the rate a and leave at r(n + 1)·n/(n + 1) (Coffman, Muntz and Trotter 1970, for one server). This
 * chain is reversible, and what an arrival finds is its measure times the rate of leaving; so the density of the sojourn
 * is ⟨e, exp(−At)e⟩ for a symmetric tridiagonal A, a mixture of exponentials with positive weights. The Lanczos method for
 * (A + σ)⁻¹ gives the Gauss rule of that mixture with few terms.
 */
export function sojournProcessorSharing(queue: SharedServers): ExponentialMixture | null {
  const key = JSON.stringify(queue);
  const known = solved.get(key);
  if (known !== undefined) return known;
  if (solved.size >= MOST_SOLVED) solved.clear();
  const found = solve(queue);
  solved.set(key, found);
  return found;
}

const solved = new Map<string, ExponentialMixture | null>();
const MOST_SOLVED = 500;

function solve({ servers, offeredLoad, places, scalability, instances }: SharedServers): ExponentialMixture | null {
  const rateOf = (jobs: number): number => {
    const busy = Math.min(jobs, servers);
    return scalability === null ? busy : instances * relativeCapacity(scalability, busy / instances);
  };
  const most = places === null ? Number.POSITIVE_INFINITY : servers + places;
  const states = likelyStates(rateOf, offeredLoad, most);
  if (states === null) return null;
  const { lowest, weights } = states;
  const size = weights.length;
  // State k: lowest + k others beside the request itself.
  const leaving = new Float64Array(size);
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const start = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    const jobs = lowest + k + 1;
    const rate = rateOf(jobs);
    const own = rate / jobs;
    const up = k + 1 < size ? offeredLoad : 0;
    const down = k > 0 ? (rate * (jobs - 1)) / jobs : 0;
    leaving[k] = own;
    diagonal[k] = up + down + own;
    beside[k] = k + 1 < size ? -Math.sqrt((offeredLoad * rateOf(jobs + 1) * jobs) / (jobs + 1)) : 0;
    // Found with probability p(n), which is the reversible measure times `own`.
    start[k] = Math.sqrt((weights[k] ?? 0) * own);
  }
  return gaussRule(diagonal, beside, start, SHIFT / meanSojourn(weights, leaving));
}

/** Found n, weighted, stays 1/`leaving` on average, because the measure over what is found is proportional to it. */
function meanSojourn(weights: readonly number[], leaving: Float64Array): number {
  let total = 0;
  let time = 0;
  for (const [k, weight] of weights.entries()) {
    total += weight;
    time += weight / (leaving[k] ?? 1);
  }
  return time / total;
}

/** P(n others are found), n from `lowest`, in any scale; null when too many matter or there is no end to them. */
function likelyStates(
  rateOf: (jobs: number) => number,
  offeredLoad: number,
  most: number,
): { readonly lowest: number; readonly weights: readonly number[] } | null {
  let likeliest = 0;
  while (likeliest + 1 < most && offeredLoad > rateOf(likeliest + 1)) {
    likeliest += 1;
    if (likeliest > 2e6) return null;
  }
  const above = [1];
  let weight = 1;
  for (let n = likeliest + 1; n < most && weight > NEGLIGIBLE; n += 1) {
    weight *= offeredLoad / rateOf(n);
    above.push(weight);
    if (above.length > MOST_STATES) return null;
  }
  const below: number[] = [];
  weight = 1;
  let lowest = likeliest;
  for (; lowest > 0 && weight > NEGLIGIBLE; lowest -= 1) {
    weight *= rateOf(lowest) / offeredLoad;
    below.push(weight);
    if (below.length > MOST_STATES) return null;
  }
  below.reverse();
  return { lowest, weights: [...below, ...above] };
}

/** The mixture ⟨start, A⁻¹exp(−At)start⟩, scaled to 1 at t = 0, from the Gauss rule of (A + shift)⁻¹. */
function gaussRule(
  diagonal: Float64Array,
  beside: Float64Array,
  start: Float64Array,
  shift: number,
): ExponentialMixture {
  const size = diagonal.length;
  // A + shift = L·D·Lᵀ with a unit bidiagonal L.
  const pivots = new Float64Array(size);
  const factors = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    const before = k > 0 ? (beside[k - 1] ?? 0) / (pivots[k - 1] ?? 1) : 0;
    factors[k] = before;
    pivots[k] = (diagonal[k] ?? 0) + shift - before * (k > 0 ? (beside[k - 1] ?? 0) : 0);
  }
  const jacobi: number[] = [];
  const offDiagonal: number[] = [];
  let previous = new Float64Array(size);
  let current = start.slice();
  let norm = lengthOf(current);
  for (let k = 0; k < size; k += 1) current[k] = (current[k] ?? 0) / norm;
  let coupling = 0;
  for (let step = 0; step < Math.min(STEPS, size); step += 1) {
    const next = current.slice();
    for (let k = 1; k < size; k += 1) next[k] = (next[k] ?? 0) - (factors[k] ?? 0) * (next[k - 1] ?? 0);
    for (let k = 0; k < size; k += 1) next[k] = (next[k] ?? 0) / (pivots[k] ?? 1);
    for (let k = size - 2; k >= 0; k -= 1) next[k] = (next[k] ?? 0) - (factors[k + 1] ?? 0) * (next[k + 1] ?? 0);
    let along = 0;
    for (let k = 0; k < size; k += 1) along += (next[k] ?? 0) * (current[k] ?? 0);
    jacobi.push(along);
    for (let k = 0; k < size; k += 1) {
      next[k] = (next[k] ?? 0) - along * (current[k] ?? 0) - coupling * (previous[k] ?? 0);
    }
    norm = lengthOf(next);
    if (norm < 1e-14 * along) break;
    coupling = norm;
    offDiagonal.push(coupling);
    previous = current;
    current = next;
    for (let k = 0; k < size; k += 1) current[k] = (current[k] ?? 0) / norm;
  }
  const { nodes, weights } = gaussQuadrature(jacobi, offDiagonal);
  const terms = nodes.flatMap((node, k) => {
    const rate = 1 / node - shift;
    return rate > 0 ? [{ weight: (weights[k] ?? 0) / rate, mean: 1 / rate }] : [];
  });
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const kept = terms.filter(({ weight }) => weight > 1e-17 * total);
  return { weights: kept.map(({ weight }) => weight / total), means: kept.map(({ mean }) => mean) };
}

function lengthOf(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

/** A mixture of exponential times as a law, with its closed tail. @param unitMs milliseconds of the unit of its means */
export function exponentialMixtureLaw({ weights, means }: ExponentialMixture, unitMs: number): LatencyLaw {
  let mean = 0;
  let second = 0;
  for (const [k, weight] of weights.entries()) {
    const part = (means[k] ?? 0) * unitMs;
    mean += weight * part;
    second += 2 * weight * part * part;
  }
  const tail = (ms: number): number => {
    let sum = 0;
    for (const [k, weight] of weights.entries()) sum += weight * Math.exp(-ms / ((means[k] ?? 0) * unitMs));
    return Math.min(1, sum);
  };
  const transform = (points: ComplexVector): ComplexVector => {
    const { length } = points.re;
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (const [k, weight] of weights.entries()) {
      const part = (means[k] ?? 0) * unitMs;
      for (let i = 0; i < length; i += 1) {
        const x = 1 + part * (points.re[i] ?? 0);
        const y = part * (points.im[i] ?? 0);
        const size = weight / (x * x + y * y);
        re[i] = (re[i] ?? 0) + size * x;
        im[i] = (im[i] ?? 0) - size * y;
      }
    }
    return { re, im };
  };
  return smoothLaw({ meanMs: mean, varianceMs2: second - mean * mean, transform, tail });
}
