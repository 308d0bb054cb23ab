import type { Exactness } from "../model/exactness.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { erlangC, meanWaitMMc } from "./erlang-c.ts";
import { solveMDc } from "./m-d-c.ts";
import { waitingLawMDc } from "./m-d-c-waiting-law.ts";
import { solveMPHc } from "./m-ph-c.ts";
import { type ExponentialTerm, waitingLawMPHc, waitTermsMPHc } from "./m-ph-c-waiting-law.ts";
import { erlangPhases, hyperexponentialPhases, type PhaseType } from "./phase-type.ts";
import { spreadCount } from "./servers-in-phases.ts";

/** Most servers for which M/G/c is solved numerically while a load dial moves: 0.1 ms for 5 servers, 1 ms for 16. */
const MOST_SERVERS_LIVE = 16;
/** Constant service takes less: 0.3 ms for as many. */
const MOST_SERVERS_CONSTANT = 64;
/** Waits below this many service times are left to the formulas, and so are loads as near as this to saturation. */
const LEAST_WAIT = 1e-11;
const LEAST_SPARE = 1e-7;
/** Below this probability of waiting the terms for regular service cancel, and nobody can tell. */
const LEAST_PROBABILITY = 1e-9;

/** M/G/c in units of the mean service time. */
export interface NumericalMGc {
  readonly waitProbability: number;
  readonly meanWait: number;
  readonly secondMomentOfWait: number;
  readonly exactness: Exactness;
  /** The law of the wait; null where it is to be fitted to the moments. */
  readonly waitingLaw: ((serviceTimeMs: number) => LatencyLaw) | null;
}

const solved = new Map<string, NumericalMGc>();
const MOST_SOLVED = 1000;

/**
 * M/G/c without a limit, by computation instead of a formula. Remembered.
 *
 * Constant service: M/D/c, exact, up to 64 servers. Hyperexponential service of two phases (variability above 1) and Erlang
 * service of two (1/√2) or more phases: M/PH/c, exact; for more than two phases only where that is no more work, and with
 * percentiles fitted to the exact probability and moments. Gamma service of other shapes lies between constant, Erlang-2 and
 * exponential service, all exact, by Kimura's form: M/M/c wait·(1 + c²) over the wait is nearly linear in c², and taken to be
 * quadratic. Its mean waits are within 0.4 % of exact and simulated ones; mixed Erlang service of the same two moments (Tijms
 * 1994) was 0.2–0.7 % off.
 *
 * @param servers c, an integer from 2
 * @param utilization ρ, above 0 and below 1
 * @param variability coefficient of variation of the service time, 0 or more, not 1
 * @param mostServers most servers for service other than constant: 32 take 15 ms, so that more than the default is for measuring
 * @returns null where the formulas are as good or this would take too long
 */
export function solveMGcNumerically(
  servers: number,
  utilization: number,
  variability: number,
  mostServers: number = MOST_SERVERS_LIVE,
): NumericalMGc | null {
  const most = variability === 0 ? MOST_SERVERS_CONSTANT : mostServers;
  if (servers > most || 1 - utilization < LEAST_SPARE) return null;
  if (meanWaitMMc(servers, servers * utilization) < LEAST_WAIT) return null;
  const key = `${servers} ${utilization} ${variability}`;
  const known = solved.get(key);
  if (known !== undefined) return known;
  if (solved.size >= MOST_SOLVED) solved.clear();
  const found = solve(servers, utilization, variability, mostServers);
  solved.set(key, found);
  return found;
}

function solve(servers: number, utilization: number, variability: number, mostServers: number): NumericalMGc {
  if (variability === 0) return constantService(servers, utilization);
  const scv = variability * variability;
  if (scv > 1) {
    return twoPhases(servers, utilization, hyperexponentialPhases(scv), exact("M/H2/c"));
  }
  const phases = Math.round(1 / scv);
  if (Math.abs(phases * scv - 1) < WHOLE_SHAPE && spreadCount(servers, phases) <= mostServers + 1) {
    const service = erlangPhases(phases);
    if (phases === 2) return twoPhases(servers, utilization, service, exact("M/E2/c"));
    const { waitProbability, meanWait, secondMomentOfWait } = solveMPHc(servers, utilization, service);
    return { waitProbability, meanWait, secondMomentOfWait, exactness: fittedErlang(phases), waitingLaw: null };
  }
  return betweenExact(servers, utilization, scv, mostServers);
}

