import { constantLaw } from "../latency/constant-law.ts";
import { smoothLaw } from "../latency/smooth-law.ts";
import type { ComplexVector, LatencyLaw } from "../model/latency-law.ts";
import { poissonProbability } from "./erlang-b.ts";
import type { FiniteQueue } from "./mmck.ts";
import { scaledGeometricSum } from "./truncated-geometric.ts";

/**
 * The law of the wait of accepted requests in M/M/c with limited waiting places. Exact: with probability proportional to
 * ρ^j the wait is j + 1 departures of rate c/S, j below `places`.
 *
 * @param queue its solution by `solveMMcK`
 * @param servers c, an integer from 1
 * @param offeredLoad in Erlang, above 0
 * @param places an integer from 1
 * @param serviceTimeMs above 0
 */
export function waitingLawMMcK(
  queue: FiniteQueue,
  servers: number,
  offeredLoad: number,
  places: number,
  serviceTimeMs: number,
): LatencyLaw {
  const { waitProbability, conditionalMeanWait, conditionalScv } = queue;
  // Beside an atom that rounds to 1 there is no wait to tell.
  if (1 - waitProbability === 1) return constantLaw(0);
  const conditionalMeanMs = conditionalMeanWait * serviceTimeMs;
  const meanMs = waitProbability * conditionalMeanMs;
  const logRatio = Math.log1p((offeredLoad - servers) / servers);
  return smoothLaw({
    meanMs,
    varianceMs2: waitProbability * conditionalMeanMs ** 2 * (1 + conditionalScv) - meanMs * meanMs,
    transform: waitTransform(waitProbability, servers, offeredLoad, places, serviceTimeMs),
    tail: (ms) => waitProbability * stagesTail((servers * ms) / serviceTimeMs, logRatio, places),
    atomAtZero: 1 - waitProbability,
  });
}

/**
 * P(number of departures in `expected` expected ones is below the number waited for): Σ Poisson(i)·P(stages > i), all
 * terms positive. They rise to one maximum and fall, so that summing from there outwards takes O(√places).
 */
function stagesTail(expected: number, logRatio: number, places: number): number {
  if (expected <= 0) return 1;
  const more = (count: number): number => {
    const left = places - count;
    if (logRatio === 0) return left / places;
    const share = Math.expm1(-Math.abs(logRatio) * left) / Math.expm1(-Math.abs(logRatio) * places);
    return logRatio < 0 ? Math.exp(logRatio * count) * share : share;
  };
  const growth = (count: number): number => ((expected / (count + 1)) * more(count + 1)) / more(count);
  let low = 0;
  let high = places - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (growth(middle) >= 1) low = middle + 1;
    else high = middle;
  }
  let probability = poissonProbability(low, expected);
  let sum = probability * more(low);
  for (let i = low + 1, term = probability; i < places; i += 1) {
    term *= expected / i;
    const part = term * more(i);
    sum += part;
    if (part <= sum * 1e-17) break;
  }
  for (let i = low; i > 0; i -= 1) {
    probability *= i / expected;
    const part = probability * more(i - 1);
    sum += part;
    if (part <= sum * 1e-17) break;
  }
  return Math.min(1, sum);
}

function waitTransform(
  waitProbability: number,
  servers: number,
  offeredLoad: number,
  places: number,
  serviceTimeMs: number,
): (points: ComplexVector) => ComplexVector {
  const ratio = offeredLoad / servers;
  const logRatio = Math.log1p((offeredLoad - servers) / servers);
  // Σ ρ^j, above saturation divided by ρ^(places − 1)
  const norm = scaledGeometricSum(logRatio, places) * Math.max(1, ratio);
  return (points) => {
    const { length } = points.re;
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (let k = 0; k < length; k += 1) {
      const x = servers + serviceTimeMs * (points.re[k] ?? 0);
      const y = serviceTimeMs * (points.im[k] ?? 0);
      const size = x * x + y * y;
      const logDeparture = Math.log(servers) - Math.log(size) / 2;
      const angleDeparture = -Math.atan2(y, x);
      // Σ z^j with z = λ/(cμ + s), or from the last term down where |z| > 1, so that it stays finite.
      const large = offeredLoad * offeredLoad > size;
      const sum = large
        ? powerSum((x - offeredLoad) / offeredLoad, y / offeredLoad, places)
        : powerSum(((offeredLoad - x) * x - y * y) / size, (-offeredLoad * y) / size, places);
      let logScale = logDeparture;
      let angle = angleDeparture;
      if (large) {
        logScale *= places;
        angle *= places;
      } else if (ratio > 1) {
        logScale -= (places - 1) * logRatio;
      }
      const scale = (waitProbability * Math.exp(logScale)) / norm;
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      re[k] = 1 - waitProbability + scale * (sum.re * cos - sum.im * sin);
      im[k] = scale * (sum.re * sin + sum.im * cos);
    }
    return { re, im };
  };
}

/** Σ z^j for j below `count`, with z = 1 + u + iv and |z| ≤ 1, also where z is close to 1. */
function powerSum(u: number, v: number, count: number): { readonly re: number; readonly im: number } {
  const size = u * u + v * v;
  if (size === 0) return { re: count, im: 0 };
  const logSize = (count * Math.log1p(2 * u + size)) / 2;
  const angle = count * Math.atan2(v, 1 + u);
  const half = Math.sin(angle / 2);
  const grown = Math.exp(logSize);
  const re = Math.expm1(logSize) - 2 * grown * half * half;
  const im = grown * Math.sin(angle);
  return { re: (re * u + im * v) / size, im: (im * u - re * v) / size };
}
