import type { LatencyLaw, LawPiece } from "../model/latency-law.ts";
import { mixtureTransform } from "./transform.ts";

/** A law keeps at most this many exact shifts. */
export const MOST_PIECES = 32;

/** Shifts closer than this, relatively, are the same shift summed in another order. */
const SAME_SHIFT = 1e-12;
/** A folded atom becomes a jump inside a transform, which inversion blurs; smooth mass only becomes a bend. */
const COST_OF_FOLDING_AN_ATOM = 1000;

export interface WeightedPiece {
  readonly weight: number;
  readonly piece: LawPiece;
}

/** Probability that the time is in this piece. */
export function massOf(piece: LawPiece): number {
  return piece.atom + piece.smoothMass;
}

/** Longest time of the smooth part after the shift; Infinity where no end is known. */
export function endOfSmooth(piece: LawPiece): number {
  return piece.smooth === null ? 0 : (piece.smoothEndMs ?? Number.POSITIVE_INFINITY);
}

/** The time `shiftMs` with probability `probability`. */
export function atomPiece(shiftMs: number, probability: number): LawPiece {
  return {
    shiftMs,
    atom: probability,
    smoothMass: 0,
    smooth: null,
    smoothMeanMs: 0,
    smoothVarianceMs2: 0,
    sharpness: 0,
  };
}

/**
 * The mixture of weighted pieces as a law: equal shifts are put together, and while there are more than `most` pieces,
 * the one that is cheapest to move (least mass times distance) is folded into its neighbour at the next smaller shift by
 * multiplying its transform with e^(−sΔ). Means and variances are those of the mixture, before any inversion.
 */
export function lawOf(members: readonly WeightedPiece[], most: number = MOST_PIECES): LatencyLaw {
  const pieces = gather(members, most);
  let meanMs = 0;
  for (const piece of pieces) meanMs += massOf(piece) * piece.shiftMs + piece.smoothMass * piece.smoothMeanMs;
  let varianceMs2 = 0;
  for (const piece of pieces) {
    const smoothMean = piece.shiftMs + piece.smoothMeanMs;
    varianceMs2 += piece.atom * (piece.shiftMs - meanMs) ** 2;
    varianceMs2 += piece.smoothMass * (piece.smoothVarianceMs2 + (smoothMean - meanMs) ** 2);
  }
  return { meanMs, varianceMs2, pieces };
}

interface Group {
  readonly members: WeightedPiece[];
  readonly shiftMs: number;
  cost: number;
}

function gather(members: readonly WeightedPiece[], most: number): readonly LawPiece[] {
  const [only] = members;
  if (members.length === 1 && only !== undefined && only.weight === 1) return [only.piece];
  const sorted = members
    .filter(({ weight, piece }) => weight > 0 && massOf(piece) > 0)
    .sort((a, b) => a.piece.shiftMs - b.piece.shiftMs);
  const groups: Group[] = [];
  for (const member of sorted) {
    const last = groups.at(-1);
    const cost = member.weight * (member.piece.smoothMass + COST_OF_FOLDING_AN_ATOM * member.piece.atom);
    if (last !== undefined && member.piece.shiftMs - last.shiftMs <= SAME_SHIFT * last.shiftMs) {
      last.members.push(member);
      last.cost += cost;
    } else {
      groups.push({ members: [member], shiftMs: member.piece.shiftMs, cost });
    }
  }
  while (groups.length > most) foldCheapest(groups);
  return groups.map(combine);
}

function foldCheapest(groups: Group[]): void {
  let cheapest = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < groups.length; i++) {
    const group = groups[i];
    const before = groups[i - 1];
    if (group === undefined || before === undefined) continue;
    const cost = group.cost * (group.shiftMs - before.shiftMs);
    if (cost < least) {
      least = cost;
      cheapest = i;
    }
  }
  const into = groups[cheapest - 1];
  const [folded] = groups.splice(cheapest, 1);
  if (into === undefined || folded === undefined) return;
  into.members.push(...folded.members);
  into.cost += folded.cost;
}

function combine(group: Group): LawPiece {
  const [first] = group.members;
  if (group.members.length === 1 && first !== undefined && first.weight === 1) return first.piece;
  const terms = group.members.map(({ weight, piece }) => {
    const apart = piece.shiftMs - group.shiftMs;
    return { weight, piece, delayMs: apart <= SAME_SHIFT * group.shiftMs ? 0 : apart };
  });
  let atom = 0;
  let smoothMass = 0;
  let firstMoment = 0;
  let sharpness = 0;
  for (const { weight, piece, delayMs } of terms) {
    const delayedAtom = delayMs > 0 ? piece.atom : 0;
    atom += weight * (piece.atom - delayedAtom);
    smoothMass += weight * (piece.smoothMass + delayedAtom);
    firstMoment += weight * (piece.smoothMass * (delayMs + piece.smoothMeanMs) + delayedAtom * delayMs);
    const spread = Math.sqrt(piece.smoothVarianceMs2);
    sharpness = Math.max(sharpness, spread > 0 ? Math.hypot(piece.sharpness, delayMs / spread) : piece.sharpness);
  }
  if (smoothMass === 0) return atomPiece(group.shiftMs, atom);
  const smoothMeanMs = firstMoment / smoothMass;
  let variance = 0;
  for (const { weight, piece, delayMs } of terms) {
    const apart = delayMs + piece.smoothMeanMs - smoothMeanMs;
    variance += weight * piece.smoothMass * (piece.smoothVarianceMs2 + apart * apart);
    if (delayMs > 0) variance += weight * piece.atom * (delayMs - smoothMeanMs) ** 2;
  }
  const smooth = mixtureTransform(
    terms.map(({ weight, piece, delayMs }) => ({ weight, atom: piece.atom, smooth: piece.smooth, delayMs })),
  );
  const smoothEndMs = Math.max(...terms.map(({ piece, delayMs }) => delayMs + endOfSmooth(piece)));
  const end = smoothEndMs < Number.POSITIVE_INFINITY ? { smoothEndMs } : {};
  const base = { shiftMs: group.shiftMs, atom, smoothMass, smooth, smoothMeanMs, sharpness, ...end };
  const smoothVarianceMs2 = variance / smoothMass;
  if (!terms.every(({ piece }) => piece.smooth === null || piece.smoothTail !== undefined)) {
    return { ...base, smoothVarianceMs2 };
  }
  const smoothTail = (ms: number): number => {
    let sum = 0;
    for (const { weight, piece, delayMs } of terms) {
      if (delayMs > ms) sum += weight * massOf(piece);
      else if (piece.smoothTail !== undefined) sum += weight * piece.smoothTail(ms - delayMs);
    }
    return sum;
  };
  return { ...base, smoothVarianceMs2, smoothTail };
}
