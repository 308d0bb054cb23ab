import type { LatencyLaw, LawPiece } from "../model/latency-law.ts";
import { DAMPING, directTermsFor, octavePoints, type Series, seriesOf, sumOf } from "./euler-inversion.ts";
import { massOf } from "./pieces.ts";

/** At a jump or a bend: what holds just before that moment, or from it on. */
export type Side = "before" | "after";

/** P(T > t) and the density of what is continuous at t, per millisecond. */
export interface TailAndDensity {
  readonly tail: number;
  readonly density: number;
}

/** The density at the start of a piece is read this share of its mean later. */
const JUST_AFTER = 1e-8;
/** Step of the differences that give the density of a closed tail, relative to its mean. */
const DIFFERENCE_STEP = 1e-5;

/**
 * The tail of one law at many times: exact where the law has closed tails, else to about 1e-9 away from bends. The values
 * of the transform are kept by octaves of time, so that many times cost little more than one.
 */
export class TailSampler {
  private readonly pieces: readonly PieceSampler[];

  constructor(law: LatencyLaw) {
    this.pieces = law.pieces.map((piece) => new PieceSampler(piece));
  }

  /** P(T > ms), or P(T ≥ ms) with side "before", from 0 to 1. */
  at(ms: number, side: Side): number {
    let sum = 0;
    for (const sampler of this.pieces) {
      const { piece } = sampler;
      const elapsed = ms - piece.shiftMs;
      if (elapsed < 0 || (elapsed === 0 && side === "before")) sum += massOf(piece);
      else if (piece.smooth !== null) sum += elapsed === 0 ? piece.smoothMass : sampler.tail(elapsed);
    }
    return sum > 0 ? Math.min(1, sum) : 0;
  }

  /** Tail and density from `ms` on. */
  withDensity(ms: number): TailAndDensity {
    let density = 0;
    for (const sampler of this.pieces) {
      const elapsed = ms - sampler.piece.shiftMs;
      if (sampler.piece.smooth !== null && elapsed >= 0) density += sampler.density(elapsed);
    }
    return { tail: this.at(ms, "after"), density: Math.max(0, density) };
  }
}

const samplers = new WeakMap<LatencyLaw, TailSampler>();

/** The sampler of a law, the same one each time. */
export function samplerOf(law: LatencyLaw): TailSampler {
  const known = samplers.get(law);
  if (known !== undefined) return known;
  const sampler = new TailSampler(law);
  samplers.set(law, sampler);
  return sampler;
}

/** What sums to the tail, and to the density, over an octave of times. */
interface Octave {
  readonly tail: Series;
  readonly density: Series;
}

class PieceSampler {
  readonly piece: LawPiece;
  private readonly octaves = new Map<number, Octave>();

  constructor(piece: LawPiece) {
    this.piece = piece;
  }

  tail(elapsedMs: number): number {
    const { smoothTail, smoothMass } = this.piece;
    const value = smoothTail === undefined ? this.invert(elapsedMs, "tail") : smoothTail(elapsedMs);
    return value > 0 ? Math.min(smoothMass, value) : 0;
  }

  density(elapsedMs: number): number {
    const { smoothTail, smoothMeanMs, smoothMass } = this.piece;
    if (elapsedMs === 0) {
      if (smoothTail === undefined) return Math.max(0, this.invert(JUST_AFTER * smoothMeanMs, "density"));
      const step = DIFFERENCE_STEP * smoothMeanMs;
      return Math.max(0, (3 * smoothMass - 4 * smoothTail(step) + smoothTail(2 * step)) / (2 * step));
    }
    if (smoothTail === undefined) return this.invert(elapsedMs, "density");
    const step = Math.min(elapsedMs, DIFFERENCE_STEP * (smoothMeanMs + elapsedMs));
    return (smoothTail(elapsedMs - step) - smoothTail(elapsedMs + step)) / (2 * step);
  }

  private invert(elapsedMs: number, what: "tail" | "density"): number {
    const place = Math.ceil(Math.log2(elapsedMs));
    const octave = this.octaves.get(place) ?? this.fill(place);
    return sumOf(octave[what], elapsedMs / 2 ** place);
  }

  private fill(place: number): Octave {
    const { smooth, smoothMass, sharpness } = this.piece;
    const terms = directTermsFor(sharpness);
    const points = octavePoints(place, terms);
    const { length } = points.re;
    const value = smooth?.(points);
    const tailRe = new Float64Array(length);
    const tailIm = new Float64Array(length);
    const densityRe = new Float64Array(length);
    const densityIm = new Float64Array(length);
    for (let k = 0; k < length; k++) {
      const re = value?.re[k] ?? 0;
      const im = value?.im[k] ?? 0;
      // (mass − φ(s))/(sT) with sT = DAMPING + iπk
      const q = Math.PI * k;
      const size = DAMPING * DAMPING + q * q;
      tailRe[k] = ((smoothMass - re) * DAMPING - im * q) / size;
      tailIm[k] = (-im * DAMPING - (smoothMass - re) * q) / size;
      densityRe[k] = re / 2 ** place;
      densityIm[k] = im / 2 ** place;
    }
    const octave = { tail: seriesOf(tailRe, tailIm, terms), density: seriesOf(densityRe, densityIm, terms) };
    this.octaves.set(place, octave);
    return octave;
  }
}
