import type { ClosedClassesSolution, SharedStation } from "../closed/closed-classes.ts";
import { linearize } from "../closed/linearizer.ts";
import { exactMeanValues, openResidence, populations } from "../closed/mean-value-analysis.ts";
import { type ClosedNetwork, isSolvable, mostCycles, solveClosedNetwork } from "../closed/product-form.ts";
import { type SeenTail, waitingLawSeeing, waitSeeing } from "../closed/seen-queue.ts";
import { tailWaiting } from "../closed/wait-seeing.ts";
import { mixture } from "../latency/mixture.ts";
import type { Exactness } from "../model/exactness.ts";
import type { LatencyLaw } from "../model/latency-law.ts";

/** A station that closed users visit, at given service times and open flows. */
export interface VisitedStation {
  /** Index in the model. */
  readonly index: number;
  /** Its lines: how many with which share of the visits each, and the servers behind one. */
  readonly lines: readonly { readonly share: number; readonly count: number; readonly servers: number }[];
  /** Without the waits at the stations of `inside`. */
  readonly serviceMs: number;
  /** Visits at other stations while a server here is kept, by place in the list of stations; null for none. */
  readonly inside: readonly number[] | null;
  readonly serviceScv: number;
  readonly openPerMs: number;
  readonly mostUsers: number | null;
  /** Whether its servers are held during calls, or its lines are not really apart. */
  readonly isRough: boolean;
}

export interface VisitingClass {
  readonly users: number;
  /** Mean time of a cycle but for waiting at the stations: thinking, being served, networks, pauses. */
  readonly delayMs: number;
  /** Visits of a cycle, by place in the list of stations. */
  readonly visits: readonly number[];
  /** Whether a cycle is at one place at a time: no branches in parallel. */
  readonly isSequential: boolean;
}

export interface Wait {
  readonly meanWaitMs: number;
  readonly waitProbability: number;
  readonly waitingLaw: LatencyLaw;
}

/** The waits at a station of closed users: what takes the place of that of an open station. */
export interface ClosedWait {
  /** Of all who come. */
  readonly all: Wait;
  /** By class, where classes meet others than themselves; else empty. */
  readonly ofClass: readonly Wait[];
  /** Of requests that belong to no user; null where none come. */
  readonly open: Wait | null;
  readonly exactness: Exactness;
}

export interface ClosedAnswer {
  readonly cyclesPerMs: readonly number[];
  /** By place in the list of stations. */
  readonly waits: readonly ClosedWait[];
  readonly settled: boolean;
}

const exactWait: Exactness = {
  kind: "exact",
  model: "Closed product-form network, mean value analysis",
  source: "Gordon and Newell 1967; Reiser and Lavenberg 1980",
  typicalErrorPercent: null,
};
const approximateWait: Exactness = {
  kind: "approximation",
  model: "Approximate mean value analysis of several classes",
  source: "Chandy and Neuse 1982 (Linearizer); Reiser and Kobayashi 1975 (open classes)",
  typicalErrorPercent: 3,
};
const roughWait: Exactness = {
  kind: "approximation",
  model: "Approximate mean value analysis with held servers or general service",
  source: "Schweitzer 1979; Reiser 1979",
  typicalErrorPercent: 10,
};

/** Populations up to which several classes are solved exactly. */
const MOST_POPULATIONS = 5000;
const SAME = 1e-9;
/** A law is scaled to another mean by at most this factor; beyond, it is that of a station by itself with that mean. */
const LIKE = 4;

interface Line {
  /** Place of the station in the list. */
  readonly place: number;
  readonly share: number;
  readonly count: number;
  readonly servers: number;
}

/**
 * Solves the waits of closed users. One class in product form is exact; several, or with open flows, general service or held
 * servers, by approximate mean value analysis, whose means scale the laws of the one-class network that serves all users alike.
 */
export function solveClosedWaits(classes: readonly VisitingClass[], stations: readonly VisitedStation[]): ClosedAnswer {
  const lines = stations.flatMap(({ lines: own }, place): Line[] => own.map((line) => ({ place, ...line })));
  const active = classes.filter(({ users }) => users > 0);
  const isPlain =
    active.length === 1 &&
    active.every(({ isSequential }) => isSequential) &&
    stations.every((one) => one.openPerMs === 0 && Math.abs(one.serviceScv - 1) < SAME && !one.isRough);
  const alone = isPlain
    ? tailsOf(
        classes.map(({ users }) => (users > 0 ? 1 : 0)),
        classes,
        stations,
        lines,
      )
    : null;
  if (alone !== null) return exactAnswer(classes, stations, lines, alone);
  return approximateAnswer(classes, stations, lines);
}

