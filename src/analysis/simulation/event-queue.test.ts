import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import { EventQueue } from "./event-queue.ts";

interface Expected {
  readonly time: number;
  readonly label: number;
}

/** What a plain list would hand out next: the earliest, of equal ones the one that was added first. */
function takeEarliest(list: Expected[]): Expected | undefined {
  let best = 0;
  for (let place = 1; place < list.length; place++) {
    if ((list[place]?.time ?? 0) < (list[best]?.time ?? 0)) best = place;
  }
  return list.splice(best, 1)[0];
}

describe("the event queue", () => {
  it("hands events out by time, and those of one time in the order of their scheduling", () => {
    const queue = new EventQueue();
    for (const [label, time] of [3, 1, 2, 1, 3, 1].entries()) queue.schedule(time, 7, label, -label);
    const taken: (readonly number[])[] = [];
    while (queue.next()) taken.push([queue.time, queue.code, queue.first, queue.second]);
    expect(taken.map((event) => event[2])).toEqual([1, 3, 5, 2, 0, 4]);
    expect(taken[3]).toEqual([2, 7, 2, -2]);
    expect(queue.size).toBe(0);
    expect(queue.nextTime).toBe(Number.POSITIVE_INFINITY);
    expect(queue.next()).toBe(false);
    expect(queue.time).toBe(3);
  });

  it("agrees with a plain list under random scheduling, taking and cancelling with many ties", () => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const queue = new EventQueue(1);
      const list: Expected[] = [];
      const handles = new Map<number, number>();
      const spent: number[] = [];
      for (let step = 0; step < 4000; step++) {
        const choice = random.next();
        // Grows in the first half and shrinks in the second.
        if (choice < (step < 2000 ? 0.55 : 0.35)) {
          const time = queue.time + random.below(20);
          list.push({ time, label: step });
          handles.set(step, queue.schedule(time, 1, step, 0));
        } else if (choice < 0.75) {
          const expected = takeEarliest(list);
          expect(queue.nextTime).toBe(expected?.time ?? Number.POSITIVE_INFINITY);
          expect(queue.next()).toBe(expected !== undefined);
          if (expected === undefined) continue;
          expect([queue.time, queue.first]).toEqual([expected.time, expected.label]);
          spent.push(handles.get(expected.label) ?? -1);
        } else if (choice < 0.9 && list.length > 0) {
          const [cancelled] = list.splice(random.below(list.length), 1);
          const handle = handles.get(cancelled?.label ?? -1) ?? -1;
          expect(queue.cancel(handle)).toBe(true);
          spent.push(handle);
        } else if (spent.length > 0) {
          expect(queue.cancel(spent[random.below(spent.length)] ?? -1)).toBe(false);
        }
        expect(queue.size).toBe(list.length);
      }
    }
  });

  it("does not take a later event of the same slot for the cancelled one", () => {
    const queue = new EventQueue();
    const stale = queue.schedule(5, 1, 0, 0);
    expect(queue.cancel(stale)).toBe(true);
    const fresh = queue.schedule(5, 2, 0, 0);
    expect(queue.cancel(stale)).toBe(false);
    expect(queue.size).toBe(1);
    expect(queue.cancel(fresh)).toBe(true);
    expect(queue.next()).toBe(false);
    expect(queue.cancel(12345)).toBe(false);
  });

  it("refuses what cannot be in the future", () => {
    const queue = new EventQueue();
    queue.schedule(4, 1, 0, 0);
    queue.next();
    expect(() => queue.schedule(3.9, 1, 0, 0)).toThrow(RangeError);
    expect(() => queue.schedule(Number.NaN, 1, 0, 0)).toThrow(RangeError);
    expect(() => queue.schedule(Number.POSITIVE_INFINITY, 1, 0, 0)).toThrow(RangeError);
    queue.schedule(4, 9, 0, 0);
    expect(queue.next() && queue.code).toBe(9);
  });

  it("sorts a hundred thousand events", () => {
    const random = seededRandom(11);
    const queue = new EventQueue();
    const times = Float64Array.from({ length: 100_000 }, () => random.next());
    for (const [index, time] of times.entries()) queue.schedule(time, 0, index, 0);
    const sorted = times.toSorted();
    const differing = sorted.filter((time) => !(queue.next() && queue.time === time));
    expect(differing).toHaveLength(0);
  });
});
