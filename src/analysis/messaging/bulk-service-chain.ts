import { arrivalsDuring } from "./arrivals-during.ts";

/** One server that takes up to `size` at once. Times in milliseconds. */
export interface BulkService {
  readonly size: number;
  readonly lingerMs: number;
  readonly fixedMs: number;
  readonly itemMs: number;
  /** Of the time of a batch. */
  readonly variability: number;
  readonly arrivalsPerMs: number;
}

export interface BulkServiceMeans {
  readonly meanWaitMs: number;
  /** Mean over batches. */
  readonly meanBatchSize: number;
  /** Mean time of the batch that an item is in. */
  readonly itemBatchMs: number;
  /** Probability that a full batch or more waits as the server becomes free. */
  readonly fullBatchWaits: number;
}

/** Larger batches are counted in this many units of several items. */
const MOST_UNITS = 16;
/** Batches beyond this many above the line are not told apart: where a walk first comes below it no longer depends on the start. */
const FAR = 3;
/** Arrivals during a batch are told apart up to this many units at least. */
const LEAST_LONGEST = 64;
/** Numbers of items waiting that are told apart below a batch: each by itself, then this much more than the one before. */
const LEVEL_RATIO = 1.2;
const SETTLED = 1e-12;
const MOST_ROUNDS = 400;

/**
 * M/G^[1,B]/1 with batch times that depend on the size: the chain of the number waiting as the server becomes free (Bailey 1954;
 * Chaudhry and Templeton 1983, section 3.3). Above B − 1 it is a random walk with steps A − B, whose law of the first state below is
 * found by iteration (Wiener–Hopf factorisation); the B states below are solved as a chain of their own; the balance of the
 * first two powers of the state gives its mean, and Little's law the wait. Exact up to a batch size of 16 without a linger; the
 * remaining linger of items left behind goes by the mean age of the oldest.
 *
 * @returns null without a steady state
 */
export function solveBulkServiceChain(service: BulkService): BulkServiceMeans | null {
  const key = Object.values(service).join("|");
  const before = solvedBefore.get(key);
  if (before !== undefined) return before;
  const result = solveChain(service);
  if (solvedBefore.size >= MOST_REMEMBERED) solvedBefore.clear();
  solvedBefore.set(key, result);
  return result;
}

/** Fixed points of flows ask for the same queue again and again. */
const solvedBefore = new Map<string, BulkServiceMeans | null>();
const MOST_REMEMBERED = 200;

function solveChain(service: BulkService): BulkServiceMeans | null {
  const { size, fixedMs, itemMs, variability, arrivalsPerMs, lingerMs } = service;
  const units = Math.min(size, MOST_UNITS);
  const itemsPerUnit = size / units;
  const timeOf = (items: number): number => fixedMs + items * itemMs;
  const drift = size - arrivalsPerMs * timeOf(size);
  if (drift <= 0) return null;
  const longest = Math.max(units * (FAR + 1), LEAST_LONGEST);
  const arrivals = (items: number): Float64Array =>
    arrivalsDuring(arrivalsPerMs * timeOf(items), variability, Math.ceil(longest * itemsPerUnit));
  const landing = landingBelow(inUnits(arrivals(size), itemsPerUnit, longest), units);
  const scv = variability * variability;
  const levels = levelsBelow(size);
  const place = placesOf(levels, size);
  const endsAbove = landing.map((ends) => {
    const row = new Float64Array(levels.length + 1);
    for (const [end, probability] of ends.entries()) addAt(row, place(end * itemsPerUnit), probability);
    return row;
  });
  const starts = levels.map((left) => collect(service, left, lingerMs));
  /** Where a batch of so many items leads, by level. */
  const after = (items: number): Float64Array => {
    const row = new Float64Array(levels.length + 1);
    const counts = arrivals(items);
    for (let count = 0; count < counts.length; count++) {
      const share = counts[count] ?? 0;
      if (share === 0) continue;
      if (count < size) addAt(row, place(count), share);
      else addRow(row, endsAbove[Math.min(endsAbove.length - 1, Math.round((count - size) / itemsPerUnit))], share);
    }
    // What lies between the last level and a full batch is, for its part, a full batch.
    const full = row[levels.length] ?? 0;
    row[levels.length] = 0;
    addRow(row, endsAbove[0], full);
    return row;
  };
  const known = new Map<number, Float64Array>();
  const matrix = starts.map(({ taken }) => {
    const row = new Float64Array(levels.length);
    for (const { items, probability } of taken) {
      const ends = known.get(items) ?? after(items);
      known.set(items, ends);
      addRow(row, ends, probability);
    }
    return row;
  });
  const below = stationary(matrix);

  let belowMass = 0;
  let firstBalance = 0;
  let secondBalance = 0;
  let lengthMs = 0;
  let area = 0;
  let itemTime = 0;
  let items = 0;
  below.forEach((share, left) => {
    const start = starts[left];
    if (start === undefined) return;
    const present = levels[left] ?? 0;
    belowMass += share;
    lengthMs += share * (start.collectMs + (left === 0 ? 1 / arrivalsPerMs : 0));
    area += share * start.collectArea;
    for (const { items: taken, probability } of start.taken) {
      const ms = timeOf(taken);
      const second = ms * ms * (1 + scv);
      const mean = arrivalsPerMs * ms;
      firstBalance += share * probability * (mean - present);
      secondBalance += share * probability * (mean + arrivalsPerMs * arrivalsPerMs * second - present * present);
      lengthMs += share * probability * ms;
      area += (share * probability * arrivalsPerMs * second) / 2;
      itemTime += share * probability * taken * ms;
      items += share * probability * taken;
    }
  });
  const fullMs = timeOf(size);
  const fullSecond = fullMs * fullMs * (1 + scv);
  const full = Math.max(0, firstBalance / drift);
  const stepSecond =
    arrivalsPerMs * fullMs + arrivalsPerMs * arrivalsPerMs * (fullSecond - fullMs * fullMs) + drift * drift;
  const fullWaiting = Math.max(full * size, (secondBalance + full * stepSecond) / (2 * drift));
  lengthMs += full * fullMs;
  area += (fullWaiting - full * size) * fullMs + (full * arrivalsPerMs * fullSecond) / 2;
  itemTime += full * size * fullMs;
  items += full * size;
  return {
    meanWaitMs: area / (arrivalsPerMs * lengthMs),
    meanBatchSize: (arrivalsPerMs * lengthMs) / (belowMass + full),
    itemBatchMs: itemTime / items,
    fullBatchWaits: full / (belowMass + full),
  };
}

