import { callsOf, eachStep } from "../flow/program-walk.ts";
import type { Exactness } from "../model/exactness.ts";
import type { StationResult } from "../model/solution.ts";
import type { SettledFlows } from "./fixed-point.ts";
import type { PreparedModel } from "./prepare-model.ts";

const jackson: Exactness = {
  kind: "approximation",
  model: "Jackson network, sojourn times taken as independent",
  source: "Jackson 1957; Reich 1963",
  typicalErrorPercent: 0.3,
};
const decomposition: Exactness = {
  kind: "approximation",
  model: "Queueing network analyzer: stations apart, flows by two moments",
  source: "Whitt 1983",
  typicalErrorPercent: 4,
};
/** Behind constant service nobody waits, and requests that come back do so in step: both are taken as more irregular. */
const roughDecomposition: Exactness = { ...decomposition, typicalErrorPercent: 12 };
/** Squared coefficient of variation of a service below which the flow behind it is smoother than it is taken for. */
const NEARLY_CONSTANT = 0.2;
const closedNetwork: Exactness = {
  kind: "approximation",
  model: "Closed network, waits at different stations taken as independent",
  source: "Lavenberg and Reiser 1980",
  typicalErrorPercent: 1,
};
const mixedDemands: Exactness = {
  kind: "approximation",
  model: "One waiting line for different demands, by two moments",
  source: "Pollaczek 1930; Khinchine 1932",
  typicalErrorPercent: 3,
};
const heldServers: Exactness = {
  kind: "approximation",
  model: "Method of layers for held servers",
  source: "Rolia and Sevcik 1995",
  typicalErrorPercent: 4,
};
const forkJoin: Exactness = {
  kind: "approximation",
  model: "Fork-join of queues behind common arrivals",
  source: "Nelson and Tantawi 1988",
  typicalErrorPercent: 5,
};
const independentBranches: Exactness = {
  kind: "approximation",
  model: "Quorum of parallel branches taken as independent",
  source: "Nelson and Tantawi 1988",
  typicalErrorPercent: 10,
};
const independentAttempts: Exactness = {
  kind: "approximation",
  model: "Attempts of a call taken as independent",
  source: "Dean and Barroso 2013",
  typicalErrorPercent: 5,
};
const averagedCycle: Exactness = {
  kind: "approximation",
  model: "Circuit breaker averaged over its cycle",
  source: "Smith 1955",
  typicalErrorPercent: 8,
};
const exact: Exactness = {
  kind: "exact",
  model: "Independent sojourn times along an overtake-free path",
  source: "Burke 1956; Reich 1957",
  typicalErrorPercent: null,
};

/**
 * How good the latency law of a journey is. Exact for a journey that waits at one station only, whose own law is exact, and
 * for a tree of single exponential servers with Poisson arrivals; else the worst of its stations and compositions.
 */
export class JourneyExactness {
  private readonly prepared: PreparedModel;
  private readonly flows: SettledFlows;
  private readonly stations: readonly StationResult[];
  private readonly reaches: readonly Reach[];
  /** Journeys at each station. */
  private readonly journeysAt = new Map<number, number[]>();

  constructor(prepared: PreparedModel, flows: SettledFlows, stations: readonly StationResult[]) {
    this.prepared = prepared;
    this.flows = flows;
    this.stations = stations;
    this.reaches = prepared.model.journeys.map((_, journey) => reachOf(prepared, flows, journey));
    for (const [journey, reach] of this.reaches.entries()) {
      for (const station of reach.stations.keys()) {
        const list = this.journeysAt.get(station);
        if (list === undefined) this.journeysAt.set(station, [journey]);
        else list.push(journey);
      }
    }
  }

  of(journey: number): Exactness {
    const reach = this.reaches[journey];
    if (reach === undefined) return exact;
    const causes: Exactness[] = [];
    for (const station of reach.stations.keys()) {
      const result = this.stations[station];
      const shaped = this.flows.evaluation.variability.isShaped(station);
      if (result !== undefined && result.exactness.kind !== "exact" && !shaped) causes.push(result.exactness);
      if ((this.prepared.stations[station]?.holds.length ?? 0) > 0) causes.push(heldServers);
      else if (this.prepared.stations[station]?.onlyDemand === null) causes.push(mixedDemands);
    }
    if (reach.joins) causes.push(forkJoin);
    if (reach.quorums) causes.push(independentBranches);
    if (reach.attempts) causes.push(independentAttempts);
    if (reach.breakers) causes.push(averagedCycle);
    const between = this.compositionOf(journey, reach);
    if (between.kind !== "exact") causes.push(between);
    const [first, ...rest] = causes;
    if (first === undefined) {
      const [only] = reach.stations.keys();
      return reach.stations.size === 1 && only !== undefined ? (this.stations[only]?.exactness ?? exact) : exact;
    }
    return rest.reduce((worst, next) => (errorOf(next) > errorOf(worst) ? next : worst), first);
  }

