/**
 * Probabilities of 0, 1, 2, … `most` Poisson arrivals, `mean` expected, during a time of the given variability: Poisson for 0, else
 * negative binomial (a gamma time), above 1 a mixture of two geometric laws (balanced hyperexponential). What lies beyond `most` is
 * added to the last.
 */
export function arrivalsDuring(mean: number, variability: number, most: number): Float64Array {
  const probabilities = new Float64Array(most + 1);
  if (variability <= 1) {
    addCounts(probabilities, 1, mean, variability === 0 ? Number.POSITIVE_INFINITY : 1 / (variability * variability));
  } else {
    const scv = variability * variability;
    const first = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
    addCounts(probabilities, first, mean / (2 * first), 1);
    addCounts(probabilities, 1 - first, mean / (2 * (1 - first)), 1);
  }
  return probabilities;
}

/** In logarithms, so that a large mean does not start from a probability of 0. */
function addCounts(into: Float64Array, weight: number, mean: number, shape: number): void {
  const last = into.length - 1;
  if (mean === 0) {
    into[0] = (into[0] ?? 0) + weight;
    return;
  }
  const isPoisson = !Number.isFinite(shape);
  const logRatio = isPoisson ? Math.log(mean) : Math.log(mean / (shape + mean));
  let logProbability = isPoisson ? -mean : -shape * Math.log1p(mean / shape);
  let rest = weight;
  for (let count = 0; count < last; count++) {
    const probability = Math.min(rest, weight * Math.exp(logProbability));
    into[count] = (into[count] ?? 0) + probability;
    rest -= probability;
    logProbability += logRatio + (isPoisson ? 0 : Math.log(shape + count)) - Math.log(count + 1);
  }
  into[last] = (into[last] ?? 0) + Math.max(0, rest);
}
