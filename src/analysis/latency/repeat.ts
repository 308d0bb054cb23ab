import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { knownLaw, numberOf } from "./known-laws.ts";
import { mixture } from "./mixture.ts";
import { lawOf } from "./pieces.ts";
import { sequence } from "./sequence.ts";
import { powerTransform } from "./transform.ts";

/** A mean number of calls this close to a whole number is that number. */
const WHOLE = 1e-9;

/**
 * Independent calls one after another.
 *
 * @param meanCalls mean number of calls, 0 or more: its whole part, and one more with its fraction as the probability
 */
export function repeat(meanCalls: number, law: LatencyLaw): LatencyLaw {
  if (!(meanCalls >= 0 && meanCalls <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`repeat: ${meanCalls} calls`);
  return knownLaw(`*${meanCalls}:${numberOf(law)}`, () => repeatedLaw(meanCalls, law));
}

function repeatedLaw(meanCalls: number, law: LatencyLaw): LatencyLaw {
  const nearest = Math.round(meanCalls);
  if (Math.abs(meanCalls - nearest) <= WHOLE) return wholeRepeat(nearest, law);
  const whole = Math.floor(meanCalls);
  const oneMore = mixture([
    { probability: meanCalls - whole, law },
    { probability: 1 - (meanCalls - whole), law: constantLaw(0) },
  ]);
  return whole === 0 ? oneMore : sequence([wholeRepeat(whole, law), oneMore]);
}

function wholeRepeat(count: number, law: LatencyLaw): LatencyLaw {
  if (count === 0) return constantLaw(0);
  if (count === 1) return law;
  const [piece] = law.pieces;
  if (law.pieces.length > 1 || piece === undefined) {
    const half = wholeRepeat(Math.floor(count / 2), law);
    return sequence(count % 2 === 1 ? [half, half, law] : [half, half]);
  }
  const shiftMs = count * piece.shiftMs;
  if (piece.smooth === null) return constantLaw(shiftMs);
  // Masses that add up to 1 miss it by rounding.
  const smoothMass = -Math.expm1(count * Math.log1p(-Math.min(1, piece.smoothMass)));
  const meanOfOne = piece.smoothMass * piece.smoothMeanMs;
  const varianceOfOne =
    piece.smoothMass * (piece.smoothVarianceMs2 + (1 - piece.smoothMass) * piece.smoothMeanMs * piece.smoothMeanMs);
  const smoothMeanMs = (count * meanOfOne) / smoothMass;
  const second = count * varianceOfOne + (count * meanOfOne) ** 2;
  return lawOf([
    {
      weight: 1,
      piece: {
        shiftMs,
        atom: piece.atom === 0 ? 0 : 1 - smoothMass,
        smoothMass: piece.atom === 0 ? 1 : smoothMass,
        smooth: powerTransform(piece, count),
        smoothMeanMs,
        ...(piece.smoothEndMs !== undefined && { smoothEndMs: count * piece.smoothEndMs }),
        smoothVarianceMs2: piece.atom === 0 ? count * varianceOfOne : second / smoothMass - smoothMeanMs * smoothMeanMs,
        sharpness: Math.sqrt(count) * piece.sharpness,
      },
    },
  ]);
}
