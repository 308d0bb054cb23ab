import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { upperIncompleteGammaRatio } from "./incomplete-gamma.ts";
import { smoothLaw } from "./smooth-law.ts";
import { remembering } from "./transform.ts";

/**
 * The gamma law of shape 1/scv: φ(s) = (1 + sθ)^(−1/scv) with θ = mean · scv.
 *
 * @param meanMs mean, 0 or more
 * @param scv squared coefficient of variation, above 0
 */
export function gammaLaw(meanMs: number, scv: number): LatencyLaw {
  if (!(scv > 0)) throw new RangeError(`gammaLaw: squared coefficient of variation ${scv} is not above 0`);
  if (meanMs === 0) return constantLaw(0);
  const shape = 1 / scv;
  const scaleMs = meanMs * scv;
  const transform = remembering((points, answer) => {
    for (let k = 0; k < answer.re.length; k++) {
      const x = 1 + scaleMs * (points.re[k] ?? 0);
      const y = scaleMs * (points.im[k] ?? 0);
      const size = (x * x + y * y) ** (-shape / 2);
      const angle = -shape * Math.atan2(y, x);
      answer.re[k] = size * Math.cos(angle);
      answer.im[k] = size * Math.sin(angle);
    }
  });
  const tail = (ms: number): number => upperIncompleteGammaRatio(shape, ms / scaleMs);
  return smoothLaw({ meanMs, varianceMs2: meanMs * meanMs * scv, transform, tail });
}
