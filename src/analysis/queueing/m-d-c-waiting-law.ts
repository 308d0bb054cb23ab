import { smoothLaw } from "../latency/smooth-law.ts";
import type { ComplexVector, LatencyLaw } from "../model/latency-law.ts";
import { type QueueMDc, waitTailMDc } from "./m-d-c.ts";

/**
 * The law of the wait in M/D/c, exact: the tail by Franx 2001, and the transform W*(s) = E[z^Q] at z = 1 − s/a by the
 * distributional form of Little's law (Keilson and Servi 1988). Inside the circle of the coefficients E[z^Q] is the rising
 * factor; outside it is what the falling one leaves of 1/(1 − z^(−c)e^(a(z−1))), which has no singular point there.
 *
 * @param serviceTimeMs above 0
 */
export function waitingLawMDc(queue: QueueMDc, serviceTimeMs: number): LatencyLaw {
  const { utilization, decay, rising, falling, servers } = queue;
  const arrivals = servers * utilization;
  let constant = 0;
  for (let n = 1, weight = utilization; n < rising.length; n += 1, weight *= utilization) {
    constant += weight * (rising[n] ?? 0);
  }
  const noneWait = (Math.exp(-constant) * decay) / (1 + decay);
  const atomAtZero = 1 - queue.waitProbability;
  const scale = noneWait * Math.exp(-(falling[0] ?? 0));
  const transform = (points: ComplexVector): ComplexVector => {
    const { length } = points.re;
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (let k = 0; k < length; k += 1) {
      const x = serviceTimeMs * (points.re[k] ?? 0);
      const y = serviceTimeMs * (points.im[k] ?? 0);
      const zx = 1 - x / arrivals;
      const zy = -y / arrivals;
      const size = zx * zx + zy * zy;
      if (size * utilization * utilization <= 1) {
        const { re: u, im: v } = seriesAt(rising, zx * utilization, zy * utilization);
        const growth = Math.exp(u - constant) * decay;
        // (τ − 1)/(τ − z)
        const a = decay + x / arrivals;
        const b = y / arrivals;
        const norm = a * a + b * b;
        const cos = Math.cos(v);
        const sin = Math.sin(v);
        re[k] = (growth * (cos * a + sin * b)) / norm;
        im[k] = (growth * (sin * a - cos * b)) / norm;
        continue;
      }
      const { re: u, im: v } = seriesAt(falling, zx / (size * utilization), -zy / (size * utilization));
      // ln of z^(−c)e^(−s), and 1 minus it
      const logSize = -x - (servers / 2) * Math.log(size);
      const turn = -y - servers * Math.atan2(zy, zx);
      const gone = Math.exp(logSize);
      const a = -Math.expm1(logSize) + gone * 2 * Math.sin(turn / 2) ** 2;
      const b = -gone * Math.sin(turn);
      const norm = a * a + b * b;
      const growth = (scale * Math.exp(-u)) / norm;
      // e^(−iv)(1 − 1/z)/(a + ib)
      const p = 1 - zx / size;
      const q = zy / size;
      const cos = Math.cos(v);
      const sin = -Math.sin(v);
      const c = p * cos - q * sin;
      const d = p * sin + q * cos;
      re[k] = growth * (c * a + d * b);
      im[k] = growth * (d * a - c * b);
    }
    return { re, im };
  };
  const meanMs = queue.meanWait * serviceTimeMs;
  return smoothLaw({
    meanMs,
    varianceMs2: queue.secondMomentOfWait * serviceTimeMs * serviceTimeMs - meanMs * meanMs,
    transform,
    tail: (ms) => waitTailMDc(queue, ms / serviceTimeMs),
    atomAtZero,
  });
}

/** Σ coefficients[n]·(x + iy)ⁿ over n ≥ 1. */
function seriesAt(coefficients: Float64Array, x: number, y: number): { readonly re: number; readonly im: number } {
  let re = 0;
  let im = 0;
  for (let n = coefficients.length - 1; n >= 1; n -= 1) {
    const a = re + (coefficients[n] ?? 0);
    const b = a * x - im * y;
    im = a * y + im * x;
    re = b;
  }
  return { re, im };
}
