import { constantLaw } from "../latency/constant-law.ts";
import { hyperexponentialLaw } from "../latency/hyperexponential-law.ts";
import { mixture } from "../latency/mixture.ts";
import { sequence } from "../latency/sequence.ts";
import { serviceTimeLaw } from "../latency/service-time-law.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { Scalability } from "../model/program.ts";
import {
  type ExponentialMixture,
  exponentialMixtureLaw,
  type SharedServers,
  sojournProcessorSharing,
} from "./mmc-processor-sharing.ts";
import { sharingVariance, sharingVarianceByPhase } from "./processor-sharing-variance.ts";
import { balancedHyperexponential } from "./service-moments.ts";
import { fittedWaitingLaw } from "./waiting-law.ts";

/** Servers that are shared, by what they do on average. */
export interface SharedQueue {
  readonly servers: number;
  /** Erlang; where it is not known what exponential requests meet, the load at which M/M/c has this slowdown. */
  readonly offeredLoad: number;
  readonly places: number | null;
  readonly scalability: Scalability | null;
  /** Equal instances that have the servers. */
  readonly instances: number;
  /** Mean sojourn over mean service time, 1 or more: the same whatever is asked for. */
  readonly slowdown: number;
  /** Probability that an arrival finds all servers busy. */
  readonly busyProbability: number;
  /** Coefficient of variation of the service time. */
  readonly variability: number;
}

export interface SharingLaws {
  /** What sharing adds to the service time; not independent of it. */
  readonly added: LatencyLaw;
  readonly sojourn: LatencyLaw;
}

/**
 * The sojourn under processor sharing, and how much longer it is than the service. For exponential service exact; for other
 * service the mean is exact with Poisson arrivals (Sakata, Noguchi and Oizumi 1971; insensitivity: Kelly 1979) and the law an
 * approximation: the variance is that of M/M/c, times the ratio that the service law makes with one server (Yashkov 1983), and
 * the law is fitted to it: service plus an independent time for regular service, two moments a phase for hyperexponential.
 *
 * @param serviceTimeMs above 0
 */
export function sharingLaws(queue: SharedQueue, serviceTimeMs: number): SharingLaws {
  const { slowdown, variability } = queue;
  const service = serviceTimeLaw(serviceTimeMs, variability);
  const addedMean = slowdown - 1;
  if (addedMean <= NO_SHARING) return { added: constantLaw(0), sojourn: service };
  const mixed = exponentialSojourn(queue);
  // Of one server with the same slowdown.
  const utilization = Math.min(FULL, addedMean / slowdown);
  const spread = Math.max(0, varianceOf(mixed) - slowdown * slowdown) / sharingVariance(utilization, 1);
  const variance = spread * sharingVariance(utilization, variability);
  const scv = variability * variability;
  const added = (secondMoment: number): LatencyLaw => {
    const probability = Math.min(1, addedProbability(queue, utilization));
    return fittedWaitingLaw({
      waitProbability: probability,
      conditionalMeanMs: (addedMean / probability) * serviceTimeMs,
      conditionalScv: Math.max(0, (secondMoment * probability) / (addedMean * addedMean) - 1),
    });
  };
  const square = addedMean * addedMean;
  return {
    added: added(variance + (1 + scv) * square),
    sojourn:
      variability === 1
        ? exponentialMixtureLaw(mixed, serviceTimeMs)
        : variability < 1
          ? sequence([service, added(variance + scv * (slowdown * slowdown - 1) + square)])
          : hyperexponentialSojourn(queue, utilization, spread, serviceTimeMs),
  };
}

/** Only the ratio of two variances is taken, which have no number at saturation. */
const FULL = 1 - 1e-9;
/** So little is added by rounding. */
const NO_SHARING = 1e-12;
/** Loads nearer to saturation than this are not solved; their sojourns are those of this load, longer. */
const HEAVY = 0.99;

function exponentialSojourn(shared: SharedQueue): ExponentialMixture {
  const { servers, offeredLoad, places, scalability, instances, slowdown } = shared;
  const queue: SharedServers = { servers, offeredLoad, places, scalability, instances };
  const heavy: SharedServers = { ...queue, offeredLoad: HEAVY * servers, places: null, scalability: null };
  const solved = sojournProcessorSharing(queue) ?? sojournProcessorSharing(heavy);
  if (solved === null) return { weights: [1], means: [slowdown] };
  const mean = solved.weights.reduce((sum, weight, k) => sum + weight * (solved.means[k] ?? 0), 0);
  return { weights: solved.weights, means: solved.means.map((part) => (part * slowdown) / mean) };
}

function varianceOf({ weights, means }: ExponentialMixture): number {
  let mean = 0;
  let second = 0;
  for (const [k, weight] of weights.entries()) {
    mean += weight * (means[k] ?? 0);
    second += 2 * weight * (means[k] ?? 0) ** 2;
  }
  return second - mean * mean;
}

/** One minus the probability of a server of one's own all the time; with one server, of nobody there and nobody coming. */
function addedProbability(queue: SharedQueue, utilization: number): number {
  const { servers, busyProbability, variability, scalability, slowdown } = queue;
  // Servers that slow each other down add to every service, not only to those that find all of them busy.
  if (servers > 1) return scalability === null ? busyProbability : Math.max(busyProbability, Math.min(1, slowdown - 1));
  const scv = variability * variability;
  const nobodyComes = scv === 0 ? Math.exp(-utilization) : (1 + scv * utilization) ** (-1 / scv);
  return 1 - (1 - busyProbability) * nobodyComes;
}

/** Each phase asks for an exponential time of its own; its sojourn has a decreasing density. */
function hyperexponentialSojourn(
  { slowdown, variability }: SharedQueue,
  utilization: number,
  spread: number,
  serviceTimeMs: number,
): LatencyLaw {
  const { probabilities, means } = balancedHyperexponential(variability * variability);
  const variances = sharingVarianceByPhase(utilization, variability);
  return mixture(
    ([0, 1] as const).map((phase) => {
      const mean = slowdown * means[phase];
      const scv = 1 + (spread * variances[phase]) / (mean * mean);
      return { probability: probabilities[phase], law: hyperexponentialLaw(mean * serviceTimeMs, scv) };
    }),
  );
}
