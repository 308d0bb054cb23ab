import type { Exactness } from "../model/exactness.ts";
import type { Scalability } from "../model/program.ts";
import type { WaitOf } from "./erlang-a.ts";
import { meanWaitMMc } from "./erlang-c.ts";
import { conditionalWaitJoinShortestQueue, waitRatioJoinShortestQueue } from "./join-shortest-queue.ts";
import { type Line, type LineSolution, solveLine } from "./line.ts";
import { conditionalWaitScv } from "./mg1.ts";
import { conditionalScvTwoChoices, meanWaitTwoChoices, waitProbabilityTwoChoices } from "./power-of-two-choices.ts";
import { LONGEST_ROOM, meanFieldLossTwoChoices } from "./two-choices-loss.ts";
import { sustainedServers } from "./universal-scalability.ts";

/** Several identical queues among which arrivals choose by their lengths. */
export interface BalancedQueues {
  readonly queues: number;
  /** Servers of one queue. */
  readonly servers: number;
  /** Of all queues together, in Erlang, above 0. */
  readonly offeredLoad: number;
  readonly arrivalScv: number;
  readonly variability: number;
  /** Waiting places of one queue; null for no limit. */
  readonly places: number | null;
  /** See `Line`. */
  readonly patience: number | null;
  readonly scalability: Scalability | null;
}

/**
 * Least connections: the pooled queue M/G/(N·c) with its mean wait and wait probability multiplied by the factors of "join
 * the shortest queue" for exponential service. From saturation on the factors are 1. The loss is that of the pooled queue, which
 * is 20–30 % low with one or two places a queue below saturation, and 8 % with five. Null without a steady state.
 */
export function solveJoinShortestQueue(balanced: BalancedQueues): LineSolution | null {
  const { queues, servers, places } = balanced;
  const pooled = solveLine(pooledLine(balanced));
  if (pooled === null) return null;
  const utilization = carriedUtilization(balanced, pooled);
  const ratio = waitRatioJoinShortestQueue(queues, servers, utilization);
  const shorter = utilization >= 1 ? 1 : (ratio * (1 - utilization ** queues)) / (queues * (1 - utilization));
  const probabilityRatio = Math.min(1, shorter);
  const pooledShape = shapeOfWait(utilization, balanced.variability);
  const single =
    servers === 1 &&
    balanced.variability === 1 &&
    balanced.arrivalScv === 1 &&
    places === null &&
    balanced.patience === null;
  const moments = {
    waitProbability: pooled.waitProbability * probabilityRatio,
    conditionalMeanWait: (pooled.conditionalMeanWait * ratio) / probabilityRatio,
    conditionalScv: pooled.conditionalScv * (shapeOfWait(utilization ** queues, balanced.variability) / pooledShape),
  };
  return {
    rejectedFraction: pooled.rejectedFraction,
    ...moments,
    ...withPatience(balanced, pooled, { ...moments, rejectedFraction: pooled.rejectedFraction }),
    exactness:
      places === 0 && balanced.arrivalScv === 1
        ? pooled.exactness
        : approximation(
            "join the shortest queue, over M/G/c pooled",
            JSQ_SOURCE,
            single ? 1 : places === null ? 5 : 10,
          ),
  };
}

/**
 * Power of two choices. Single exponential servers: the mean-field limit with a correction of order 1/N. Several servers or a
 * limit: the mean wait stands between those of join the shortest queue and of random splitting (geometrically) where it
 * stands for single servers, nearer to the former the more servers a queue has. Other service or arrivals change the wait
 * as they change that of one queue. Null without a steady state.
 */
