import type { Exactness } from "../model/exactness.ts";
import type { Scalability } from "../model/program.ts";
import type { Line, LineSolution } from "./line.ts";
import { conditionalWaitScv } from "./mg1.ts";
import { effectivePlaces } from "./mgck-effective-places.ts";
import { statesBelow } from "./states-below.ts";
import { scaledGeometricSum, truncatedGeometricMean, truncatedGeometricVariance } from "./truncated-geometric.ts";

/**
 * A line whose servers slow each other down: a birth–death queue in which n busy servers do what the universal scalability law
 * says (Gunther 1993). With exponential service and Poisson arrivals every figure is exact; times in service are taken to be
 * exponential, stretched by the mean. Other service and arrivals change the wait by the factor g that they change that of
 * M/G/c at the same load, and the worth of a waiting place by 1/g. Null when more is offered than all servers together
 * do, which past N* = √((1 − α)/β) is less than fewer of them could do: an open stream keeps a line in front of all of them.
 *
 * @param line without a patience
 * @param stretch g
 */
export function solveContended(line: Line, scalability: Scalability, stretch: number): LineSolution | null {
  const { servers, offeredLoad, arrivalScv, variability, places, instances = 1 } = line;
  const { top, below, busyBelow, rate } = statesBelow(servers, offeredLoad, scalability, instances);
  const isExact = variability === 1 && arrivalScv === 1;
  if (places === null && offeredLoad >= rate) return null;
  const ratio = offeredLoad / rate;
  const logRatio = Math.log(ratio);
  const room = places === null || isExact ? places : effectivePlaces(servers, places, 1 / Math.max(1e-3, stretch));
  const waiting = room === null ? 1 / (1 - ratio) : scaledGeometricSum(logRatio, room);
  // With more places than are ever needed the weights of the line are scaled down to the last of them.
  const scale = room === null ? 1 : Math.exp(-Math.max(0, logRatio) * room);
  const full = room === null ? 0 : top * Math.exp(Math.min(0, logRatio) * room);
  const found = top * waiting;
  const entered = scale * below + found;
  const rejectedFraction = full / (entered + full);
  const busy = (scale * busyBelow + servers * (found + full)) / (entered + full);
  const stages = room === null ? 1 / (1 - ratio) : room === 0 ? 1 : truncatedGeometricMean(logRatio, room) + 1;
  const variance =
    room === null ? stages * stages : room === 0 ? 1 : stages + truncatedGeometricVariance(logRatio, room);
  return {
    rejectedFraction,
    waitProbability: room === 0 ? 0 : found / entered,
    conditionalMeanWait: (stages / rate) * (isExact ? 1 : stretch),
    conditionalScv:
      (variance / (stages * stages)) * (isExact ? 1 : conditionalWaitScv(Math.min(1, ratio), variability)),
    serviceStretch: Math.max(1, busy / (offeredLoad * (1 - rejectedFraction))),
    exactness: contentionExactness(isExact),
  };
}

function contentionExactness(isExact: boolean): Exactness {
  return {
    kind: "approximation",
    model: isExact ? "M/M/c with servers that slow each other" : "M/G/c with servers that slow each other",
    source: "universal scalability law: Gunther 1993; birth–death: Kleinrock 1975, section 3.1",
    typicalErrorPercent: isExact ? 1 : 5,
  };
}
