import type { Exactness } from "../model/exactness.ts";
import type { Scalability } from "../model/program.ts";
import { solveContended } from "./contended-line.ts";
import { waitProbabilityErlangM1, waitProbabilityErlangMMc } from "./erlang-arrivals.ts";
import { erlangC, meanWaitMMc } from "./erlang-c.ts";
import { waitProbabilityGG1, waitRatioGG1 } from "./gg1-kraemer-langenbach-belz.ts";
import { waitRatioGGc } from "./ggc-whitt.ts";
import { type Impatience, solveImpatient } from "./impatient-line.ts";
import { conditionalWaitScv, meanWaitMG1 } from "./mg1.ts";
import { departureWeights, solveMG1K } from "./mg1k.ts";
import { waitRatioMGc } from "./mgc-kimura.ts";
import { conditionalScvOf, type NumericalMGc, solveMGcNumerically } from "./mgc-numerical.ts";
import { solveWithEffectivePlaces } from "./mgck-effective-places.ts";
import { type FiniteQueue, solveMMcK } from "./mmck.ts";
import { relativeCapacity } from "./universal-scalability.ts";

/** One waiting line in front of its servers. */
export interface Line {
  readonly servers: number;
  /** In Erlang, above 0. */
  readonly offeredLoad: number;
  readonly arrivalScv: number;
  /** Phases of the times between arrivals where these are known to be Erlang times; null or left out otherwise. */
  readonly arrivalPhases?: number | null;
  /** Coefficient of variation of the service time. */
  readonly variability: number;
  /** Waiting places; null for no limit. */
  readonly places: number | null;
  /** Mean of the exponential time after which a waiting customer gives up, in mean service times; null or left out for never. */
  readonly patience?: number | null;
  /** How the servers of one of the `instances` slow each other down; null or left out for not at all. */
  readonly scalability?: Scalability | null;
  /** Equal instances that share the line; counts for `scalability` only. Default 1. */
  readonly instances?: number;
}

/** Times are in units of the mean service time. */
export interface LineSolution extends FiniteQueue {
  readonly exactness: Exactness;
  /** What becomes of those who give up; left out where nobody does. `waitProbability` and so on are then of all accepted. */
  readonly impatience?: Impatience;
  /** Mean time in service over the mean service time: above 1 where servers slow each other down. Default 1. */
  readonly serviceStretch?: number;
}

/** The steady state of a line, by the best model for its kind; null when it has none (no limit, and ρ of 1 or more). */
export function solveLine(line: Line): LineSolution | null {
  const { patience = null, scalability = null, servers, instances = 1 } = line;
  if (patience !== null || scalability !== null) {
    const each = scalability === null ? servers : instances * relativeCapacity(scalability, servers / instances);
    const offeredLoad = (line.offeredLoad * servers) / each;
    // Of the same line with patient customers and servers that do as much undisturbed as these do together.
    const isExact = line.variability === 1 && line.arrivalScv === 1;
    const stretch = isExact ? 1 : waitRatio({ ...line, offeredLoad });
    if (patience !== null) return solveImpatient(line, patience, stretch);
    if (scalability !== null) return solveContended(line, scalability, stretch);
  }
  return line.places === null ? solveUnlimited(line) : solveLimited(line, line.places);
}

/** Mean wait over that of M/M/c at the same load; at saturation and above its limit (ca² + cs²)/2. */
function waitRatio(line: Line): number {
  const { servers, offeredLoad, arrivalScv, variability } = line;
  const utilization = Math.min(1, offeredLoad / servers);
  const serviceScv = variability * variability;
  const erlang = solveErlangArrivals(line);
  if (erlang !== null) {
    return (erlang.waitProbability * erlang.conditionalMeanWait) / meanWaitMMc(servers, offeredLoad);
  }
  if (servers === 1) return waitRatioGG1(utilization, arrivalScv, serviceScv);
  const numerical = numericalMGc(line);
  if (numerical !== null) return numerical.meanWait / meanWaitMMc(servers, offeredLoad);
  if (arrivalScv === 1 && serviceScv <= 4) return waitRatioMGc(servers, utilization, serviceScv);
  const ratio = waitRatioGGc(servers, utilization, arrivalScv, serviceScv);
  if (arrivalScv >= 1) return ratio;
  // Regular arrivals help several servers at least as much as one, which Whitt's formula misses: E2/D/4 at ρ = 0.9 is 12 %
  // too high without this bound, 8 % with it. For regular service it allows for what several servers lose.
  const shared = waitRatioMGc(servers, utilization, Math.min(1, serviceScv)) / ((1 + Math.min(1, serviceScv)) / 2);
  return Math.min(ratio, waitRatioGG1(utilization, arrivalScv, serviceScv) * Math.max(1, shared));
}

/** The line without its limit by computation, for several servers and Poisson arrivals; null where a formula is to be used. */
export function numericalMGc({ servers, offeredLoad, arrivalScv, variability }: Line): NumericalMGc | null {
  if (servers === 1 || arrivalScv !== 1 || variability === 1 || offeredLoad >= servers) return null;
  return solveMGcNumerically(servers, offeredLoad / servers, variability);
}

/** Beyond this many arrival phases of all servers together the exact solution takes more than a millisecond. */
const MOST_PHASES = 100_000;

/** Waits this short would leave the range of numbers. */
const NO_WAIT = 1e-150;

