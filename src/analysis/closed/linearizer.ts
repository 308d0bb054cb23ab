import type { ClosedClasses, ClosedClassesSolution, SharedStation } from "./closed-classes.ts";
import { WHOLE_SERVICE, waitFinding } from "./wait-seeing.ts";

/** Relative change of throughputs at which the fixed point counts as settled. */
const SETTLED = 1e-10;
const MOST_ROUNDS = 2000;
/** Rounds of corrections; two are what its authors take, further ones move the third digit. */
const CORRECTIONS = 3;

/**
 * Approximate mean value analysis of several classes: Linearizer (Chandy and Neuse 1982, Comm. ACM 25(2)), whose first step is
 * Schweitzer's and Bard's (1979). An arrival of a class finds what the network holds without one user of its class; the shares
 * of that population at the stations are taken to change linearly with it. Open requests stretch the service of a station
 * by what they find there themselves (Reiser and Kobayashi 1975; Bolch et al. 2006, section 8.3); several servers and other than
 * exponential service by `waitFinding`.
 *
 * Largest error of throughput against exact mean value analysis over networks of two classes and three stations: 0.5 %, by
 * Schweitzer–Bard 6 %. Stations of several servers, and those where held servers bound the users (`mostUsers`), go by the
 * latter.
 */
export function linearize(network: ClosedClasses, corrections = CORRECTIONS): ClosedClassesSolution {
  const { classes, stations } = network;
  const change = classes.map(() => classes.map(() => new Float64Array(stations.length)));
  const users = classes.map((one) => one.users);
  let all = coreOf(network, users, change, null);
  const isLinear = stations.some(({ servers, mostUsers }) => servers === 1 && mostUsers === null);
  for (let round = 0; round < (isLinear ? corrections : 0); round++) {
    const without = classes.map((one, left) =>
      one.users <= 0
        ? null
        : coreOf(
            network,
            users.map((count, index) => (index === left ? Math.max(0, count - 1) : count)),
            change,
            all,
          ),
    );
    classes.forEach((_, left) => {
      const other = without[left] ?? null;
      if (other === null) return;
      classes.forEach((__, at) => {
        const full = users[at] ?? 0;
        const less = at === left ? Math.max(0, full - 1) : full;
        const moved = change[left]?.[at];
        if (moved === undefined || full <= 0 || less <= 0) return;
        stations.forEach((station, index) => {
          if (station.mostUsers !== null || station.servers > 1) return;
          moved[index] = (other.queue[at]?.[index] ?? 0) / less - (all.queue[at]?.[index] ?? 0) / full;
        });
      });
    });
    all = coreOf(network, users, change, all);
  }
  const { cyclesPerMs, waitMs, openWaitMs, settled } = all;
  return { cyclesPerMs, waitMs, openWaitMs, settled };
}

interface Core {
  readonly cyclesPerMs: number[];
  readonly waitMs: number[][];
  readonly openWaitMs: number[];
  /** Users of a class at a station, in service too. */
  readonly queue: number[][];
  readonly settled: boolean;
}

/** The fixed point for given changes of shares; `start` is where to begin. */
function coreOf(
  network: ClosedClasses,
  users: readonly number[],
  change: readonly (readonly Float64Array[])[],
  start: Core | null,
): Core {
  const { classes, stations } = network;
  const core: Core = {
    cyclesPerMs: classes.map(() => 0),
    waitMs: classes.map((_, at) => stations.map((__, index) => start?.waitMs[at]?.[index] ?? 0)),
    openWaitMs: stations.map((_, index) => start?.openWaitMs[index] ?? 0),
    queue: classes.map(() => stations.map(() => 0)),
    settled: true,
  };
  for (let round = 0; ; round++) {
    const moved = moveThroughputs(network, users, core);
    if (moved <= SETTLED || round === MOST_ROUNDS) return { ...core, settled: moved <= SETTLED };
    const weight = round < FULL_STEPS ? 1 : round < 10 * FULL_STEPS ? 0.5 : 0.1;
    moveWaits(network, users, change, core, weight);
  }
}

/** Full steps first; several servers and full stations can swing, which smaller steps calm. */
const FULL_STEPS = 40;

/** X = N/(Z + R); tells the largest relative change. */
function moveThroughputs({ classes, stations }: ClosedClasses, users: readonly number[], core: Core): number {
  let moved = 0;
  classes.forEach(({ delayMs, visits }, at) => {
    const waiting = visits.reduce((sum, count, index) => {
      return sum + count * (stations[index]?.copies ?? 1) * (core.waitMs[at]?.[index] ?? 0);
    }, 0);
    const cycles = (users[at] ?? 0) / Math.max(delayMs + waiting, Number.MIN_VALUE);
    const before = core.cyclesPerMs[at] ?? 0;
    moved = Math.max(moved, cycles === before ? 0 : Math.abs(cycles - before) / Math.max(cycles, before));
    core.cyclesPerMs[at] = cycles;
  });
  return moved;
}

