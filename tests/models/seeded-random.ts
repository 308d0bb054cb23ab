/** A generator of numbers in [0, 1) from a seed: sfc32 (Doty-Humphrey 2010), seeded as its author advises. */
export function seededRandom(seed: number): () => number {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 16; warmUp++) next();
  return next;
}

/** An exponential time of the given mean. */
export function exponential(random: () => number, mean: number): number {
  return -mean * Math.log1p(-random());
}

/** A time of the given mean: constant for 0, a mean of exponentials (Erlang) below 1, exponential for 1, balanced hyperexponential above. */
export function randomTime(random: () => number, mean: number, variability: number): number {
  if (variability === 0) return mean;
  if (variability < 1) {
    const stages = Math.round(1 / variability ** 2);
    let sum = 0;
    for (let stage = 0; stage < stages; stage++) sum += exponential(random, mean / stages);
    return sum;
  }
  if (variability === 1) return exponential(random, mean);
  const scv = variability ** 2;
  const first = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return random() < first ? exponential(random, mean / (2 * first)) : exponential(random, mean / (2 * (1 - first)));
}
