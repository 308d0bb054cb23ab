import type { Progress } from "../sensitivity/certainty.ts";
import { type Counts, type Demands, excess, firstBreach, type Trial, type TrialRoom } from "./trial.ts";

/** A step of a search: what it did so far is in its trials. */
export type Search<Found> = Generator<Progress, Found, undefined>;

/** Rounds in which held servers and what they wait for settle against each other. */
const mostRounds = 100;
/** Above so many instances a step is a share of them, and the least number is found again on the way back. */
const stepShare = 1 / 32;
/** Gains below this share of the excess are rounding. */
const leastGain = 1e-7;
/** Larger designs are not searched for exchanges: there are too many. */
const mostExchanged = 8;

/** The counts with another one at a place. */
function withCount(counts: Counts, index: number, value: number): Counts {
  return counts.map((count, place) => (place === index ? value : count));
}

/** The least counts from `start` on with every utilisation at or below the line, raised station by station. */
export function* raiseForCapacity(room: TrialRoom, demands: Demands, start: Counts): Search<Counts> {
  let counts = start;
  for (let round = 0; round < mostRounds; round++) {
    const trial = room.try(counts);
    yield progress(room);
    const raised = counts.map((count, index) => {
      const part = demands.parts[index];
      if (part === undefined) return count;
      const utilization = trial.utilization[part.node] ?? 0;
      const most = demands.mostUtilization[index] ?? 1;
      if (!(utilization > most * (1 + 1e-9))) return count;
      // A part that waits for a full one is held without end; it is sized when that one is.
      const wanted = Number.isFinite(utilization) ? Math.ceil((count * utilization) / most - 1e-9) : 0;
      return Math.min(part.mostInstances, Math.max(count + (wanted > 0 ? 1 : 0), wanted));
    });
    if (raised.every((count, index) => count === counts[index])) {
      const doubled = doubleUnbounded(trial, demands, counts);
      if (doubled === null) return counts;
      counts = doubled;
    } else counts = raised;
  }
  return counts;
}

/** Where only parts without bound are left over the line, more of them is the only way on; null when there are none. */
function doubleUnbounded(trial: Trial, demands: Demands, counts: Counts): Counts | null {
  const doubled = counts.map((count, index) => {
    const part = demands.parts[index];
    const isUnbounded = part !== undefined && trial.utilization[part.node] === Number.POSITIVE_INFINITY;
    return isUnbounded ? Math.min(part.mostInstances, 2 * count) : count;
  });
  return doubled.every((count, index) => count === counts[index]) ? null : doubled;
}

/** Gives back instances, up to the present ones, until the availability that is wanted and was there is there again. */
export function* raiseForAvailability(
  room: TrialRoom,
  demands: Demands,
  start: Counts,
  present: Counts,
): Search<Counts> {
  const missing = (counts: Counts): number => {
    const { availability } = room.try(counts);
    return demands.availability.reduce(
      (sum, { journey, target }) => sum + Math.max(0, target - (availability[journey] ?? 1)),
      0,
    );
  };
  let counts = start;
  for (let missed = missing(counts); missed > 0; ) {
    let best: { readonly counts: Counts; readonly missed: number } | null = null;
    for (const [index, count] of counts.entries()) {
      if (count >= (present[index] ?? 1)) continue;
      const changed = withCount(counts, index, count + 1);
      const left = missing(changed);
      yield progress(room);
      if (best === null || left < best.missed) best = { counts: changed, missed: left };
    }
    if (best === null) return counts;
    ({ counts, missed } = best);
  }
  return counts;
}

/** Adds instances where each lowers the missed percentiles most, until all active targets are met or nothing helps. */
export function* raiseForTargets(room: TrialRoom, demands: Demands, start: Counts): Search<Counts> {
  let counts = start;
  for (;;) {
    const missed = excess(room.try(counts), demands);
    if (missed === 0) return counts;
    let best: { readonly counts: Counts; readonly gain: number } | null = null;
    for (const [index, part] of demands.parts.entries()) {
      const count = counts[index] ?? 1;
      const step = Math.max(1, Math.floor(count * stepShare));
      if (count + step > part.mostInstances) continue;
      const changed = withCount(counts, index, count + step);
      const gain = (missed - excess(room.try(changed), demands)) / step;
      yield progress(room);
      if (gain > leastGain * missed && (best === null || gain > best.gain)) best = { counts: changed, gain };
    }
    if (best === null) return counts;
    counts = best.counts;
  }
}

/**
 * Takes away what is not needed: from each part alone as many as possible, the largest first, until no single instance can
 * go; in small designs also one instance each of two parts (or two of one) for one of a third.
 */
export function* trim(room: TrialRoom, demands: Demands, start: Counts, floor: Counts): Search<Counts> {
  const holds = (counts: Counts): boolean => firstBreach(room.try(counts), demands) === null;
  let counts = start;
  for (;;) {
    const before = counts;
    for (const index of bySize(counts)) {
      const least = yield* leastOf(room, holds, counts, index, floor[index] ?? 1);
      counts = withCount(counts, index, least);
    }
    if (counts.every((count, index) => count === before[index])) {
      const exchanged = yield* exchange(room, demands, holds, counts, floor);
      if (exchanged === null) return counts;
      counts = exchanged;
    }
  }
}

function bySize(counts: Counts): readonly number[] {
  return [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
}

/** The least count of one part that holds with the others as they are: by halving, then one by one. */
function* leastOf(
  room: TrialRoom,
  holds: (counts: Counts) => boolean,
  counts: Counts,
  index: number,
  floor: number,
): Search<number> {
  let least = counts[index] ?? 1;
  let low = floor;
  // One fewer first: mostly that is the end of it.
  let guess = least - 1;
  while (guess >= low) {
    const isEnough = holds(withCount(counts, index, guess));
    yield progress(room);
    if (isEnough) least = guess;
    else low = guess + 1;
    if (guess === least - 1 && !isEnough) break;
    guess = Math.floor((low + least) / 2);
    if (guess >= least) guess = least - 1;
  }
  return least;
}

function* exchange(
  room: TrialRoom,
  demands: Demands,
  holds: (counts: Counts) => boolean,
  counts: Counts,
  floor: Counts,
): Search<Counts | null> {
  // Only targets can be met by one part in place of another.
  if (demands.active.size === 0 || counts.length > mostExchanged) return null;
  for (let less = 0; less < counts.length; less++) {
    for (let other = less; other < counts.length; other++) {
      const fewer = counts.map((count, place) => count - (place === less ? 1 : 0) - (place === other ? 1 : 0));
      if (fewer.some((count, place) => count < (floor[place] ?? 1))) continue;
      for (let more = 0; more < counts.length; more++) {
        if (more === less || more === other) continue;
        const changed = withCount(fewer, more, (fewer[more] ?? 0) + 1);
        const isEnough = holds(changed);
        yield progress(room);
        if (isEnough) return changed;
      }
    }
  }
  return null;
}

/** How far a search has to go is not known. */
export function progress(room: TrialRoom): Progress {
  return { done: room.evaluations, total: null };
}
