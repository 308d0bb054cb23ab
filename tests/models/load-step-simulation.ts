import { exponential, seededRandom } from "./seeded-random.ts";

/** M/M/n from empty with a rate above its capacity: mean number waiting after `seconds`, over independent runs. */
export function simulateLoadStep(
  instances: number,
  capacityPerSecond: number,
  ratePerSecond: number,
  seconds: number,
  runs: number,
  seed: number,
): number {
  const random = seededRandom(seed);
  let waiting = 0;
  for (let run = 0; run < runs; run++) {
    let present = 0;
    for (let now = 0; ; ) {
      const serving = Math.min(present, instances) * capacityPerSecond;
      now += exponential(random, 1 / (ratePerSecond + serving));
      if (now > seconds) break;
      present += random() * (ratePerSecond + serving) < ratePerSecond ? 1 : -1;
    }
    waiting += Math.max(0, present - instances);
  }
  return waiting / runs;
}