export function solvePowerOfTwoChoices(balanced: BalancedQueues): LineSolution | null {
  const { queues, servers, arrivalScv, variability, places } = balanced;
  const shortest = solveJoinShortestQueue(balanced);
  if (shortest === null || queues === 2) return shortest;
  const utilization = carriedUtilization(balanced, shortest);
  if (balanced.patience !== null) return impatientTwoChoices(balanced, shortest, utilization);
  const loss = lossTwoChoices(balanced);
  if (utilization >= 1) {
    const rejectedFraction = loss ?? shortest.rejectedFraction;
    const exactness = approximation("power of two choices", POD_SOURCE, 10);
    return { ...shortest, rejectedFraction, exactness };
  }
  const poisson = { ...balanced, arrivalScv: 1, variability: 1 };
  const exponential = solveJoinShortestQueue(poisson);
  const randomExponential = solveLine(oneQueue(poisson));
  const random = solveLine(oneQueue(balanced));
  if (exponential === null || randomExponential === null || random === null) return null;
  const position = positionTwoChoices(queues, servers, utilization);
  const single = servers === 1 && places === null;
  const waitExponential = single
    ? meanWaitTwoChoices(queues, utilization)
    : between(waitOf(exponential), waitOf(randomExponential), position);
  const perQueue = waitOf(randomExponential) === 0 ? 0 : waitOf(random) / waitOf(randomExponential);
  const meanWait = waitExponential * (perQueue > 1 ? perQueue ** IRREGULAR_SERVICE : perQueue);
  const waitProbability = Math.min(
    random.waitProbability,
    probabilityTwoChoices(queues, servers, utilization, waitExponential),
  );
  const behind = waitExponential === 0 ? 0 : 1 - Math.min(1, waitProbability / (servers * waitExponential));
  const spread = 1 - (1 - conditionalScvTwoChoices(queues, utilization)) / Math.sqrt(servers);
  const rejectedFraction = loss ?? shortest.rejectedFraction;
  const moments = {
    waitProbability,
    conditionalMeanWait: waitProbability === 0 ? 0 : meanWait / waitProbability,
    conditionalScv:
      Math.min(1, spread) *
      random.conditionalScv *
      (shapeOfWait(behind, variability) / shapeOfWait(utilization, variability)),
  };
  return {
    rejectedFraction,
    ...moments,
    ...(shortest.serviceStretch === undefined ? {} : { serviceStretch: shortest.serviceStretch }),
    exactness: approximation(
      "power of two choices",
      POD_SOURCE,
      single && arrivalScv === 1 && variability === 1 ? 1 : 10,
    ),
  };
}

/**
 * The loss of two choices, for service of any variation: the mean-field limit, and with weight 2/N two queues, where the policy
 * is join the shortest queue. Null where the room is so long that it is left to the caller.
 */
function lossTwoChoices(balanced: BalancedQueues): number | null {
  const { queues, servers, offeredLoad, places } = balanced;
  if (places === null) return 0;
  if (servers + places > LONGEST_ROOM) return null;
  const two = solveJoinShortestQueue({ ...balanced, queues: 2, offeredLoad: (2 * offeredLoad) / queues });
  const limit = meanFieldLossTwoChoices(servers, offeredLoad / (queues * servers), places);
  return two === null ? null : (1 - 2 / queues) * limit + (2 / queues) * two.rejectedFraction;
}

/**
 * Squared coefficient of variation of the wait of those who wait, as in M/G/1 at the load at which M/M/1 has the same mean: of
 * a geometric number of services with the first one under way.
 */
function shapeOfWait(load: number, variability: number): number {
  return conditionalWaitScv(Math.max(0, load), variability);
}

/** A choice of two avoids part of what irregular service does to one queue; fitted to simulations with c² = 4. */
const IRREGULAR_SERVICE = 0.85;

function waitOf(queue: Pick<LineSolution, "waitProbability" | "conditionalMeanWait">): number {
  const { waitProbability, conditionalMeanWait } = queue;
  return waitProbability * conditionalMeanWait;
}

/** Offered work over what all servers can do; where requests give up, only what is served counts. */
function carriedUtilization(balanced: BalancedQueues, { rejectedFraction, impatience }: LineSolution): number {
  const offered = balanced.offeredLoad / sustainedServers(balanced);
  if (impatience === undefined) return offered;
  return Math.min(1 - 1e-9, offered * (1 - rejectedFraction - impatience.abandonedFraction));
}

/** Two choices with a patience: losses and waits stand between those of the shortest queue and of a random one, as waits do without. */
function impatientTwoChoices(
  balanced: BalancedQueues,
  shortest: LineSolution,
  utilization: number,
): LineSolution | null {
  const random = solveLine(oneQueue(balanced));
  if (random === null) return null;
  const position = positionTwoChoices(balanced.queues, balanced.servers, utilization);
  const mix = (of: (solution: LineSolution) => number): number => (1 - position) * of(shortest) + position * of(random);
  const waitOfKind = (kind: "served" | "abandoned"): WaitOf => ({
    waitProbability: mix(({ impatience }) => impatience?.[kind].waitProbability ?? 0),
    conditionalMean: mix(({ impatience }) => impatience?.[kind].conditionalMean ?? 0),
    conditionalScv: mix(({ impatience }) => impatience?.[kind].conditionalScv ?? 1),
  });
  const rejectedFraction = mix((solution) => solution.rejectedFraction);
  const abandonedFraction = mix(({ impatience }) => impatience?.abandonedFraction ?? 0);
  const waitProbability = mix((solution) => solution.waitProbability);
  const delayed = (1 - rejectedFraction) * waitProbability;
  return {
    rejectedFraction,
    waitProbability,
    conditionalMeanWait: delayed === 0 ? 0 : (abandonedFraction * (balanced.patience ?? 0)) / delayed,
    conditionalScv: mix((solution) => solution.conditionalScv),
    ...(shortest.serviceStretch === undefined
      ? {}
      : { serviceStretch: mix(({ serviceStretch = 1 }) => serviceStretch) }),
    impatience: { abandonedFraction, served: waitOfKind("served"), abandoned: waitOfKind("abandoned"), laws: null },
    exactness: approximation("power of two choices", POD_SOURCE, 10),
  };
}

