import { seededRandom } from "#src/base/random.ts";

/**
 * Latin hypercube of `samples` points in `dimensions` dimensions, each coordinate in (0, 1): every one of the equal strata of
 * every coordinate holds exactly one point, at a uniform place, and coordinates are paired at random (M. D. McKay,
 * R. J. Beckman, W. J. Conover, Technometrics 21, 1979). The same seed gives the same points.
 */
export function latinHypercube(samples: number, dimensions: number, seed: number): readonly (readonly number[])[] {
  const random = seededRandom(seed);
  const points = Array.from({ length: samples }, () => new Array<number>(dimensions).fill(0));
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const strata = Array.from({ length: samples }, (_, index) => index);
    // Fisher and Yates: every order is as likely.
    for (let last = samples - 1; last > 0; last--) {
      const chosen = random.below(last + 1);
      const kept = strata[last] ?? 0;
      strata[last] = strata[chosen] ?? 0;
      strata[chosen] = kept;
    }
    for (const [index, point] of points.entries()) {
      // Half a step of the generator keeps the place inside its stratum.
      point[dimension] = ((strata[index] ?? 0) + random.next() + 2 ** -33) / samples;
    }
  }
  return points;
}
