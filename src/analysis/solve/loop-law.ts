import { serviceTimeLaw } from "../latency/service-time-law.ts";
import { remembering } from "../latency/transform.ts";
import type { ComplexVector, LatencyLaw } from "../model/latency-law.ts";

/** A stand-in with the given mean and variance, for the law of a routine that is still being worked out. */
export function momentStandIn(meanMs: number, varianceMs2: number): LatencyLaw {
  return serviceTimeLaw(meanMs, meanMs > 0 ? Math.sqrt(Math.max(0, varianceMs2)) / meanMs : 0);
}

/** Largest change of a transform between rounds at which it counts as settled. */
const SETTLED = 1e-12;
const MOST_ROUNDS = 20_000;

/**
 * The laws of routines that wait for each other. Each transform is a composition of itself and the others, φ = G(φ), which
 * is repeated at each vector of points from φ = 0: round n is the law of the visits that go round fewer than n times, so
 * it rises to the answer at the rate of the loop's gain. The stand-ins are the members' laws as they occur in G.
 */
export class LoopLaws {
  private readonly members: readonly number[];
  private readonly current: Map<number, ComplexVector> = new Map();
  private bodies: ReadonlyMap<number, LatencyLaw> = new Map();
  private solvedAt: ComplexVector | null = null;

  constructor(members: readonly number[]) {
    this.members = members;
  }

  /** The law of a member as a part of the others: its transform is the value of the present round. */
  standIn(member: number, meanMs: number, varianceMs2: number): LatencyLaw {
    return oneSmoothPiece(meanMs, varianceMs2, () => this.current.get(member) ?? empty);
  }

  /** Gives the compositions G of all members, made with the stand-ins. */
  define(bodies: ReadonlyMap<number, LatencyLaw>): void {
    this.bodies = bodies;
    this.solvedAt = null;
  }

  /** The law of a member, with the moments of its composition. */
  lawOf(member: number): LatencyLaw | null {
    const body = this.bodies.get(member);
    if (body === undefined) return null;
    const transform = remembering((points, answer) => {
      this.solve(points);
      const value = this.current.get(member) ?? empty;
      answer.re.set(value.re);
      answer.im.set(value.im);
    });
    return oneSmoothPiece(body.meanMs, body.varianceMs2, transform);
  }

  private solve(points: ComplexVector): void {
    if (points === this.solvedAt) return;
    const length = points.re.length;
    for (const member of this.members) {
      this.current.set(member, { re: new Float64Array(length), im: new Float64Array(length) });
    }
    for (let round = 0; round < MOST_ROUNDS; round++) {
      // A new object, so that no part remembers its answer of the round before.
      const fresh = { re: points.re, im: points.im };
      const next = new Map<number, ComplexVector>();
      for (const [member, body] of this.bodies) next.set(member, wholeTransform(body, fresh));
      let change = 0;
      for (const [member, value] of next) {
        const before = this.current.get(member);
        for (let k = 0; k < length; k++) {
          change = Math.max(
            change,
            Math.abs((value.re[k] ?? 0) - (before?.re[k] ?? 0)),
            Math.abs((value.im[k] ?? 0) - (before?.im[k] ?? 0)),
          );
        }
        this.current.set(member, value);
      }
      if (change < SETTLED) break;
    }
    this.solvedAt = points;
  }
}

const empty: ComplexVector = { re: new Float64Array(0), im: new Float64Array(0) };

function oneSmoothPiece(
  meanMs: number,
  varianceMs2: number,
  smooth: (points: ComplexVector) => ComplexVector,
): LatencyLaw {
  const sharpness = varianceMs2 > 0 ? meanMs / Math.sqrt(varianceMs2) : 1;
  const piece = {
    shiftMs: 0,
    atom: 0,
    smoothMass: 1,
    smooth,
    smoothMeanMs: meanMs,
    smoothVarianceMs2: varianceMs2,
    sharpness,
  };
  return { meanMs, varianceMs2, pieces: [piece] };
}

/** E[e^(−sT)] with atoms and shifts put in, in arrays of its own. */
function wholeTransform(law: LatencyLaw, points: ComplexVector): ComplexVector {
  const length = points.re.length;
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  for (const { shiftMs, atom, smooth } of law.pieces) {
    const value = smooth === null ? empty : smooth(points);
    for (let k = 0; k < length; k++) {
      const size = Math.exp(-shiftMs * (points.re[k] ?? 0));
      const angle = -shiftMs * (points.im[k] ?? 0);
      const x = atom + (value.re[k] ?? 0);
      const y = value.im[k] ?? 0;
      re[k] = (re[k] ?? 0) + size * (x * Math.cos(angle) - y * Math.sin(angle));
      im[k] = (im[k] ?? 0) + size * (x * Math.sin(angle) + y * Math.cos(angle));
    }
  }
  return { re, im };
}