/** Numbers of items below `size`, from 0: all of them for small sizes, else spread ever wider. */
function levelsBelow(size: number): readonly number[] {
  const ratio = size <= MOST_UNITS ? 1 : LEVEL_RATIO;
  const levels: number[] = [];
  for (let level = 0; level < size; level = Math.max(level + 1, Math.ceil(level * ratio))) levels.push(level);
  return levels;
}

interface Place {
  readonly level: number;
  /** Share that belongs to the next level, so that the mean is kept. */
  readonly next: number;
}

/** Where a number of items from 0 up to `size` stands between the levels; `size` itself is the level after the last. */
function placesOf(levels: readonly number[], size: number): (items: number) => Place {
  const bounds = [...levels, size];
  const places: Place[] = [];
  let level = 0;
  for (let items = 0; items < size; items++) {
    while ((bounds[level + 1] ?? size) <= items) level += 1;
    const from = bounds[level] ?? 0;
    places.push({ level, next: (items - from) / ((bounds[level + 1] ?? size) - from) });
  }
  return (items) => places[Math.min(size - 1, Math.round(items))] ?? { level: 0, next: 0 };
}

function addAt(row: Float64Array, { level, next }: Place, probability: number): void {
  row[level] = (row[level] ?? 0) + probability * (1 - next);
  if (next > 0) row[level + 1] = (row[level + 1] ?? 0) + probability * next;
}

function addRow(row: Float64Array, other: Float64Array | undefined, probability: number): void {
  for (let level = 0; level < row.length; level++) row[level] = (row[level] ?? 0) + probability * (other?.[level] ?? 0);
}

/** Probabilities of the arrivals in whole units, rounded to the nearest; what lies beyond is added to the last. */
function inUnits(counts: Float64Array, itemsPerUnit: number, longest: number): Float64Array {
  const units = new Float64Array(longest + 1);
  for (let count = 0; count < counts.length; count++) {
    const unit = Math.min(longest, Math.round(count / itemsPerUnit));
    units[unit] = (units[unit] ?? 0) + (counts[count] ?? 0);
  }
  return units;
}

/**
 * For each height from 0 above the line, the probabilities of the depths 1 … units at which a walk first comes below it, as the
 * state `units − depth`. The step from a height is the number of units that arrive, less `units`.
 */
