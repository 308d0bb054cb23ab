import { characteristicTimeGuess } from "./cache-simulation.ts";

/**
 * Exact hit ratio of an LRU cache under independent requests (W. F. King, IFIP 1971; R. Fagin, 1977): a request for key i hits
 * when fewer than C other keys were asked for since the last one for i, hᵢ = ∫ pᵢ e^(−pᵢt) P(Σ_{j≠i} Bernoulli(1 − e^(−pⱼt)) < C) dt.
 * By Gauss's rule over panels and a recursion over keys: for hundreds of keys.
 */
export function exactLruHitRatio(popularity: readonly number[], capacity: number): number {
  const scale = characteristicTimeGuess(popularity, capacity);
  let ratio = 0;
  let from = 0;
  for (let to = scale / 64; from < 512 * scale; to *= 1.5) {
    for (const { node, weight } of gauss) {
      const t = from + (to - from) * node;
      ratio += weight * (to - from) * integrand(popularity, capacity, t);
    }
    from = to;
  }
  return ratio;
}

function integrand(popularity: readonly number[], capacity: number, t: number): number {
  const present = popularity.map((p) => -Math.expm1(-p * t));
  let sum = 0;
  popularity.forEach((p, own) => {
    const density = p * p * Math.exp(-p * t);
    if (density > 1e-18) sum += density * fewerThan(present, own, capacity);
  });
  return sum;
}

/** P(fewer than `capacity` of the others are present). */
function fewerThan(present: readonly number[], own: number, capacity: number): number {
  const counts = new Float64Array(capacity);
  counts[0] = 1;
  let seen = 0;
  present.forEach((chance, key) => {
    if (key === own) return;
    seen += 1;
    for (let count = Math.min(seen, capacity - 1); count > 0; count--)
      counts[count] = (counts[count] ?? 0) * (1 - chance) + (counts[count - 1] ?? 0) * chance;
    counts[0] = (counts[0] ?? 0) * (1 - chance);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Gauss–Legendre of eight points on [0, 1]. */
const gauss = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
].flatMap(([x = 0, weight = 0]) => [
  { node: (1 - x) / 2, weight: weight / 2 },
  { node: (1 + x) / 2, weight: weight / 2 },
]);
