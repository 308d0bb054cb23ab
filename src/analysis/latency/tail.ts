import type { ComplexVector, LatencyLaw, LawPiece } from "../model/latency-law.ts";
import { eulerRuleFor, invertDensity, invertTail, pointsAt } from "./euler-inversion.ts";
import { massOf } from "./pieces.ts";
import { mixtureTransform } from "./transform.ts";

/** P(T > t) and the density of what is continuous at t, per millisecond. */
export interface TailAndDensity {
  readonly tail: number;
  readonly density: number;
}

/** At a jump or a bend: what holds just before that moment, or from it on. */
export type Side = "before" | "after";

/**
 * Pieces that start within this share of the elapsed time of each other are inverted together: the Euler kernel is below
 * 1e-10 that far from the time asked for (it is 1e-6 at 0.2, 1e-2 at 0.5), so the bend between them does not show.
 */
const TOGETHER_WITHIN = 0.1;
/** The density at the start of a piece is read this share of its mean later. */
const JUST_AFTER = 1e-8;
/** Step of the differences that give the density of a closed tail, relative to its mean. */
const DIFFERENCE_STEP = 1e-5;

/** P(T > ms), from 0 to 1. Exact where the law has closed tails, else to about 1e-9 away from bends. */
export function tail(law: LatencyLaw, ms: number): number {
  return evaluate(law, ms, "after", false).tail;
}

/** P(T > ms), or P(T ≥ ms) with side "before": an atom at `ms` is still to come. */
export function tailBeside(law: LatencyLaw, ms: number, side: Side): number {
  return evaluate(law, ms, side, false).tail;
}

/** Tail and density from `ms` on. */
export function tailAndDensity(law: LatencyLaw, ms: number): TailAndDensity {
  return evaluate(law, ms, "after", true);
}

function evaluate(law: LatencyLaw, ms: number, side: Side, wantsDensity: boolean): TailAndDensity {
  let tail = 0;
  let density = 0;
  let toInvert: LawPiece[] | null = null;
  for (const piece of law.pieces) {
    const elapsed = ms - piece.shiftMs;
    if (elapsed < 0 || (elapsed === 0 && side === "before")) {
      tail += massOf(piece);
    } else if (piece.smooth !== null) {
      if (elapsed === 0) {
        tail += piece.smoothMass;
        if (wantsDensity) density += densityAtStart(piece);
      } else if (piece.smoothTail !== undefined) {
        tail += clip(piece.smoothTail(elapsed), piece.smoothMass);
        if (wantsDensity) density += densityOfClosedTail(piece.smoothTail, elapsed, piece.smoothMeanMs);
      } else {
        toInvert ??= [];
        toInvert.push(piece);
      }
    }
  }
  if (toInvert !== null) {
    for (let first = 0; first < toInvert.length; ) {
      const leader = toInvert[first];
      if (leader === undefined) break;
      const elapsed = ms - leader.shiftMs;
      let last = first + 1;
      while (last < toInvert.length) {
        const next = toInvert[last];
        if (next === undefined || next.shiftMs - leader.shiftMs > TOGETHER_WITHIN * elapsed) break;
        last++;
      }
      const together = toInvert.length === 1 ? toInvert : toInvert.slice(first, last);
      const inverted = invert(together, elapsed, wantsDensity);
      tail += inverted.tail;
      density += inverted.density;
      first = last;
    }
  }
  return { tail: clip(tail, 1), density: Math.max(0, density) };
}

function invert(pieces: readonly LawPiece[], elapsedMs: number, wantsDensity: boolean): TailAndDensity {
  const [leader] = pieces;
  if (leader === undefined || leader.smooth === null) return { tail: 0, density: 0 };
  let mass = 0;
  let sharpness = 0;
  for (const piece of pieces) {
    mass += piece.smoothMass;
    sharpness = Math.max(sharpness, piece.sharpness);
  }
  const rule = eulerRuleFor(sharpness);
  const points = pointsAt(rule, elapsedMs);
  const value = pieces.length === 1 ? leader.smooth(points) : mixed(pieces, leader.shiftMs, points);
  const density = wantsDensity ? invertDensity(rule, elapsedMs, value) : 0;
  return { tail: clip(invertTail(rule, mass, value), mass), density };
}

function mixed(pieces: readonly LawPiece[], fromMs: number, points: ComplexVector): ComplexVector {
  const terms = pieces.map(({ smooth, shiftMs }) => ({ weight: 1, atom: 0, smooth, delayMs: shiftMs - fromMs }));
  return mixtureTransform(terms)(points);
}

function densityAtStart(piece: LawPiece): number {
  const { smoothTail, smoothMeanMs, smoothMass } = piece;
  if (smoothTail === undefined) return Math.max(0, invert([piece], JUST_AFTER * smoothMeanMs, true).density);
  const step = DIFFERENCE_STEP * smoothMeanMs;
  return Math.max(0, (3 * smoothMass - 4 * smoothTail(step) + smoothTail(2 * step)) / (2 * step));
}

function densityOfClosedTail(smoothTail: (ms: number) => number, elapsedMs: number, meanMs: number): number {
  const step = Math.min(elapsedMs, DIFFERENCE_STEP * (meanMs + elapsedMs));
  return (smoothTail(elapsedMs - step) - smoothTail(elapsedMs + step)) / (2 * step);
}

function clip(probability: number, most: number): number {
  return probability > 0 ? Math.min(most, probability) : 0;
}