function landingBelow(step: Float64Array, units: number): readonly Float64Array[] {
  const heights = step.length - units;
  // By depth − 1.
  let first = new Float64Array(units).fill(1 / units);
  let landing: readonly Float64Array[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    landing = landingsOf(first, heights, units);
    const next = new Float64Array(units);
    for (let arrived = 0; arrived < step.length; arrived++) {
      const probability = step[arrived] ?? 0;
      if (probability === 0) continue;
      const height = arrived - units;
      if (height < 0) next[-height - 1] = (next[-height - 1] ?? 0) + probability;
      else {
        const ends = landing[Math.min(height, heights - 1)];
        for (let depth = 0; depth < units; depth++)
          next[depth] = (next[depth] ?? 0) + probability * (ends?.[depth] ?? 0);
      }
    }
    const total = next.reduce((sum, value) => sum + value, 0);
    let moved = 0;
    for (let depth = 0; depth < units; depth++) {
      next[depth] = (next[depth] ?? 0) / total;
      moved = Math.max(moved, Math.abs((next[depth] ?? 0) - (first[depth] ?? 0)));
    }
    first = next;
    if (moved < SETTLED) break;
  }
  return landingsOf(first, heights, units).map((ends) => ends.slice().reverse());
}

/** Descents one after another, each of the law `first`, until below the line. */
function landingsOf(first: Float64Array, heights: number, units: number): readonly Float64Array[] {
  const landing: Float64Array[] = [];
  for (let height = 0; height < heights; height++) {
    const ends = new Float64Array(units);
    for (let depth = 1; depth <= units; depth++) {
      const probability = first[depth - 1] ?? 0;
      if (depth > height) ends[depth - height - 1] = (ends[depth - height - 1] ?? 0) + probability;
      else {
        const from = landing[height - depth];
        for (let end = 0; end < units; end++) ends[end] = (ends[end] ?? 0) + probability * (from?.[end] ?? 0);
      }
    }
    landing.push(ends);
  }
  return landing;
}

interface BatchStart {
  readonly taken: readonly { readonly items: number; readonly probability: number }[];
  /** From the first item at a free server until the start. */
  readonly collectMs: number;
  /** Items waiting, integrated over that time. */
  readonly collectArea: number;
}

/** Sizes of batches that fill are told apart in this many groups. */
const MOST_SIZES = 16;

/** What a free server takes that finds `left` items, fewer than a batch. */
function collect(service: BulkService, left: number, lingerMs: number): BatchStart {
  const { size, arrivalsPerMs, fixedMs, itemMs } = service;
  const present = Math.max(1, left);
  // The oldest of n that came during a batch has waited for n/(n + 1) of it.
  const age = left === 0 ? 0 : (fixedMs + size * itemMs) * (left / (left + 1));
  const lingers = Math.max(0, lingerMs - age);
  if (lingers === 0) return { taken: [{ items: present, probability: 1 }], collectMs: 0, collectArea: 0 };
  const room = size - present;
  const further = arrivalsDuring(arrivalsPerMs * lingers, 0, room);
  const group = Math.max(1, Math.ceil((room + 1) / MOST_SIZES));
  const groups: { sum: number; probability: number }[] = [];
  let more = 1;
  let time = 0;
  let waited = 0;
  for (let count = 0; count <= room; count++) {
    const probability = further[count] ?? 0;
    const place = Math.floor(count / group);
    const known = groups[place] ?? { sum: 0, probability: 0 };
    known.sum += (present + count) * probability;
    known.probability += probability;
    groups[place] = known;
    more = Math.max(0, more - probability);
    if (count === room) continue;
    time += more;
    waited += (present + count) * more;
  }
  return {
    taken: groups.flatMap(({ sum, probability }) =>
      probability > 0 ? [{ items: Math.max(1, sum / probability), probability }] : [],
    ),
    collectMs: time / arrivalsPerMs,
    collectArea: waited / arrivalsPerMs,
  };
}

/** The stationary law of a chain by the elimination of Grassmann, Taksar and Heyman (1985), which subtracts nothing. */
function stationary(matrix: readonly Float64Array[]): Float64Array {
  const count = matrix.length;
  for (let state = count - 1; state > 0; state--) {
    const row = matrix[state];
    let leaving = 0;
    for (let to = 0; to < state; to++) leaving += row?.[to] ?? 0;
    for (let from = 0; from < state; from++) {
      const other = matrix[from];
      if (other === undefined || row === undefined) continue;
      other[state] = (other[state] ?? 0) / leaving;
      for (let to = 0; to < state; to++) other[to] = (other[to] ?? 0) + (other[state] ?? 0) * (row[to] ?? 0);
    }
  }
  const shares = new Float64Array(count);
  shares[0] = 1;
  let total = 1;
  for (let state = 1; state < count; state++) {
    let sum = 0;
    for (let from = 0; from < state; from++) sum += (shares[from] ?? 0) * (matrix[from]?.[state] ?? 0);
    shares[state] = sum;
    total += sum;
  }
  return shares.map((share) => share / total);
}
