/** Where slopes are at least this steep a step is at most as long as the gap. */
const FLATTEST = -1;
/** Longest step of one figure. */
const LONGEST_STEP = 1;
/** Steps without half of the smallest gap so far after which the search is given up. */
const PATIENCE = 6;

interface Visit {
  readonly point: readonly number[];
  readonly gaps: readonly number[];
  /** The largest gap. */
  readonly size: number;
}

/**
 * Looks for figures, 0 or less, at which as many gaps are 0, by Broyden's method (Broyden 1965, Mathematics of Computation 19,
 * "good" update), for gaps that each fall with their own figure at a slope of −1 or steeper. The first two points give the
 * slopes of each by itself, every further one how they move each other. A step that makes the largest gap larger is halved.
 */
export class BroydenSearch {
  private slopes: number[][] | null = null;
  private last: Visit | null = null;
  private best: Visit | null = null;
  private sinceBest = 0;

  /** The next figures to try, given the gaps at these; null when the search gets nowhere. */
  next(point: readonly number[], gaps: readonly number[]): readonly number[] | null {
    const visit = { point, gaps, size: Math.max(...gaps.map(Math.abs)) };
    const { last, best } = this;
    this.last = visit;
    if (last !== null) this.learn(last, visit);
    if (best === null || visit.size < 0.5 * best.size) this.sinceBest = 0;
    else if (++this.sinceBest >= PATIENCE) return null;
    if (best === null || visit.size < best.size) this.best = visit;
    else return point.map((value, index) => (value + (best.point[index] ?? 0)) / 2);
    const step = this.slopes === null ? gaps : solved(this.slopes, gaps);
    if (step?.every(Number.isFinite) !== true) return null;
    return point.map((value, index) => {
      return Math.min(0, value + Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step[index] ?? 0)));
    });
  }

  private learn(last: Visit, { point, gaps }: Visit): void {
    const moved = point.map((value, index) => value - (last.point[index] ?? 0));
    const changed = gaps.map((value, index) => value - (last.gaps[index] ?? 0));
    if (this.slopes === null) {
      this.slopes = point.map((_, row) =>
        point.map((_, column) => {
          if (row !== column) return 0;
          return moved[row] === 0 ? FLATTEST : Math.min(FLATTEST, (changed[row] ?? 0) / (moved[row] ?? 1));
        }),
      );
      return;
    }
    const length = moved.reduce((sum, value) => sum + value * value, 0);
    if (length === 0) return;
    this.slopes = this.slopes.map((row, index) => {
      const expected = row.reduce((sum, slope, column) => sum + slope * (moved[column] ?? 0), 0);
      return row.map((slope, column) => slope + (((changed[index] ?? 0) - expected) * (moved[column] ?? 0)) / length);
    });
  }
}

/** The step at which gaps with these slopes are 0, by Gaussian elimination with pivots; null where there is none. */
function solved(slopes: readonly (readonly number[])[], gaps: readonly number[]): readonly number[] | null {
  const rows = slopes.map((row, index) => [...row, -(gaps[index] ?? 0)]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const [own, top] = [rows[column], rows[pivot]];
    const divisor = top?.[column] ?? 0;
    if (own === undefined || top === undefined || divisor === 0) return null;
    [rows[column], rows[pivot]] = [top, own];
    for (let row = 0; row < size; row++) {
      const other = rows[row];
      if (row === column || other === undefined) continue;
      const factor = (other[column] ?? 0) / divisor;
      if (factor === 0) continue;
      for (let place = column; place <= size; place++) other[place] = (other[place] ?? 0) - factor * (top[place] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}