/** E_N/M/c without its limit; null for other lines, and from saturation on. */
function solveErlangArrivals({ servers, offeredLoad, arrivalPhases, variability }: Line): LineSolution | null {
  const phases = arrivalPhases ?? null;
  if (phases === null || phases === 1 || variability !== 1 || offeredLoad >= servers) return null;
  if (phases * servers > MOST_PHASES || meanWaitMMc(servers, offeredLoad) < NO_WAIT) return null;
  const utilization = offeredLoad / servers;
  const allWait = waitProbabilityErlangM1(phases, utilization);
  return {
    rejectedFraction: 0,
    waitProbability: servers === 1 ? allWait : waitProbabilityErlangMMc(phases, servers, utilization),
    conditionalMeanWait: 1 / (servers * (1 - allWait)),
    conditionalScv: 1,
    exactness:
      servers === 1
        ? exact("E_N/M/1 (round robin)", "Kleinrock 1975, section 6.4")
        : exact("E_N/M/c (round robin)", "Takács 1962 (GI/M/c)"),
  };
}

function solveUnlimited(line: Line): LineSolution | null {
  const { servers, offeredLoad, arrivalScv, variability } = line;
  if (offeredLoad >= servers) return null;
  const erlang = solveErlangArrivals(line);
  if (erlang !== null) return erlang;
  const numerical = numericalMGc(line);
  if (numerical !== null) {
    return {
      rejectedFraction: 0,
      waitProbability: numerical.waitProbability,
      conditionalMeanWait: numerical.meanWait / numerical.waitProbability,
      conditionalScv: conditionalScvOf(numerical),
      exactness: numerical.exactness,
    };
  }
  const utilization = offeredLoad / servers;
  const single =
    arrivalScv === 1 ? utilization : waitProbabilityGG1(utilization, arrivalScv, variability * variability);
  const waitProbability = erlangC(servers, offeredLoad) * (utilization === 0 ? 1 : single / utilization);
  const meanWait =
    servers === 1 && arrivalScv === 1
      ? meanWaitMG1(utilization, variability)
      : waitRatio(line) * meanWaitMMc(servers, offeredLoad);
  return {
    rejectedFraction: 0,
    waitProbability: meanWait === 0 ? 0 : waitProbability,
    conditionalMeanWait: waitProbability === 0 ? 0 : meanWait / waitProbability,
    conditionalScv: conditionalWaitScv(utilization, variability),
    exactness: exactnessUnlimited(line),
  };
}

function solveLimited(line: Line, places: number): LineSolution {
  const { servers, offeredLoad, arrivalScv, variability } = line;
  const utilization = offeredLoad / servers;
  if (arrivalScv === 1) {
    if (variability === 1 || places === 0) {
      const source = places === 0 ? ERLANG_LOSS : BIRTH_DEATH;
      return { ...solveMMcK(servers, offeredLoad, places), exactness: source };
    }
    const exact = servers === 1 ? solveMG1K(utilization, variability, places) : null;
    if (exact !== null) return { ...exact, exactness: EMBEDDED_CHAIN };
  }
  const limited = solveWithEffectivePlaces(servers, offeredLoad, places, {
    waitRatio: waitRatio(line),
    // The tail of M/G/c falls like that of M/G/1 with the same ρ (Tijms 2003, section 9.6).
    logDecay: arrivalScv === 1 ? (departureWeights(utilization, variability)?.logRatio ?? null) : null,
    conditionalScv: conditionalWaitScv(utilization, variability),
  });
  return { ...limited, exactness: EFFECTIVE_PLACES };
}

const BIRTH_DEATH: Exactness = exact("M/M/c/K", "Kleinrock 1975, section 3.6");
const ERLANG_LOSS: Exactness = exact("Erlang loss (M/G/c/c)", "Erlang 1917; insensitivity: Sevastyanov 1957");
const EMBEDDED_CHAIN: Exactness = exact("M/G/1/K", "Kendall 1953; recursion: Ramaswami 1988");
const EFFECTIVE_PLACES: Exactness = {
  kind: "approximation",
  model: "M/G/c/K by effective waiting places",
  source: "Kimura 1996; MacGregor Smith 2003",
  typicalErrorPercent: 4,
};

function exactnessUnlimited({ servers, offeredLoad, arrivalScv, variability }: Line): Exactness {
  const utilization = offeredLoad / servers;
  if (arrivalScv !== 1) {
    return servers === 1
      ? approximation("GI/G/1", "Krämer and Langenbach-Belz 1976", 5)
      : approximation("GI/G/c", "Whitt 1993, equations 2.10–2.25", 8);
  }
  if (variability === 1) {
    return servers === 1
      ? exact("M/M/1", "Kleinrock 1975, section 3.2")
      : exact("M/M/c", "Erlang 1917 (delay formula)");
  }
  if (servers === 1) return exact("M/G/1", "Pollaczek 1930, Khinchine 1932; Takács 1962");
  const scv = variability * variability;
  if (scv > 4) return approximation("M/G/c", "Whitt 1993, equations 2.10–2.25", utilization < 0.85 ? 9 : 2);
  const column = scv <= 1 ? [4, 0.4, 0.1] : scv <= 2 ? [2.2, 1.2, 0.3] : [7.2, 1.4, 0.9];
  const error = column[utilization < 0.6 ? 0 : utilization < 0.85 ? 1 : 2] ?? null;
  return scv === 0 ? approximation("M/D/c", "Cosmetatos 1975", error) : approximation("M/G/c", "Kimura 1986", error);
}

function exact(model: string, source: string): Exactness {
  return { kind: "exact", model, source, typicalErrorPercent: null };
}

function approximation(model: string, source: string, typicalErrorPercent: number | null): Exactness {
  return { kind: "approximation", model, source, typicalErrorPercent };
}
