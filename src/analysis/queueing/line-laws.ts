import { sequence } from "../latency/sequence.ts";
import { serviceTimeLaw } from "../latency/service-time-law.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { type Line, numericalMGc } from "./line.ts";
import { waitingLawMG1 } from "./mg1-waiting-law.ts";
import type { FiniteQueue } from "./mmck.ts";
import { waitingLawMMcK } from "./mmck-waiting-law.ts";
import { exponentialSojournLaw, fittedWaitingLaw, type WaitMoments } from "./waiting-law.ts";

export interface LineLaws {
  readonly waiting: LatencyLaw;
  /** Waiting plus service. */
  readonly sojourn: LatencyLaw;
}

/**
 * The laws of a solved line: exact for M/M/c with and without a limit, for M/G/1, and for M/D/c and M/PH/c of two phases as
 * far as they are solved; else fitted to the probability of waiting and two moments.
 *
 * @param serviceTimeMs above 0
 */
export function lawsOfLine(line: Line, solution: FiniteQueue, serviceTimeMs: number): LineLaws {
  const { servers, offeredLoad, arrivalScv, variability, places } = line;
  const poisson = arrivalScv === 1;
  if (poisson && places === null && servers === 1 && variability !== 1) {
    return withService(waitingLawMG1(offeredLoad, variability, serviceTimeMs), variability, serviceTimeMs);
  }
  if (poisson && places !== null && places > 0 && variability === 1) {
    const waiting = waitingLawMMcK(solution, servers, offeredLoad, places, serviceTimeMs);
    return withService(waiting, variability, serviceTimeMs);
  }
  const numerical = places === null ? numericalMGc(line) : null;
  if (numerical !== null && numerical.waitingLaw !== null) {
    return withService(numerical.waitingLaw(serviceTimeMs), variability, serviceTimeMs);
  }
  return fittedLaws(
    {
      waitProbability: solution.waitProbability,
      conditionalMeanMs: solution.conditionalMeanWait * serviceTimeMs,
      conditionalScv: places === null && variability === 1 ? 1 : solution.conditionalScv,
    },
    variability,
    serviceTimeMs,
  );
}

/** Laws from moments of the wait; closed where wait and service are both exponential. */
export function fittedLaws(wait: WaitMoments, variability: number, serviceTimeMs: number): LineLaws {
  const waiting = fittedWaitingLaw(wait);
  if (variability !== 1 || wait.conditionalScv !== 1) return withService(waiting, variability, serviceTimeMs);
  return {
    waiting,
    sojourn: exponentialSojournLaw(wait.waitProbability, wait.conditionalMeanMs, serviceTimeMs),
  };
}

function withService(waiting: LatencyLaw, variability: number, serviceTimeMs: number): LineLaws {
  return { waiting, sojourn: sequence([waiting, serviceTimeLaw(serviceTimeMs, variability)]) };
}
