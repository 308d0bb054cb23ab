/**
 * Where a figure is taken for an elasticity: a little below and above the likely value in equal steps of its logarithm, or the
 * next whole numbers. A side that is not possible is the likely value itself, for a difference to one side.
 */
export interface ElasticityPoints {
  readonly below: number;
  readonly above: number;
}

/** Step of the logarithm: its square, the error of a central difference, stays below 1e-7 of the figures of a queue. */
const step = 1e-4;

/** Points for a value above 0 that may move from `minimum` to `maximum`. */
export function elasticityPoints(
  value: number,
  { integer, minimum, maximum }: { readonly integer: boolean; readonly minimum: number; readonly maximum: number },
): ElasticityPoints {
  const below = integer ? value - 1 : value * Math.exp(-step);
  const above = integer ? value + 1 : value * Math.exp(step);
  return {
    below: below >= minimum && below > 0 ? below : value,
    above: above <= maximum ? above : value,
  };
}

/**
 * Elasticity d ln y / d ln x from the figure at the two points: by how many percent y grows with one percent more x. Null
 * where the figure is 0, has no bound, or no two points are there.
 */
export function elasticityFrom(points: ElasticityPoints, yBelow: number, yAbove: number): number | null {
  const { below, above } = points;
  const isUsable = [below, above, yBelow, yAbove].every((amount) => Number.isFinite(amount) && amount > 0);
  if (!isUsable || below === above) return null;
  return (Math.log(yAbove) - Math.log(yBelow)) / (Math.log(above) - Math.log(below));
}
