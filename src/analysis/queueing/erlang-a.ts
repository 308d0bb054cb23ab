import type { Scalability } from "../model/program.ts";
import { harmonicSums } from "./harmonic-sums.ts";
import { statesBelow } from "./states-below.ts";

/** A waiting line whose customers give up. Times are in units of the mean service time. */
export interface ImpatientLine {
  /** c, an integer from 1. */
  readonly servers: number;
  /** a in Erlang, above 0; may exceed c. */
  readonly offeredLoad: number;
  /** Waiting places, an integer of 0 or more; null for no limit. */
  readonly places: number | null;
  /** Mean of the exponential patience, above 0. */
  readonly patience: number;
  readonly scalability?: Scalability | null;
  /** Instances that share the line; counts only for `scalability`. Default 1. */
  readonly instances?: number;
}

/** A wait that happens with a probability. Times are in units of the mean service time. */
export interface WaitOf {
  /** Share of those concerned who wait at all. */
  readonly waitProbability: number;
  /** Mean wait of those who wait. */
  readonly conditionalMean: number;
  /** Squared coefficient of variation of the wait of those who wait. */
  readonly conditionalScv: number;
}

export interface ErlangA {
  /** Share of the arrivals that finds all waiting places taken. */
  readonly rejectedFraction: number;
  /** Share of the arrivals that waits and gives up. */
  readonly abandonedFraction: number;
  /** Of accepted requests, until they are served or give up. */
  readonly accepted: WaitOf;
  /** Of requests that are served. */
  readonly served: WaitOf;
  /** Of requests that give up; all of them wait. */
  readonly abandoned: WaitOf;
  /** Mean number of busy servers. */
  readonly busy: number;
  /** The numbers waiting that an arrival which waits may find, with weights of any scale. */
  readonly found: WaitingStates;
}

/** Weights of `first`, `first` + 1, … waiting; all others are negligible. */
export interface WaitingStates {
  readonly first: number;
  readonly weights: readonly number[];
  /** Departures a service time while all servers are busy. */
  readonly rate: number;
  readonly patience: number;
}

/** Weights below this share of the largest are left out. */
const NEGLIGIBLE = 1e-18;

/**
 * Erlang-A (M/M/c+M; Palm 1957; Garnett, Mandelbaum and Reiman 2002), with or without limited waiting places (M/M/c/K+M): a
 * birth–death queue in which each waiting customer leaves at the rate 1/patience. Exact at any load; it has a steady state even
 * where more arrives than can be served. O(√c) for the servers, and O(√(a·patience)) for the waiting states, which are
 * taken outwards from the most likely one so that nothing leaves the range of numbers.
 */
export function solveErlangA(line: ImpatientLine): ErlangA {
  const { servers, offeredLoad, patience, scalability = null, instances = 1 } = line;
  const { top, below, busyBelow, rate } = statesBelow(servers, offeredLoad, scalability, instances);
  const states = waitingStates(rate, offeredLoad, patience, line.places ?? Number.POSITIVE_INFINITY);
  const { first, weights } = states;
  // States below the window are negligible, and so is what is below the servers, unless the window starts at nobody waiting.
  const scale = first === 0 ? top / (weights[0] ?? 1) : 1;
  const low = first === 0 ? { below, busyBelow } : { below: 0, busyBelow: 0 };
  const isLimited = line.places !== null && first + weights.length - 1 === line.places;
  const full = isLimited ? scale * (weights.at(-1) ?? 0) : 0;
  const found = isLimited ? weights.slice(0, -1) : weights;
  let all = 0;
  for (const weight of found) all += scale * weight;
  const total = low.below + all + full;
  const { served, gaveUp } = waitMoments({ first, weights: found, rate, patience });
  const busy = (low.busyBelow + servers * (all + full)) / total;
  return {
    rejectedFraction: full / total,
    abandonedFraction: (scale * gaveUp.weight) / total,
    accepted: waitOf(low.below, scale, {
      weight: served.weight + gaveUp.weight,
      first: served.first + gaveUp.first,
      second: served.second + gaveUp.second,
    }),
    served: waitOf(low.below, scale, served),
    abandoned: waitOf(0, scale, gaveUp),
    busy,
    found: { first, weights: found, rate, patience },
  };
}

/** `below` is the weight of those who do not wait, in the scale in which the others are `scale` times theirs. */
function waitOf(below: number, scale: number, { weight, first, second }: Moments): WaitOf {
  const waiting = scale * weight;
  if (waiting < NO_WEIGHT || first === 0) return { waitProbability: 0, conditionalMean: 0, conditionalScv: 1 };
  const mean = first / weight;
  return {
    waitProbability: waiting / (below + waiting),
    conditionalMean: mean,
    conditionalScv: Math.max(0, second / weight / (mean * mean) - 1),
  };
}

/** Weights this small leave the range of numbers. */
const NO_WEIGHT = 1e-250;

/** Of j waiting the weight falls by a/(rate + j/patience) from one to the next. */
function waitingStates(rate: number, offeredLoad: number, patience: number, places: number): WaitingStates {
  const leavingAt = (waiting: number): number => rate + waiting / patience;
  const likeliest = Math.min(places, Math.max(0, Math.floor((offeredLoad - rate) * patience)));
  const above: number[] = [1];
  let weight = 1;
  for (let j = likeliest + 1; j <= places; j += 1) {
    weight *= offeredLoad / leavingAt(j);
    if (weight < NEGLIGIBLE) break;
    above.push(weight);
  }
  const under: number[] = [];
  weight = 1;
  let first = likeliest;
  for (; first > 0; first -= 1) {
    weight *= leavingAt(first) / offeredLoad;
    if (weight < NEGLIGIBLE) break;
    under.push(weight);
  }
  under.reverse();
  return { first, weights: [...under, ...above], rate, patience };
}

interface Moments {
  weight: number;
  first: number;
  second: number;
}

/**
 * Who finds j others waiting moves up at the rates rate + i/patience, i = j … 0, and gives up at the rate 1/patience all the
 * time. Served with probability rate/(rate + (j + 1)/patience), and then after the sum of exponential times of the rates
 * rate + i/patience, i = 1 … j + 1; without regard to the end, after a mean of (j + 1)/(rate + (j + 1)/patience).
 */
function waitMoments({ first, weights, rate, patience }: WaitingStates) {
  const served: Moments = { weight: 0, first: 0, second: 0 };
  const gaveUp: Moments = { weight: 0, first: 0, second: 0 };
  // Σ 1/r(i), Σ 1/r(i)² and Σ i/r(i) over i = 1 … j + 1, with r(i) = rate + i/patience.
  let { inverse, square, position } = harmonicSums(rate, patience, first);
  for (const [place, weight] of weights.entries()) {
    const stages = first + place + 1;
    const leaving = rate + stages / patience;
    inverse += 1 / leaving;
    square += 1 / (leaving * leaving);
    position += stages / leaving;
    const servedShare = rate / leaving;
    const mean = stages / leaving;
    const second = (2 * position) / leaving;
    const servedSecond = servedShare * (inverse * inverse + square);
    served.weight += weight * servedShare;
    served.first += weight * servedShare * inverse;
    served.second += weight * servedSecond;
    gaveUp.weight += (weight * stages) / (patience * leaving);
    gaveUp.first += weight * Math.max(0, mean - servedShare * inverse);
    gaveUp.second += weight * Math.max(0, second - servedSecond);
  }
  return { served, gaveUp };
}
