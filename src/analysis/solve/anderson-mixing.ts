/** Earlier points that are looked back on: as many directions in which an iteration may creep or swing are cut short. */
const MOST_EARLIER = 3;
/** A direction that earlier ones explain but for this share of it says nothing new. */
const NOTHING_NEW = 1e-2;
/** Cosine of the angle between two gaps above which they go the same way, so that the secant of the two is enough. */
const CREEPING = 0.9;
/** Figures are worked out to about this. */
const ROUNDING = 1e-11;
/** The points must lie on a line, plane or space in which this share of the gap at most is left unexplained. */
const LARGEST_REST = 0.3;
/** A step goes at most this many gaps far: where iterations close in by less than half a percent they are not cut short. */
const LONGEST_STEP = 200;

interface Visit {
  readonly image: Float64Array;
  readonly gap: Float64Array;
}

/**
 * Anderson mixing (Anderson 1965, J. ACM 12; Walker & Ni 2011, SIAM J. Numerical Analysis 49, 1715) of an iteration x → G(x):
 * the affine combination of the last points whose gaps G(x) − x cancel best, in the sense of least squares. In a linear
 * iteration with as many rates of convergence as there are earlier points it is the fixed point. For a single rate it is the
 * secant: from below a convex map it does not go past the first fixed point.
 */
export class AndersonMixing {
  /** Cosine of the angle between the last two gaps: 1 where they go the same way, −1 where they swing. */
  private lastTurn = 0;
  private earlier: Visit[] = [];

  /** The point to go to after `point` and its image; null where its image itself is the better one. */
  next(point: Float64Array, image: Float64Array): Float64Array | null {
    const gap = image.map((value, index) => value - (point[index] ?? 0));
    const [last] = this.earlier;
    this.lastTurn = last === undefined ? 0 : cosine(gap, last.gap);
    const mixed = this.mixed(image, gap);
    this.earlier.unshift({ image, gap });
    this.earlier.length = Math.min(this.earlier.length, MOST_EARLIER);
    if (mixed === null) return null;
    const step = mixed.map((value, index) => value - (point[index] ?? 0));
    const isOnwards = dot(step, gap) > 0 && dot(step, step) <= LONGEST_STEP ** 2 * dot(gap, gap);
    return isOnwards ? mixed : null;
  }

  /** Whether the last gap goes the same way as the one before. */
  get isCreeping(): boolean {
    return this.lastTurn > CREEPING;
  }

  forget(): void {
    this.lastTurn = 0;
    this.earlier = [];
  }

  private mixed(image: Float64Array, gap: Float64Array): Float64Array | null {
    const mixed = image.slice();
    const rest = gap.slice();
    const known: Visit[] = [];
    for (const visit of this.isCreeping ? this.earlier.slice(0, 1) : this.earlier) {
      const change = minus(gap, visit.gap);
      const moved = minus(image, visit.image);
      const before = Math.sqrt(dot(change, change));
      for (const { gap: direction, image: carried } of known) {
        const part = dot(change, direction);
        subtract(change, part, direction);
        subtract(moved, part, carried);
      }
      const size = Math.sqrt(dot(change, change));
      if (!(size > NOTHING_NEW * before && size > ROUNDING)) continue;
      const direction = change.map((value) => value / size);
      const carried = moved.map((value) => value / size);
      known.push({ gap: direction, image: carried });
      const part = dot(rest, direction);
      subtract(rest, part, direction);
      subtract(mixed, part, carried);
    }
    const isExplained = known.length > 0 && dot(rest, rest) <= LARGEST_REST ** 2 * dot(gap, gap);
    return isExplained ? mixed : null;
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

function cosine(one: Float64Array, other: Float64Array): number {
  const sizes = Math.sqrt(dot(one, one) * dot(other, other));
  return sizes > 0 ? dot(one, other) / sizes : 0;
}

function minus(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((value, index) => value - (other[index] ?? 0));
}

function subtract(from: Float64Array, times: number, what: Float64Array): void {
  for (let index = 0; index < from.length; index++) from[index] = (from[index] ?? 0) - times * (what[index] ?? 0);
}
