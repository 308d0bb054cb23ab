import { exponential, randomTime, seededRandom } from "./seeded-random.ts";

export interface BulkServiceCase {
  readonly servers: number;
  readonly size: number;
  readonly lingerMs: number;
  readonly fixedMs: number;
  readonly itemMs: number;
  readonly variability: number;
  readonly arrivalsPerMs: number;
}

export interface SimulatedBatches {
  readonly meanWaitMs: number;
  readonly p99SojournMs: number;
}

/** M/G^[1,B]/c with a linger, item by item: a free server starts on `size` items, or when the oldest has waited for the linger. */
export function simulateBulkService(of: BulkServiceCase, items: number, seed: number): SimulatedBatches {
  const random = seededRandom(seed);
  const waiting: number[] = [];
  let head = 0;
  const freeAt = new Float64Array(of.servers);
  let now = exponential(random, 1 / of.arrivalsPerMs);
  const discarded = items / 10;
  let counted = 0;
  let waited = 0;
  const sojourns = new Float64Array(items);
  let served = 0;
  const earliestFree = (): number => {
    let best = 0;
    for (let server = 1; server < of.servers; server++) {
      if ((freeAt[server] ?? 0) < (freeAt[best] ?? 0)) best = server;
    }
    return best;
  };
  while (served < items) {
    // The next batch starts when a server is free and it is full, or its oldest item has waited long enough.
    while (waiting.length - head < 1) {
      waiting.push(now);
      now += exponential(random, 1 / of.arrivalsPerMs);
    }
    const server = earliestFree();
    const free = freeAt[server] ?? 0;
    const expiry = Math.max(free, (waiting[head] ?? 0) + of.lingerMs);
    while (waiting.length - head < of.size && now <= expiry) {
      waiting.push(now);
      now += exponential(random, 1 / of.arrivalsPerMs);
    }
    const taken = Math.min(of.size, waiting.length - head);
    const full = taken === of.size;
    const start = full ? Math.max(free, waiting[head + taken - 1] ?? 0) : expiry;
    const ms = randomTime(random, of.fixedMs + taken * of.itemMs, of.variability);
    freeAt[server] = start + ms;
    for (let place = 0; place < taken; place++) {
      const arrived = waiting[head + place] ?? 0;
      served += 1;
      if (served <= discarded || served > items) continue;
      waited += start - arrived;
      sojourns[counted++] = start + ms - arrived;
    }
    head += taken;
    if (head > 10_000) {
      waiting.splice(0, head);
      head = 0;
    }
  }
  const sorted = sojourns.subarray(0, counted).sort();
  return {
    meanWaitMs: waited / counted,
    p99SojournMs: sorted[Math.floor(0.99 * counted)] ?? 0,
  };
}