function exactAnswer(
  classes: readonly VisitingClass[],
  stations: readonly VisitedStation[],
  lines: readonly Line[],
  tails: readonly SeenTail[],
): ClosedAnswer {
  const found = lines.map((line, at) =>
    waitOf(tails[at] ?? new Float64Array(0), (stations[line.place]?.serviceMs ?? 0) / line.servers),
  );
  const waits = stations.map((_, place): ClosedWait => {
    return { all: acrossLines(lines, place, found), ofClass: [], open: null, exactness: exactWait };
  });
  const cyclesPerMs = classes.map(({ users, delayMs, visits }) => {
    const waiting = visits.reduce((sum, count, place) => sum + count * (waits[place]?.all.meanWaitMs ?? 0), 0);
    return users / (delayMs + waiting);
  });
  return { cyclesPerMs, waits, settled: true };
}

function approximateAnswer(
  classes: readonly VisitingClass[],
  stations: readonly VisitedStation[],
  lines: readonly Line[],
): ClosedAnswer {
  const visits = classes.map(({ visits: own }) => lines.map(({ place, share }) => (own[place] ?? 0) * share));
  const shared = lines.map(({ place, servers, share, count }): SharedStation => {
    const { serviceMs = 0, inside = null, serviceScv = 1, openPerMs = 0, mostUsers = null } = stations[place] ?? {};
    const own = { serviceMs, serviceScv, servers, openPerMs: openPerMs * share, mostUsers, copies: count };
    if (inside === null) return own;
    return { ...own, inside: lines.map((other) => (inside[other.place] ?? 0) * other.share * other.count) };
  });
  const known =
    exactMeans(classes, shared, visits) ??
    linearize({
      classes: classes.map(({ users, delayMs }, at) => ({ users, delayMs, visits: visits[at] ?? [] })),
      stations: shared,
    });
  const tails = tailsOf(known.cyclesPerMs, classes, stations, lines);
  const total = classes.reduce((sum, { users }) => sum + users, 0);
  const scaled = (line: number, wantedMs: number): Wait => {
    const { servers = 1, serviceMs = 1, openPerMs = 0 } = shared[line] ?? {};
    const own = tails?.[line];
    const departures = (wantedMs * servers) / serviceMs;
    const found = own === undefined ? 0 : waitSeeing(own).mean;
    const isLike = found > 1e-9 && departures > found / LIKE && departures < found * LIKE;
    const sources = openPerMs > 0 ? Number.POSITIVE_INFINITY : total - 1;
    const shape = own !== undefined && isLike ? own : tailWaiting(servers, sources, departures);
    const { mean } = waitSeeing(shape);
    return mean > 0 && wantedMs > 0 ? waitOf(shape, wantedMs / mean) : waitOf(new Float64Array(0), 1);
  };
  const isRough = stations.some((one) => one.isRough || Math.abs(one.serviceScv - 1) >= SAME);
  const ofClass = classes.map((_, at) => lines.map((__, line) => scaled(line, known.waitMs[at]?.[line] ?? 0)));
  const open = lines.map((_, line) => scaled(line, known.openWaitMs[line] ?? 0));
  const waits = stations.map(({ openPerMs }, place): ClosedWait => {
    const own = ofClass.map((found) => acrossLines(lines, place, found));
    const fromOutside = openPerMs > 0 ? acrossLines(lines, place, open) : null;
    const parts = own.map((wait, at) => ({
      weight: (known.cyclesPerMs[at] ?? 0) * (classes[at]?.visits[place] ?? 0),
      wait,
    }));
    if (fromOutside !== null) parts.push({ weight: openPerMs, wait: fromOutside });
    return {
      all: together(parts),
      ofClass: own,
      open: fromOutside,
      exactness: isRough ? roughWait : approximateWait,
    };
  });
  return { cyclesPerMs: known.cyclesPerMs, waits, settled: known.settled };
}

function waitOf(tail: SeenTail, departureMs: number): Wait {
  const waitingLaw = waitingLawSeeing(tail, departureMs);
  return { meanWaitMs: waitingLaw.meanMs, waitProbability: Math.min(1, tail[0] ?? 0), waitingLaw };
}

/** A visit of a station is at each of its lines with that line's share. */
function acrossLines(lines: readonly Line[], place: number, waits: readonly Wait[]): Wait {
  return together(
    lines.flatMap((line, at) => {
      const wait = waits[at];
      return line.place === place && wait !== undefined ? [{ weight: line.share * line.count, wait }] : [];
    }),
  );
}

