import type { LatencyLaw, LawPiece } from "../model/latency-law.ts";
import { atomPiece, lawOf } from "./pieces.ts";
import { appendPanels, integralsOfTail, type Panel, tailOnPanels } from "./tail-grid.ts";
import { panelsTransform } from "./tail-grid-transform.ts";
import type { Side } from "./tail-sampler.ts";

/** Jumps and stretches with less probability than this are rounding. */
const NO_PROBABILITY = 1e-13;
/** Moments at which something starts are one moment if they are this close, relatively. */
const SAME_MOMENT = 1e-12;
/** A bend of the density inside the grid is sharper than the laws that it came from. */
const LEAST_SHARPNESS = 4;

export interface TailDescription {
  /** Times at which the tail may jump or bend, in any order. */
  readonly breaksMs: readonly number[];
  /** From here on the tail is 0 or negligible. */
  readonly endMs: number;
  /** True when nothing takes longer than `endMs`. */
  readonly isBounded?: boolean;
  /** Sharpness (see `LawPiece`) to expect of the smooth part. */
  readonly sharpness: number;
  /** P(T > ms), or P(T ≥ ms) with side "before". */
  readonly sample: (ms: number, side: Side) => number;
}

/**
 * The law with this tail: jumps become atoms, the rest one smooth piece on an adaptive grid, whose tail is in closed form
 * and whose transform integrates it exactly. A bend inside the grid (a second branch that starts later) stays in the
 * transform: exact in this law's own tail, blurred by about 1e-3 of the jump in the density if the law is used in a sum.
 */
export function lawFromTail(description: TailDescription): LatencyLaw {
  const { endMs, sample } = description;
  const moments = distinctMoments(description.breaksMs.filter((ms) => ms <= endMs));
  const jumps = moments.map(({ firstMs, lastMs }) => sample(firstMs, "before") - sample(lastMs, "after"));
  const pieces: LawPiece[] = [];
  for (const [i, moment] of moments.entries()) {
    const jump = jumps[i] ?? 0;
    if (jump > NO_PROBABILITY) pieces.push(atomPiece(moment.lastMs, jump));
  }
  const smooth = smoothPiece(description, moments, jumps);
  if (smooth !== null) pieces.push(smooth);
  const total = pieces.reduce((sum, { atom, smoothMass }) => sum + atom + smoothMass, 0);
  if (!(Math.abs(total - 1) < 1e-6)) throw new Error(`lawFromTail: the tail accounts for a probability of ${total}`);
  return lawOf(pieces.map((piece) => ({ weight: 1, piece })));
}

interface Moment {
  readonly firstMs: number;
  readonly lastMs: number;
}

function distinctMoments(timesMs: readonly number[]): readonly Moment[] {
  const moments: Moment[] = [];
  for (const ms of [...timesMs].sort((a, b) => a - b)) {
    const last = moments.at(-1);
    if (last !== undefined && ms - last.firstMs <= SAME_MOMENT * ms)
      moments[moments.length - 1] = { ...last, lastMs: ms };
    else moments.push({ firstMs: ms, lastMs: ms });
  }
  return moments;
}

function smoothPiece(
  { endMs, isBounded = false, sample, sharpness }: TailDescription,
  moments: readonly Moment[],
  jumps: readonly number[],
): LawPiece | null {
  let atomsLater = jumps.reduce((sum, jump) => sum + Math.max(0, jump), 0);
  let shiftMs = 0;
  let smoothMass = 0;
  const panels: Panel[] = [];
  for (const [i, { lastMs: fromMs }] of moments.entries()) {
    atomsLater -= Math.max(0, jumps[i] ?? 0);
    const toMs = moments[i + 1]?.firstMs ?? endMs;
    if (toMs <= fromMs) continue;
    const atStart = sample(fromMs, "after");
    const atEnd = sample(toMs, "before");
    const remaining = atStart - atomsLater;
    const decays = atStart - atEnd > NO_PROBABILITY;
    if (panels.length === 0) {
      if (!decays) continue;
      shiftMs = fromMs;
      smoothMass = remaining;
    } else if (remaining <= NO_PROBABILITY) {
      break;
    }
    const atoms = atomsLater;
    appendPanels(panels, shiftMs, fromMs, toMs, (ms) => {
      return (ms === fromMs ? atStart : ms === toMs ? atEnd : sample(ms, "after")) - atoms;
    });
  }
  if (panels.length === 0 || smoothMass <= NO_PROBABILITY) return null;
  const { plain, timesTime } = integralsOfTail(panels);
  const smoothMeanMs = plain / smoothMass;
  const smoothVarianceMs2 = Math.max(0, (2 * timesTime) / smoothMass - smoothMeanMs * smoothMeanMs);
  const smoothTail = (ms: number): number => tailOnPanels(panels, ms);
  return {
    shiftMs,
    atom: 0,
    smoothMass,
    smooth: panelsTransform(panels, smoothMass),
    smoothTail,
    smoothMeanMs,
    ...(isBounded && { smoothEndMs: endMs - shiftMs }),
    smoothVarianceMs2,
    sharpness: Math.max(LEAST_SHARPNESS, sharpness),
  };
}