/**
 * Who gives up, from a mean wait: 1/patience times the number waiting (Little 1961). Those who are served and those who give up
 * wait longer by the same factor than in the line that they are compared with.
 */
function withPatience(
  { patience }: BalancedQueues,
  line: LineSolution,
  queue: Pick<LineSolution, "rejectedFraction" | "waitProbability" | "conditionalMeanWait">,
): Pick<LineSolution, "impatience" | "serviceStretch"> {
  const stretch = line.serviceStretch === undefined ? {} : { serviceStretch: line.serviceStretch };
  if (patience === null || line.impatience === undefined) return stretch;
  const { served, abandoned } = line.impatience;
  const accepted = 1 - queue.rejectedFraction;
  const longer = line.conditionalMeanWait === 0 ? 1 : queue.conditionalMeanWait / line.conditionalMeanWait;
  const likelier = line.waitProbability === 0 ? 1 : queue.waitProbability / line.waitProbability;
  const scaled = (wait: WaitOf): WaitOf => ({ ...wait, conditionalMean: wait.conditionalMean * longer });
  return {
    ...stretch,
    impatience: {
      abandonedFraction: Math.min(accepted, (accepted * waitOf(queue)) / patience),
      served: { ...scaled(served), waitProbability: Math.min(1, served.waitProbability * likelier) },
      abandoned: scaled(abandoned),
      laws: null,
    },
  };
}

/** One of the queues when arrivals are split at random. */
function oneQueue(balanced: BalancedQueues): Line {
  const { queues, servers, offeredLoad, arrivalScv, variability, places, patience, scalability } = balanced;
  return {
    servers,
    patience,
    scalability,
    offeredLoad: offeredLoad / queues,
    arrivalScv: 1 + (arrivalScv - 1) / queues,
    variability,
    places,
  };
}

const JSQ_SOURCE = "table by simulation; form after Nelson and Philips 1989";
const POD_SOURCE = "Mitzenmacher 2001; correction of order 1/N: Gast and Van Houdt 2017";

/** Waits below this are nothing, and their logarithms are cut. */
const LEAST_WAIT = 1e-300;
/** The largest number of queues in the simulations that the dependence on the servers was fitted to. */
const MOST_FITTED = 32;

/** a^(1−p)·b^p. */
function between(a: number, b: number, position: number): number {
  if (b === 0) return 0;
  return Math.exp((1 - position) * Math.log(Math.max(a, LEAST_WAIT)) + position * Math.log(Math.max(b, LEAST_WAIT)));
}

/** Where two choices stand between join the shortest queue (0) and random splitting (1), by the logarithm of the mean wait. */
function positionTwoChoices(queues: number, servers: number, utilization: number): number {
  const shortest = waitShortest(queues, 1, utilization);
  const random = utilization / (1 - utilization);
  const apart = Math.log(random / shortest);
  if (!(apart > 0)) return 0;
  const single = Math.log(meanWaitTwoChoices(queues, utilization) / shortest) / apart;
  return Math.min(1, Math.max(0, single)) * servers ** (-0.9 / Math.min(queues, MOST_FITTED));
}

function waitShortest(queues: number, servers: number, utilization: number): number {
  const total = queues * servers;
  const ratio = waitRatioJoinShortestQueue(queues, servers, utilization);
  return Math.max(LEAST_WAIT, ratio * meanWaitMMc(total, utilization * total));
}

/** From the mean wait of exponential service and the mean of those who wait, which nears that of the shortest queue. */
function probabilityTwoChoices(queues: number, servers: number, utilization: number, meanWait: number): number {
  const single = waitProbabilityTwoChoices(queues, utilization);
  if (servers === 1 || utilization === 0) return single;
  const conditional = between(
    conditionalWaitJoinShortestQueue(queues, 1, utilization),
    meanWaitTwoChoices(queues, utilization) / single,
    1 / Math.sqrt(servers),
  );
  return (meanWait * servers) / conditional;
}

function pooledLine(balanced: BalancedQueues): Line {
  const { queues, servers, offeredLoad, arrivalScv, variability, places, patience, scalability } = balanced;
  return {
    servers: queues * servers,
    instances: queues,
    patience,
    scalability,
    offeredLoad,
    arrivalScv,
    variability,
    places: places === null ? null : queues * places,
  };
}

function approximation(model: string, source: string, typicalErrorPercent: number): Exactness {
  return { kind: "approximation", model, source, typicalErrorPercent };
}
