import { sequence } from "../latency/sequence.ts";
import { serviceTimeLaw } from "../latency/service-time-law.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { WaitOf } from "./erlang-a.ts";
import type { ImpatientLaws } from "./erlang-a-waiting-law.ts";
import { type Line, type LineSolution, numericalMGc } from "./line.ts";
import { waitingLawMG1 } from "./mg1-waiting-law.ts";
import { waitingLawMMcK } from "./mmck-waiting-law.ts";
import { relativeCapacity } from "./universal-scalability.ts";
import { exponentialSojournLaw, fittedWaitingLaw, type WaitMoments } from "./waiting-law.ts";

export interface LineLaws {
  /** Of accepted requests, those who give up included. */
  readonly waiting: LatencyLaw;
  /** Of requests that are served. */
  readonly served: LatencyLaw;
  /** Of requests that give up; null when none does. */
  readonly abandoned: LatencyLaw | null;
  /** Waiting plus service, of requests that are served. */
  readonly sojourn: LatencyLaw;
}

/**
 * The laws of a solved line: exact for M/M/c with and without a limit, for M/G/1, and for M/D/c and M/PH/c of two phases as
 * far as they are solved; else fitted to the probability of waiting and two moments.
 *
 * @param serviceTimeMs above 0
 */
export function lawsOfLine(line: Line, solution: LineSolution, serviceTimeMs: number): LineLaws {
  const { servers, offeredLoad, arrivalScv, variability, places } = line;
  const poisson = arrivalScv === 1;
  if (solution.impatience !== undefined) return impatientLaws(line, solution, serviceTimeMs);
  if (solution.serviceStretch !== undefined) return contendedLaws(line, solution, serviceTimeMs);
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

/** The servers slow each other down: all together they are as one that is that much faster, and service takes longer. */
function contendedLaws(line: Line, solution: LineSolution, serviceTimeMs: number): LineLaws {
  const { servers, offeredLoad, arrivalScv, variability, places, scalability = null, instances = 1 } = line;
  const servedMs = serviceTimeMs * (solution.serviceStretch ?? 1);
  if (scalability !== null && places !== null && places > 0 && variability === 1 && arrivalScv === 1) {
    const rate = instances * relativeCapacity(scalability, servers / instances);
    return withService(waitingLawMMcK(solution, rate, offeredLoad, places, serviceTimeMs), variability, servedMs);
  }
  const { waitProbability, conditionalMeanWait, conditionalScv } = solution;
  return fittedLaws(
    {
      waitProbability,
      conditionalMeanMs: conditionalMeanWait * serviceTimeMs,
      conditionalScv: places === null && variability === 1 ? 1 : conditionalScv,
    },
    variability,
    servedMs,
  );
}

/** Some requests give up: exact where Erlang-A is, else fitted to the moments of those who are served and who are not. */
function impatientLaws(line: Line, solution: LineSolution, serviceTimeMs: number): LineLaws {
  const { impatience, serviceStretch = 1 } = solution;
  if (impatience === undefined) throw new Error("impatientLaws: nobody gives up");
  const fittedTo = ({ waitProbability, conditionalMean, conditionalScv }: WaitOf): LatencyLaw =>
    fittedWaitingLaw({ waitProbability, conditionalMeanMs: conditionalMean * serviceTimeMs, conditionalScv });
  const { waiting, served, abandoned } =
    impatience.laws === null
      ? {
          waiting: fittedTo({
            waitProbability: solution.waitProbability,
            conditionalMean: solution.conditionalMeanWait,
            conditionalScv: solution.conditionalScv,
          }),
          served: fittedTo(impatience.served),
          abandoned: impatience.abandonedFraction > 0 ? fittedTo(impatience.abandoned) : null,
        }
      : exactLaws(impatience.laws(serviceTimeMs));
  const service = serviceTimeLaw(serviceTimeMs * serviceStretch, line.variability);
  return { waiting, served, abandoned, sojourn: sequence([served, service]) };
}

function exactLaws({ accepted, served, abandoned }: ImpatientLaws): Omit<LineLaws, "sojourn"> {
  return { waiting: accepted, served, abandoned };
}

/** Laws from moments of the wait; closed where wait and service are both exponential. */
export function fittedLaws(wait: WaitMoments, variability: number, serviceTimeMs: number): LineLaws {
  const waiting = fittedWaitingLaw(wait);
  if (variability !== 1 || wait.conditionalScv !== 1) return withService(waiting, variability, serviceTimeMs);
  return {
    waiting,
    served: waiting,
    abandoned: null,
    sojourn: exponentialSojournLaw(wait.waitProbability, wait.conditionalMeanMs, serviceTimeMs),
  };
}

function withService(waiting: LatencyLaw, variability: number, serviceTimeMs: number): LineLaws {
  const sojourn = sequence([waiting, serviceTimeLaw(serviceTimeMs, variability)]);
  return { waiting, served: waiting, abandoned: null, sojourn };
}