function moveWaits(
  network: ClosedClasses,
  users: readonly number[],
  change: readonly (readonly Float64Array[])[],
  core: Core,
  weight: number,
): void {
  const { classes, stations } = network;
  const total = users.reduce((sum, count) => sum + count, 0);
  const average = stations.map((_, index) => averageWait(network, core, index));
  stations.forEach((station, index) => {
    const serviceMs =
      station.serviceMs + (station.inside ?? []).reduce((sum, count, other) => sum + count * (average[other] ?? 0), 0);
    const rate = (at: number): number => (core.cyclesPerMs[at] ?? 0) * (classes[at]?.visits[index] ?? 0);
    classes.forEach((_, at) => {
      const row = core.queue[at];
      if (row !== undefined) row[index] = rate(at) * ((core.waitMs[at]?.[index] ?? 0) + serviceMs);
    });
    const bound = station.mostUsers ?? total;
    const used =
      classes.reduce((sum, _, at) => sum + rate(at) * serviceMs, station.openPerMs * serviceMs) / station.servers;
    /** What an arrival finds that leaves out one user of the class `left`; −1 for one from outside. */
    const waitOf = (left: number, beforeMs: number): number => {
      let found = 0;
      let busy = station.openPerMs * serviceMs;
      classes.forEach((__, at) => {
        const full = users[at] ?? 0;
        if (full <= 0) return;
        const most = Math.min(full, bound);
        const share = at === left ? Math.max(0, most - 1) / most : 1;
        const less = at === left ? Math.max(0, full - 1) : full;
        found += (core.queue[at]?.[index] ?? 0) * share + less * (change[left]?.[at]?.[index] ?? 0);
        busy += rate(at) * serviceMs * share;
      });
      const others = Math.max(0, Math.min(total, bound) - (left < 0 ? 0 : 1));
      return waitAt({ ...station, serviceMs }, Math.min(Math.max(0, found), others), busy, used, others, beforeMs);
    };
    classes.forEach(({ visits }, left) => {
      const row = core.waitMs[left];
      if (row === undefined || (visits[index] ?? 0) === 0) return;
      const before = row[index] ?? 0;
      row[index] = before + weight * (waitOf(left, before) - before);
    });
    if (station.openPerMs > 0) {
      const before = core.openWaitMs[index] ?? 0;
      core.openWaitMs[index] = before + weight * (waitOf(-1, before) - before);
    }
  });
}

/** Over all users that come. */
function averageWait({ classes }: ClosedClasses, core: Core, index: number): number {
  let all = 0;
  let sum = 0;
  classes.forEach(({ visits }, at) => {
    const rate = (core.cyclesPerMs[at] ?? 0) * (visits[index] ?? 0);
    all += rate;
    sum += rate * (core.waitMs[at]?.[index] ?? 0);
  });
  return all > 0 ? sum / all : 0;
}

function waitAt(
  { serviceMs, servers, serviceScv, openPerMs }: SharedStation,
  found: number,
  busy: number,
  utilization: number,
  others: number,
  beforeMs: number,
): number {
  const open = openPerMs * serviceMs;
  if (open === 0) return serviceMs * waitFinding(servers, others, found, serviceScv, busy, utilization);
  if (servers === 1) {
    // Found are users and, among them, those who come from outside: A + λ(W + S), solved for W.
    const used = Math.min(1, utilization);
    const whole = used > 0 ? Math.max(0, 1 - open / used) * used ** WHOLE_SERVICE : 0;
    // Nobody is in service who is not found.
    const extra = (Math.min(1, busy, found + open) * (1 - whole) * (serviceScv - 1)) / 2;
    return (serviceMs * (found + open + extra)) / Math.max(1e-9, 1 - open);
  }
  const fromOutside = openPerMs * (beforeMs + serviceMs);
  const few = waitFinding(servers, others, found, serviceScv, busy, utilization);
  const many = waitFinding(servers, Number.POSITIVE_INFINITY, found + fromOutside, serviceScv, busy, open / servers);
  // The more of those found come from outside, the less their number is bounded.
  const share = fromOutside / Math.max(found + fromOutside, Number.MIN_VALUE);
  const nextMs = serviceMs * Math.max(few, share * many + (1 - share) * few);
  // The longer the wait, the more come from outside meanwhile: a step as large as the line at the end of that asks for.
  const slope = Math.min(1, (nextMs * servers) / (serviceMs * Math.max(found + fromOutside, Number.MIN_VALUE)));
  return Math.max(0, beforeMs + (nextMs - beforeMs) / Math.max(1e-3, 1 - (open / servers) * slope * share));
}
