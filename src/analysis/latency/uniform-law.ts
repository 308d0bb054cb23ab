import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { knownLaw } from "./known-laws.ts";
import { smoothLaw } from "./smooth-law.ts";
import { remembering } from "./transform.ts";

/** The uniform law between 0 and `mostMs`, 0 or more: the pause of a jittered back-off. φ(s) = (1 − e^(−sb))/(sb). */
export function uniformLaw(mostMs: number): LatencyLaw {
  if (mostMs === 0) return constantLaw(0);
  return knownLaw(`u${mostMs}`, () => smoothUniformLaw(mostMs));
}

function smoothUniformLaw(mostMs: number): LatencyLaw {
  const transform = remembering((points, answer) => {
    for (let k = 0; k < answer.re.length; k++) {
      const x = mostMs * (points.re[k] ?? 0);
      const y = mostMs * (points.im[k] ?? 0);
      const size = x * x + y * y;
      if (size < 1e-12) {
        answer.re[k] = 1 - x / 2;
        answer.im[k] = -y / 2;
        continue;
      }
      const decay = Math.exp(-x);
      const half = Math.sin(y / 2);
      // 1 − e^(−x)cos y, without cancellation near 0
      const u = -Math.expm1(-x) + 2 * decay * half * half;
      const v = decay * Math.sin(y);
      answer.re[k] = (u * x + v * y) / size;
      answer.im[k] = (v * x - u * y) / size;
    }
  });
  const tail = (ms: number): number => Math.max(0, 1 - ms / mostMs);
  return smoothLaw({ meanMs: mostMs / 2, varianceMs2: (mostMs * mostMs) / 12, transform, tail });
}
