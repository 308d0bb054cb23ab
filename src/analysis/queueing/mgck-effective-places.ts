import { type FiniteQueue, solveMMcK } from "./mmck.ts";

/**
 * M/G/c or GI/G/c with limited waiting places, as M/M/c with an effective number of places: a place in a line whose waits
 * are g times those of M/M/c counts for 1/g places, and its waits are scaled by g (two-moment buffer transformation as in
 * Kimura 1996 and MacGregor Smith 2003, with g the ratio of the mean waits without a limit).
 *
 * Without a limit it gives back the wait that g came from; without places it is Erlang's loss formula, which holds for
 * any service law; above saturation the loss tends to 1 − 1/ρ. Rejection and throughput never fall as the load grows.
 *
 * @param servers c, an integer from 1
 * @param offeredLoad in Erlang, above 0
 * @param places waiting places, an integer of 0 or more
 * @param waitRatio g, mean wait over that of M/M/c at the same load, 0 or more
 * @param conditionalScv squared coefficient of variation of the wait of those who wait, without a limit
 */
export function solveWithEffectivePlaces(
  servers: number,
  offeredLoad: number,
  places: number,
  waitRatio: number,
  conditionalScv: number,
): FiniteQueue {
  // Below this ratio a line is as good as never needed below saturation, and always full above.
  const ratio = Math.max(1e-9, waitRatio);
  const exponential = solveMMcK(servers, offeredLoad, places / ratio);
  return {
    rejectedFraction: exponential.rejectedFraction,
    waitProbability: exponential.waitProbability,
    conditionalMeanWait: exponential.conditionalMeanWait * ratio,
    conditionalScv: exponential.conditionalScv * conditionalScv,
  };
}
