import type { Exactness } from "../model/exactness.ts";
import { type ErlangA, solveErlangA, type WaitOf } from "./erlang-a.ts";
import { type ImpatientLaws, waitingLawsErlangA } from "./erlang-a-waiting-law.ts";
import type { Line, LineSolution } from "./line.ts";
import { effectivePlaces } from "./mgck-effective-places.ts";

/** What becomes of those who give up. Times are in units of the mean service time. */
export interface Impatience {
  /** Share of the arrivals that gives up waiting. */
  readonly abandonedFraction: number;
  readonly served: WaitOf;
  readonly abandoned: WaitOf;
  /** The laws of waiting; null where they are to be fitted to the moments. */
  readonly laws: ((serviceTimeMs: number) => ImpatientLaws) | null;
}

/** A time is never stretched by less than this: constant service behind constant arrivals. */
const LEAST_STRETCH = 1e-3;

/**
 * A line whose customers give up after an exponential time. Erlang-A for exponential service and Poisson arrivals, exact. Else
 * Erlang-A in a stretched time: with g the mean wait without patience over that of M/M/c, requests that take g times as long and
 * come at 1/g of the rate, with the same patience. It gives back the wait that g came from as patience grows, Erlang's
 * loss formula (which is insensitive) as it vanishes, the fluid limit above capacity, and the reflected Ornstein–Uhlenbeck
 * limit of one busy server (Ward and Glynn 2003). Against Markov chains with Erlang-2 and hyperexponential service (c = 1 … 8,
 * ρ = 0.7 … 1.4, patience 0.5 … 10 service times) the share that gives up is 5 % off on average, at most 18 %.
 *
 * @param line with a patience
 * @param stretch g
 */
export function solveImpatient(line: Line, patience: number, stretch: number): LineSolution {
  const g = Math.max(LEAST_STRETCH, stretch);
  const isExact = line.variability === 1 && line.arrivalScv === 1;
  const room = line.places === null || isExact ? line.places : effectivePlaces(line.servers, line.places, 1 / g);
  const solve = (places: number | null): ErlangA =>
    solveErlangA({
      servers: line.servers,
      offeredLoad: line.offeredLoad,
      places,
      patience: patience / g,
      scalability: line.scalability ?? null,
      instances: line.instances ?? 1,
    });
  const queue = solve(room === null ? null : Math.round(room));
  const lower = room === null || Number.isInteger(room) ? queue : solve(Math.floor(room));
  const upper = room === null || Number.isInteger(room) ? queue : solve(Math.ceil(room));
  const part = room === null ? 0 : room - Math.floor(room);
  const between = (of: (solved: ErlangA) => number): number => (1 - part) * of(lower) + part * of(upper);
  const waitOf = (of: (solved: ErlangA) => WaitOf): WaitOf => ({
    waitProbability: between((solved) => of(solved).waitProbability),
    conditionalMean: g * between((solved) => of(solved).conditionalMean),
    conditionalScv: between((solved) => of(solved).conditionalScv),
  });
  const accepted = waitOf((solved) => solved.accepted);
  const rejectedFraction = between((solved) => solved.rejectedFraction);
  const abandonedFraction = between((solved) => solved.abandonedFraction);
  const through = line.offeredLoad * (1 - rejectedFraction - abandonedFraction);
  return {
    rejectedFraction,
    waitProbability: accepted.waitProbability,
    // Between two numbers of places: who gives up does so at the rate of the number waiting over the patience (Little 1961).
    conditionalMeanWait:
      part === 0 || accepted.waitProbability === 0
        ? accepted.conditionalMean
        : (abandonedFraction * patience) / ((1 - rejectedFraction) * accepted.waitProbability),
    conditionalScv: accepted.conditionalScv,
    ...(line.scalability == null ? {} : { serviceStretch: between((solved) => solved.busy) / through }),
    impatience: {
      abandonedFraction,
      served: waitOf((solved) => solved.served),
      abandoned: waitOf((solved) => solved.abandoned),
      laws: part === 0 ? (serviceTimeMs) => waitingLawsErlangA(queue, g * serviceTimeMs) : null,
    },
    exactness: exactnessOf(line, isExact),
  };
}

function exactnessOf(line: Line, isExact: boolean): Exactness {
  const room = line.places === null ? "c" : "c/K";
  const contended = line.scalability == null ? "" : ", servers that slow each other";
  if (isExact) {
    return {
      kind: line.scalability == null ? "exact" : "approximation",
      model: `M/M/${room}+M (Erlang-A${contended})`,
      source: "Palm 1957; Garnett, Mandelbaum and Reiman 2002",
      typicalErrorPercent: line.scalability == null ? null : 1,
    };
  }
  return {
    kind: "approximation",
    model: `${line.arrivalScv === 1 ? "M" : "GI"}/G/${room}+M by Erlang-A in a stretched time${contended}`,
    source: "Garnett, Mandelbaum and Reiman 2002; scaling after Ward and Glynn 2003",
    typicalErrorPercent: 5,
  };
}
