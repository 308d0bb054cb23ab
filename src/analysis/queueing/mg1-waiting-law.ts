import { constantLaw } from "../latency/constant-law.ts";
import { exponentialLaw } from "../latency/exponential-law.ts";
import { mixture } from "../latency/mixture.ts";
import { smoothLaw } from "../latency/smooth-law.ts";
import type { ComplexVector, LatencyLaw } from "../model/latency-law.ts";
import { waitTailMD1 } from "./md1-waiting-tail.ts";
import { meanWaitMG1, secondMomentOfWaitMG1 } from "./mg1.ts";
import { balancedHyperexponential } from "./service-moments.ts";

/**
 * The law of the wait in M/G/1, exact: by the transform of Pollaczek and Khinchine, W*(s) = (1 − ρ)/(1 − ρR*(s)) with R the
 * residual service time. Hyperexponential service gives two exponentials; constant service the tail of Franx 2001.
 *
 * @param utilization ρ, above 0 and below 1
 * @param variability coefficient of variation of the service time, 0 or more
 * @param serviceTimeMs above 0
 */
export function waitingLawMG1(utilization: number, variability: number, serviceTimeMs: number): LatencyLaw {
  // So few arrivals that to rounding none waits.
  if (1 - utilization === 1) return constantLaw(0);
  if (variability === 1) return delayed(utilization, exponentialLaw(serviceTimeMs / (1 - utilization)));
  if (variability > 1) return hyperexponentialWait(utilization, variability, serviceTimeMs);
  const mean = meanWaitMG1(utilization, variability);
  const variance = secondMomentOfWaitMG1(utilization, variability) - mean * mean;
  const parts = {
    meanMs: mean * serviceTimeMs,
    varianceMs2: variance * serviceTimeMs * serviceTimeMs,
    transform: pollaczekKhinchine(utilization, variability * variability, serviceTimeMs),
    atomAtZero: 1 - utilization,
  };
  if (variability > 0) return smoothLaw(parts);
  const tail = waitTailMD1(utilization);
  return smoothLaw({ ...parts, tail: (ms) => tail(ms / serviceTimeMs) });
}

function delayed(probability: number, law: LatencyLaw): LatencyLaw {
  return mixture([
    { probability: 1 - probability, law: constantLaw(0) },
    { probability, law },
  ]);
}

function hyperexponentialWait(utilization: number, variability: number, serviceTimeMs: number): LatencyLaw {
  return mixture([
    { probability: 1 - utilization, law: constantLaw(0) },
    ...hyperexponentialWaitPhases(utilization, variability).map(({ share, rate }) => ({
      probability: share,
      law: exponentialLaw(serviceTimeMs / rate),
    })),
  ]);
}

/**
 * The wait in M/G/1 with hyperexponential service of balanced means: P(W > t) = Σ share·e^(−rate·t), in units of the mean
 * service time. With balanced means the residual service time is either phase with probability ½; partial fractions do the rest.
 *
 * @param utilization ρ, above 0 and below 1
 * @param variability coefficient of variation, above 1
 */
export function hyperexponentialWaitPhases(
  utilization: number,
  variability: number,
): readonly { readonly share: number; readonly rate: number }[] {
  const { means } = balancedHyperexponential(variability * variability);
  const [fast, slow] = [1 / means[0], 1 / means[1]];
  const product = fast * slow;
  const half = ((fast + slow) * (1 - utilization / 2)) / 2;
  const root = Math.sqrt(Math.max(0, half * half - product * (1 - utilization)));
  const quick = half + root;
  const lasting = (product * (1 - utilization)) / quick;
  const residue = (utilization * (1 - utilization) * (product - (lasting * (fast + slow)) / 2)) / (quick - lasting);
  const share = quick > lasting ? Math.min(utilization, Math.max(0, residue / lasting)) : utilization;
  return [
    { share, rate: lasting },
    { share: utilization - share, rate: quick },
  ];
}

/** For gamma service of squared variation `scv`, constant service at 0. */
function pollaczekKhinchine(
  utilization: number,
  scv: number,
  serviceTimeMs: number,
): (points: ComplexVector) => ComplexVector {
  return (points) => {
    const { length } = points.re;
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (let k = 0; k < length; k += 1) {
      const x = serviceTimeMs * (points.re[k] ?? 0);
      const y = serviceTimeMs * (points.im[k] ?? 0);
      // ln S*(s) = −ln(1 + c²s)/c²
      const logSize = scv === 0 ? -x : -Math.log1p(scv * (2 * x + scv * (x * x + y * y))) / (2 * scv);
      const angle = scv === 0 ? -y : -Math.atan2(scv * y, 1 + scv * x) / scv;
      // 1 − S*(s) without cancellation near s = 0
      const half = Math.sin(angle / 2);
      const size = Math.exp(logSize);
      const u = -Math.expm1(logSize) + 2 * size * half * half;
      const v = -size * Math.sin(angle);
      // 1 − ρR*(s) with R*(s) = (1 − S*(s))/s
      const norm = x * x + y * y;
      const a = norm === 0 ? 1 - utilization : 1 - (utilization * (u * x + v * y)) / norm;
      const b = norm === 0 ? 0 : (-utilization * (v * x - u * y)) / norm;
      const scale = (1 - utilization) / (a * a + b * b);
      re[k] = scale * a;
      im[k] = -scale * b;
    }
    return { re, im };
  };
}
