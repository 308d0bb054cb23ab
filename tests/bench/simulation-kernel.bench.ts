import { bench, describe } from "vitest";
import { EventQueue } from "#src/analysis/simulation/event-queue.ts";
import { RandomStream } from "#src/analysis/simulation/random-streams.ts";
import { simulateStation } from "../models/simulated-station.ts";
import { holdRatio, measuredOnce, middleCpuMs, once, printRows } from "./support/ratios.ts";

const EVENTS = 400_000;
const RUNS = 7;
const WAITING = [12, 125, 1200, 7000] as const;

/** Times from one event to the next of its kind, drawn beforehand so that only the queues are measured. */
const GAPS = 1 << 16;
const stream = new RandomStream({ seed: 1, replication: 0, owner: "bench", purpose: "gaps" });
const gaps = Float64Array.from({ length: GAPS }, () => stream.exponential());

/** The hold model (D. W. Jones, CACM 29, 1986): take the earliest event and schedule it anew. */
function holdOnQueue(waiting: number): number {
  const queue = new EventQueue();
  for (let event = 0; event < waiting; event++) queue.schedule(gaps[event % GAPS] ?? 0, 1, event, 0);
  for (let event = 0; event < EVENTS && queue.next(); event++) {
    queue.schedule(queue.time + (gaps[event % GAPS] ?? 0), queue.code, queue.first, queue.second);
  }
  return queue.time;
}

/** The same, where each event also puts off a timeout that stands far ahead: what a request does that is answered in time. */
function holdWithTimeouts(waiting: number): number {
  const queue = new EventQueue();
  const timeouts = new Float64Array(waiting);
  for (let event = 0; event < waiting; event++) {
    queue.schedule(gaps[event % GAPS] ?? 0, 1, event, 0);
    timeouts[event] = queue.schedule(50, 2, event, 0);
  }
  for (let event = 0; event < EVENTS && queue.next(); event++) {
    queue.cancel(timeouts[queue.first] ?? 0);
    timeouts[queue.first] = queue.schedule(queue.time + 50, 2, queue.first, 0);
    queue.schedule(queue.time + (gaps[event % GAPS] ?? 0), queue.code, queue.first, queue.second);
  }
  return queue.time;
}

/** A heap of bare times in a typed array, the least that a future-event list can be: no ties, no payload, no handles. */
function holdOnBareHeap(waiting: number): number {
  const heap = new Float64Array(waiting);
  for (let event = 0; event < waiting; event++) heap[event] = gaps[event % GAPS] ?? 0;
  heap.sort();
  let time = 0;
  for (let event = 0; event < EVENTS; event++) {
    time = heap[0] ?? 0;
    const next = time + (gaps[event % GAPS] ?? 0);
    let hole = 0;
    for (let child = 1; child < waiting; child = 2 * hole + 1) {
      if (child + 1 < waiting && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
      if ((heap[child] ?? 0) >= next) break;
      heap[hole] = heap[child] ?? 0;
      hole = child;
    }
    heap[hole] = next;
  }
  return time;
}

/** As many passes over an array of the gaps, with one addition and one write: the floor of any loop over events. */
function bareArrayLoop(): number {
  const times = new Float64Array(GAPS);
  let time = 0;
  for (let event = 0; event < EVENTS; event++) {
    time += gaps[event % GAPS] ?? 0;
    times[(event * 31) % GAPS] = time;
  }
  return times[1] ?? 0;
}

interface PlainEvent {
  readonly time: number;
  readonly sequence: number;
  readonly code: number;
  readonly first: number;
  readonly second: number;
}

const isBefore = (one: PlainEvent, other: PlainEvent): boolean =>
  one.time < other.time || (one.time === other.time && one.sequence < other.sequence);

/** An object for each event in a heap on a plain array, as one would write it first. */
class ObjectHeap {
  private readonly heap: PlainEvent[] = [];

  push(event: PlainEvent): void {
    const { heap } = this;
    let place = heap.length;
    heap.push(event);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, event)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = event;
  }

  pop(): PlainEvent | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      let least = heap[child];
      const right = heap[child + 1];
      if (least === undefined) break;
      if (right !== undefined && isBefore(right, least)) {
        least = right;
        child++;
      }
      if (isBefore(last, least)) break;
      heap[place] = least;
      place = child;
    }
    heap[place] = last;
    return top;
  }
}

function holdOnObjects(waiting: number): number {
  const heap = new ObjectHeap();
  let sequence = 0;
  for (let event = 0; event < waiting; event++) {
    heap.push({ time: gaps[event % GAPS] ?? 0, sequence: sequence++, code: 1, first: event, second: 0 });
  }
  let time = 0;
  for (let event = 0; event < EVENTS; event++) {
    const taken = heap.pop();
    if (taken === undefined) break;
    time = taken.time;
    const { code, first, second } = taken;
    heap.push({ time: time + (gaps[event % GAPS] ?? 0), sequence: sequence++, code, first, second });
  }
  return time;
}

function measured(work: (waiting: number) => number, waiting: number): number {
  middleCpuMs(2, () => work(waiting));
  return middleCpuMs(RUNS, () => {
    if (!(work(waiting) > 0)) throw new Error("Nothing happened");
  });
}

describe("events per processor second of the simulation kernel", () => {
  bench(
    "event queue, as ratios of one run",
    measuredOnce(() => {
      const loopMs = measured(bareArrayLoop, 0);
      const rows = WAITING.map((waiting) => {
        const queueMs = measured(holdOnQueue, waiting);
        return {
          waiting,
          againstLoop: loopMs / queueMs,
          againstBareHeap: measured(holdOnBareHeap, waiting) / queueMs,
          againstObjects: measured(holdOnObjects, waiting) / queueMs,
          withTimeouts: queueMs / measured(holdWithTimeouts, waiting),
        };
      });
      printRows("Events per processor second, as a share of:", [
        ["events that wait", "bare array loop", "bare heap of times", "heap of objects", "timeouts, of the queue"],
        ...rows.map((row) => [
          String(row.waiting),
          row.againstLoop,
          row.againstBareHeap,
          row.againstObjects,
          row.withTimeouts,
        ]),
      ]);
      const arrivals = 100_000;
      const station = { servers: 1, offeredLoad: 0.8, variability: 1, places: null, arrivals, seed: 1, replication: 0 };
      let events = 0;
      const simulate = () => {
        events = simulateStation(station).events;
      };
      middleCpuMs(2, simulate);
      const stationMs = middleCpuMs(RUNS, simulate);
      const shareOf = (work: (waiting: number) => number) => (measured(work, 2) / EVENTS / stationMs) * events;
      printRows("M/M/1 with streams and statistics, events per processor second, as a share of:", [
        ["event queue with 2 that wait", shareOf(holdOnQueue)],
        ["bare heap of 2 times", shareOf(holdOnBareHeap)],
        ["heap of 2 objects", shareOf(holdOnObjects)],
      ]);
      for (const { waiting, againstBareHeap, againstObjects } of rows) {
        holdRatio(`bare heap over queue with ${waiting} events`, 1 / againstBareHeap, 5);
        holdRatio(`object heap's speed over the queue's with ${waiting} events`, 1 / againstObjects, 1.25);
      }
    }),
    once,
  );
});