/** A shape is whole if it differs by no more than this, relatively. */
const WHOLE_SHAPE = 1e-9;

function constantService(servers: number, utilization: number): NumericalMGc {
  const queue = solveMDc(servers, utilization);
  return {
    waitProbability: queue.waitProbability,
    meanWait: queue.meanWait,
    secondMomentOfWait: queue.secondMomentOfWait,
    exactness: {
      kind: "exact",
      model: "M/D/c",
      source: "Crommelin 1932; waiting time: Franx 2001",
      typicalErrorPercent: null,
    },
    waitingLaw: (serviceTimeMs) => waitingLawMDc(queue, serviceTimeMs),
  };
}

function twoPhases(servers: number, utilization: number, service: PhaseType, exactness: Exactness): NumericalMGc {
  const queue = solveMPHc(servers, utilization, service);
  const { waitProbability, meanWait, secondMomentOfWait } = queue;
  let terms: readonly ExponentialTerm[] | null = null;
  const termsOnce = (): readonly ExponentialTerm[] => {
    terms ??= waitTermsMPHc(servers, utilization, service, queue);
    return terms;
  };
  const waitingLaw =
    waitProbability < LEAST_PROBABILITY
      ? null
      : (serviceTimeMs: number): LatencyLaw => waitingLawMPHc(queue, termsOnce, serviceTimeMs);
  return { waitProbability, meanWait, secondMomentOfWait, exactness, waitingLaw };
}

/** For c² below 1: quadratic between what is exact at 0, ½ and 1. */
function betweenExact(servers: number, utilization: number, scv: number, mostServers: number): NumericalMGc {
  const constant = solveMGcNumerically(servers, utilization, 0);
  const half = solveMGcNumerically(servers, utilization, Math.SQRT1_2, mostServers);
  if (constant === null || half === null) throw new Error("betweenExact: an exact neighbour is missing");
  const load = servers * utilization;
  const exponential = meanWaitMMc(servers, load);
  const form = quadratic(scv, exponential / constant.meanWait, (1.5 * exponential) / half.meanWait, 2);
  const meanWait = ((1 + scv) * exponential) / form;
  const { waitProbability: atConstant } = constant;
  const waitProbability = quadratic(scv, atConstant, half.waitProbability, erlangC(servers, load));
  const shape = quadratic(scv, conditionalScvOf(constant), conditionalScvOf(half), 1);
  return {
    waitProbability,
    meanWait,
    secondMomentOfWait: ((1 + shape) * meanWait * meanWait) / waitProbability,
    exactness: BETWEEN_EXACT,
    waitingLaw: null,
  };
}

/** Squared coefficient of variation of the wait of those who wait. */
export function conditionalScvOf({ waitProbability, meanWait, secondMomentOfWait }: NumericalMGc): number {
  return (waitProbability * secondMomentOfWait) / (meanWait * meanWait) - 1;
}

/** Through the values at 0, ½ and 1. */
function quadratic(x: number, atZero: number, atHalf: number, atOne: number): number {
  return 2 * (x - 0.5) * (x - 1) * atZero - 4 * x * (x - 1) * atHalf + 2 * x * (x - 0.5) * atOne;
}

const LOGARITHMIC_REDUCTION = "quasi-birth-death process; Latouche and Ramaswami 1993";

function exact(model: string): Exactness {
  return { kind: "exact", model, source: LOGARITHMIC_REDUCTION, typicalErrorPercent: null };
}

function fittedErlang(phases: number): Exactness {
  return {
    kind: "approximation",
    model: `M/E${phases}/c, exact moments`,
    source: LOGARITHMIC_REDUCTION,
    typicalErrorPercent: 0.2,
  };
}

const BETWEEN_EXACT: Exactness = {
  kind: "approximation",
  model: "M/G/c between M/D/c, M/E2/c and M/M/c",
  source: "form of Kimura 1986 through exact values",
  typicalErrorPercent: 0.3,
};
