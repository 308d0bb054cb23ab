import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { smoothLaw } from "./smooth-law.ts";
import { remembering } from "./transform.ts";

/** The exponential law of mean `meanMs`, 0 or more: φ(s) = 1/(1 + ms). */
export function exponentialLaw(meanMs: number): LatencyLaw {
  if (meanMs === 0) return constantLaw(0);
  const transform = remembering((points, answer) => {
    for (let k = 0; k < answer.re.length; k++) {
      const x = 1 + meanMs * (points.re[k] ?? 0);
      const y = meanMs * (points.im[k] ?? 0);
      const size = x * x + y * y;
      answer.re[k] = x / size;
      answer.im[k] = -y / size;
    }
  });
  return smoothLaw({ meanMs, varianceMs2: meanMs * meanMs, transform, tail: (ms) => Math.exp(-ms / meanMs) });
}
