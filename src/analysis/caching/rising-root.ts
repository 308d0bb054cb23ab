const mostSteps = 200;
const relativeTolerance = 1e-13;

/**
 * The x above 0 at which a rising function that is 0 at 0 reaches a target above 0, or Infinity when it stays below it
 * however large x is. The bracket is found by doubling from `start`; inside it, false position with the Illinois rule
 * (M. Dowell, P. Jarratt, BIT 11, 1971).
 */
export function risingRoot(value: (x: number) => number, target: number, start: number): number {
  if (value(Number.POSITIVE_INFINITY) <= target * (1 + relativeTolerance)) return Number.POSITIVE_INFINITY;
  let low = 0;
  let below = -target;
  let high = start;
  let above = value(high) - target;
  while (above < 0) {
    low = high;
    below = above;
    high *= 2;
    if (!Number.isFinite(high)) return Number.POSITIVE_INFINITY;
    above = value(high) - target;
  }
  let lastMoved: "low" | "high" | null = null;
  for (let step = 0; step < mostSteps && high - low > 1e-15 * high; step++) {
    const secant = (low * above - high * below) / (above - below);
    const x = secant > low && secant < high ? secant : (low + high) / 2;
    const gap = value(x) - target;
    if (Math.abs(gap) <= relativeTolerance * target) return x;
    if (gap < 0) {
      low = x;
      below = gap;
      if (lastMoved === "low") above /= 2;
      lastMoved = "low";
    } else {
      high = x;
      above = gap;
      if (lastMoved === "high") below /= 2;
      lastMoved = "high";
    }
  }
  return (low + high) / 2;
}
