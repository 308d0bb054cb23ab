import type { LatencyLaw, LawPiece } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { knownLaw, numberOf } from "./known-laws.ts";
import { atomPiece, lawOf, massOf } from "./pieces.ts";
import { productTransform } from "./transform.ts";

/** Two laws of many shifts are thinned first, so that their sum has at most this many pairs of pieces. */
const MOST_PAIRS = 256;

/** The independent sum of the laws, one after another; no laws take no time. Constants stay exact shifts. */
export function sequence(laws: readonly LatencyLaw[]): LatencyLaw {
  const [first] = laws;
  if (first === undefined) return constantLaw(0);
  if (laws.length === 1) return first;
  return knownLaw(`+${laws.map(numberOf).join(",")}`, () => sumOf(laws));
}

function sumOf(laws: readonly LatencyLaw[]): LatencyLaw {
  const single: LawPiece[] = [];
  const branching: LatencyLaw[] = [];
  for (const law of laws) {
    const [piece] = law.pieces;
    if (law.pieces.length === 1 && piece !== undefined) single.push(piece);
    else branching.push(law);
  }
  let sum: LatencyLaw = lawOf([{ weight: 1, piece: sumOfPieces(single) }]);
  for (const law of branching) sum = sumOfTwo(sum, law);
  return sum;
}

function sumOfTwo(a: LatencyLaw, b: LatencyLaw): LatencyLaw {
  const [few, many] = a.pieces.length <= b.pieces.length ? [a, b] : [b, a];
  const share = Math.floor(Math.sqrt(MOST_PAIRS));
  const fewer = thinned(few, share);
  const more = thinned(many, Math.floor(MOST_PAIRS / fewer.pieces.length));
  return lawOf(fewer.pieces.flatMap((x) => more.pieces.map((y) => ({ weight: 1, piece: sumOfPieces([x, y]) }))));
}

function thinned(law: LatencyLaw, most: number): LatencyLaw {
  if (law.pieces.length <= most) return law;
  return lawOf(
    law.pieces.map((piece) => ({ weight: 1, piece })),
    most,
  );
}

/** The sum of independent pieces: the product of their masses, with the atom where every summand is at its atom. */
function sumOfPieces(pieces: readonly LawPiece[]): LawPiece {
  const moving = pieces.filter((piece) => piece.smooth !== null);
  const shiftMs = pieces.reduce((sum, piece) => sum + piece.shiftMs, 0);
  const scale = pieces.reduce((product, piece) => (piece.smooth === null ? product * piece.atom : product), 1);
  const [only] = moving;
  if (only === undefined) return atomPiece(shiftMs, scale);
  if (moving.length === 1 && scale === 1) return { ...only, shiftMs };

  let atom = scale;
  let smoothMass = 0;
  let meanMs = 0;
  let varianceMs2 = 0;
  let sharpness = 0;
  for (const piece of moving) {
    const mass = smoothMass * massOf(piece) + atom * piece.smoothMass;
    // The sum is smooth with both parts smooth, with the first alone, or with the second alone.
    const both = mass === 0 ? 0 : (smoothMass * piece.smoothMass) / mass;
    const before = mass === 0 ? 0 : (smoothMass * piece.atom) / mass;
    const after = mass === 0 ? 0 : (atom * piece.smoothMass) / mass;
    const mean = both * (meanMs + piece.smoothMeanMs) + before * meanMs + after * piece.smoothMeanMs;
    varianceMs2 =
      both * (varianceMs2 + piece.smoothVarianceMs2 + (meanMs + piece.smoothMeanMs - mean) ** 2) +
      before * (varianceMs2 + (meanMs - mean) ** 2) +
      after * (piece.smoothVarianceMs2 + (piece.smoothMeanMs - mean) ** 2);
    meanMs = mean;
    smoothMass = mass;
    atom *= piece.atom;
    sharpness = Math.hypot(sharpness, piece.sharpness);
  }
  const sum = {
    shiftMs,
    atom,
    smoothMass,
    smooth: productTransform(pieces),
    smoothMeanMs: meanMs,
    smoothVarianceMs2: varianceMs2,
    sharpness,
  };
  const tail = moving.length === 1 ? only.smoothTail : undefined;
  const smoothEndMs = moving.reduce((end, piece) => end + (piece.smoothEndMs ?? Number.POSITIVE_INFINITY), 0);
  const bounded = smoothEndMs < Number.POSITIVE_INFINITY ? { ...sum, smoothEndMs } : sum;
  return tail === undefined ? bounded : { ...bounded, smoothTail: (ms) => scale * tail(ms) };
}