function together(parts: readonly { readonly weight: number; readonly wait: Wait }[]): Wait {
  const some = parts.filter(({ weight }) => weight > 0);
  const [only] = some;
  if (only === undefined) return waitOf(new Float64Array(0), 1);
  if (some.length === 1) return only.wait;
  const all = some.reduce((sum, { weight }) => sum + weight, 0);
  const waitingLaw = mixture(some.map(({ weight, wait }) => ({ probability: weight / all, law: wait.waitingLaw })));
  return {
    meanWaitMs: waitingLaw.meanMs,
    waitProbability: some.reduce((sum, { weight, wait }) => sum + (weight / all) * wait.waitProbability, 0),
    waitingLaw,
  };
}

/** For few users of single exponential servers; null otherwise. */
function exactMeans(
  classes: readonly VisitingClass[],
  stations: readonly SharedStation[],
  visits: readonly (readonly number[])[],
): ClosedClassesSolution | null {
  const isPlain = stations.every(
    ({ servers, serviceScv, mostUsers, copies = 1 }) =>
      servers === 1 && copies === 1 && mostUsers === null && Math.abs(serviceScv - 1) < SAME,
  );
  if (!isPlain || classes.some(({ users, isSequential }) => !Number.isInteger(users) || !isSequential)) return null;
  const served = visits.map((row) => row.map((count, index) => count * (stations[index]?.serviceMs ?? 0)));
  const users = classes.map(({ users: count, delayMs }, at) => ({
    users: count,
    // What is served is in the delay; here the stations serve it.
    thinkTimeMs: delayMs - (served[at] ?? []).reduce((sum, time) => sum + time, 0),
    demandMs: served[at] ?? [],
  }));
  if (populations(users) > MOST_POPULATIONS || users.some(({ thinkTimeMs }) => thinkTimeMs < 0)) return null;
  const open = stations.map(({ openPerMs, serviceMs }) => openPerMs * serviceMs);
  if (open.some((share) => share >= 1)) return null;
  const { cyclesPerMs, residenceMs, queue } = exactMeanValues(users, open);
  const waitMs = residenceMs.map((row, at) =>
    row.map((residence, index) => {
      const count = visits[at]?.[index] ?? 0;
      return count > 0 ? Math.max(0, residence / count - (stations[index]?.serviceMs ?? 0)) : 0;
    }),
  );
  const openWaitMs = stations.map(({ serviceMs }, index) => {
    const there = queue.reduce((sum, row) => sum + (row[index] ?? 0), 0);
    return openResidence(serviceMs, there, open[index] ?? 0) - serviceMs;
  });
  return { cyclesPerMs, waitMs, openWaitMs, settled: true };
}

/** What is found at each line in the network of one class that all users go through alike; null when it is too large. */
function tailsOf(
  cyclesPerMs: readonly number[],
  classes: readonly VisitingClass[],
  stations: readonly VisitedStation[],
  lines: readonly Line[],
): readonly SeenTail[] | null {
  const users = classes.reduce((sum, one) => sum + one.users, 0);
  const cycles = cyclesPerMs.reduce((sum, one) => sum + one, 0);
  if (!(cycles > 0) || users <= 0) return null;
  const share = (at: number): number => (cyclesPerMs[at] ?? 0) / cycles;
  const all = lines.map(({ place, share: ofLine, count, servers }) => {
    const { serviceMs = 0, openPerMs = 0 } = stations[place] ?? {};
    const visits = classes.reduce((sum, one, at) => sum + share(at) * (one.visits[place] ?? 0), 0);
    const left = Math.max(1e-6, 1 - (openPerMs * ofLine * serviceMs) / servers);
    return { visits: visits * ofLine, serviceMs: serviceMs / left, servers, copies: count };
  });
  const delayMs = classes.reduce((sum, one, at) => {
    const served = one.visits.reduce((time, count, place) => time + count * (stations[place]?.serviceMs ?? 0), 0);
    return sum + share(at) * Math.max(0, one.delayMs - served);
  }, 0);
  const network = (count: number): ClosedNetwork => ({ users: count, delayMs, stations: all });
  const low = Math.floor(users);
  const high = Math.ceil(users);
  // Users who neither think nor come anywhere have no network: their cycles have no end.
  if (!Number.isFinite(mostCycles(high, delayMs, all)) || !isSolvable(network(high))) return null;
  const above = solveClosedNetwork(network(high)).seen;
  if (low === high) return above;
  // Between two numbers of users: in between.
  const below = solveClosedNetwork(network(low)).seen;
  return above.map((tail, at) =>
    tail.map((probability, k) => probability * (users - low) + (below[at]?.[k] ?? 0) * (high - users)),
  );
}
