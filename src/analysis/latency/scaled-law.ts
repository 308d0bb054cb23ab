import type { ComplexVector, LatencyLaw, LawPiece, Transform } from "../model/latency-law.ts";
import { knownLaw, numberOf } from "./known-laws.ts";

/** The law of `factor` times a time, factor 0 or more. */
export function scaledLaw(law: LatencyLaw, factor: number): LatencyLaw {
  if (factor === 1) return law;
  return knownLaw(`s${factor}:${numberOf(law)}`, () => ({
    meanMs: law.meanMs * factor,
    varianceMs2: law.varianceMs2 * factor * factor,
    pieces: law.pieces.map((piece) => scaledPiece(piece, factor)),
  }));
}

function scaledPiece(piece: LawPiece, factor: number): LawPiece {
  const { smooth, smoothTail, smoothEndMs } = piece;
  return {
    ...piece,
    shiftMs: piece.shiftMs * factor,
    smoothMeanMs: piece.smoothMeanMs * factor,
    smoothVarianceMs2: piece.smoothVarianceMs2 * factor * factor,
    smooth: smooth === null ? null : scaledTransform(smooth, factor),
    ...(smoothTail !== undefined && { smoothTail: (ms: number) => smoothTail(ms / factor) }),
    ...(smoothEndMs !== undefined && { smoothEndMs: smoothEndMs * factor }),
  };
}

/** φ(factor·s), asked of the law once per vector of points. */
function scaledTransform(smooth: Transform, factor: number): Transform {
  let lastPoints: ComplexVector | null = null;
  let answer: ComplexVector | null = null;
  return (points) => {
    if (answer === null || points !== lastPoints) {
      const { re, im } = smooth({ re: points.re.map((x) => x * factor), im: points.im.map((y) => y * factor) });
      // The law may use its arrays again for other points.
      answer = { re: re.slice(), im: im.slice() };
      lastPoints = points;
    }
    return answer;
  };
}