  private compositionOf(journey: number, reach: Reach): Exactness {
    const related = new Set<number>(reach.stations.keys());
    const others = new Set([...related].flatMap((station) => this.journeysAt.get(station) ?? []));
    others.delete(journey);
    for (const other of others) {
      for (const station of this.reaches[other]?.stations.keys() ?? []) related.add(station);
    }
    const meets = reach.meets || [...others].some((other) => this.reaches[other]?.meets === true);
    if (related.size <= 1 && !meets) return exact;
    if ([...related].some((station) => this.prepared.closedWaits.has(station))) return closedNetwork;
    if (![...related].every((station) => isMarkovian(this.prepared, station))) {
      const rough = (station: number): boolean =>
        (this.flows.evaluation.stations[station]?.serviceScv ?? 1) < NEARLY_CONSTANT;
      return meets || [...related].some(rough) ? roughDecomposition : decomposition;
    }
    const single = [...reach.stations.keys()].every((index) => {
      const station = this.prepared.model.stations[index];
      return station !== undefined && station.servers === 1 && (station.queues === 1 || station.dispatch === "random");
    });
    return others.size === 0 && single && !meets ? exact : jackson;
  }
}

function errorOf(exactness: Exactness): number {
  return exactness.typicalErrorPercent ?? 0;
}

interface Reach {
  /** Stations that are visited, with the number of places that send requests there; more than one when repeated. */
  readonly stations: ReadonlyMap<number, number>;
  /** Branches are joined: all of them, or a quorum of fewer. */
  readonly joins: boolean;
  readonly quorums: boolean;
  readonly attempts: boolean;
  /** Some circuit breaker is open part of the time. */
  readonly breakers: boolean;
  /** Some routine is called from several places, repeatedly, or in a loop. */
  readonly meets: boolean;
}

function reachOf(prepared: PreparedModel, flows: SettledFlows, journey: number): Reach {
  const { model } = prepared;
  const stations = new Map<number, number>();
  const callers = new Map<number, number>();
  let joins = false;
  let quorums = false;
  let attempts = false;
  let breakers = false;
  let repeats = false;
  for (const routine of prepared.routinesOfJourney[journey] ?? []) {
    const program = model.routines[routine]?.program;
    if (program === undefined || (flows.traffic.visits[routine] ?? 0) === 0) continue;
    eachStep(program, (step) => {
      if (step.op === "work" || step.op === "hold") stations.set(step.station, (stations.get(step.station) ?? 0) + 1);
      if (step.op === "parallel" && step.branches.length > 1) {
        if (step.needed === null || step.needed >= step.branches.length) joins = true;
        else quorums = true;
      }
      if (step.op === "repeat" && step.meanCalls > 1) repeats = true;
      for (const { call } of callsOf(step)) {
        const site = model.calls[call];
        if (site === undefined) continue;
        callers.set(site.routine, (callers.get(site.routine) ?? 0) + 1);
        const admitted = flows.conditions.admitted[call] ?? 1;
        if (admitted < 1) breakers = true;
        if ((flows.evaluation.calls[call]?.attempts ?? 1) > admitted * (1 + 1e-9)) attempts = true;
      }
    });
  }
  const meets =
    repeats || [...callers.values()].some((count) => count > 1) || [...stations.values()].some((count) => count > 1);
  return { stations, joins, quorums, attempts, breakers, meets };
}

/** Poisson in, exponential service, no limit: Poisson out (Burke 1956). */
function isMarkovian(prepared: PreparedModel, index: number): boolean {
  const station = prepared.model.stations[index];
  const use = prepared.stations[index];
  if (station === undefined || use === undefined || station.queueLimit !== null) return false;
  if (station.patienceMs !== null || station.scalability !== null) return false;
  const splitAtRandom = station.queues === 1 || station.dispatch === "shared-queue" || station.dispatch === "random";
  return splitAtRandom && use.onlyDemand?.variability === 1 && use.roundRobin.length === 0;
}
