import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import cache from "./definition.ts";

test("cache-aside: a read and a write are served here; what the caller does next is the caller's", () => {
  expect(recordVisit(cache, {}, { outgoing: [] })).toBe("serve()");
  expect(recordVisit(cache, {}, { outgoing: [], operation: "write" })).toBe("serve()");
  expect(cache.edges({})).toEqual({ incomingMode: "synchronous", cacheAside: true, writes: "invalidate" });
});

test("cache-aside with something behind it all the same: a miss goes there", () => {
  expect(recordVisit(cache, {})).toBe("serve(calls by outcome at 0.8)");
});

test("what a write does follows from the strategy", () => {
  const write = (strategy: string) => recordVisit(cache, { strategy }, { operation: "write" });
  expect(write("write-through")).toBe("serve(calls by outcome at 0.8)");
  expect(write("write-behind")).toBe("serve() then deliver each");
  expect(["read-through", "write-behind", "write-around"].map((strategy) => cache.edges({ strategy }).writes)).toEqual([
    "through",
    "behind",
    "around",
  ]);
  expect(cache.edges({ strategy: "read-through" }).cacheAside).toBe(false);
  expect(cache.edges({ strategy: "write-around" }).cacheAside).toBe(true);
});

test("write-behind: one later write stands for several", () => {
  expect(recordVisit(cache, { strategy: "write-behind", coalescedWrites: 4 }, { operation: "write" })).toBe(
    "serve() then (0.25: deliver each or 0.75: nothing)",
  );
});

test("what it holds: whole objects, and no stale copies where it sees the writes", () => {
  expect(cache.content({ memoryBytes: 10_999, objectBytes: 1000, strategy: "write-around" })).toMatchObject({
    capacityKeys: 10,
    writesUpdateCopies: false,
    refreshWindow: 0,
  });
  expect(cache.content({ strategy: "refresh-ahead", refreshWindow: 0.2 })).toMatchObject({
    writesUpdateCopies: true,
    refreshWindow: 0.2,
  });
});

test("refresh-ahead renews 5 % of the hits with nobody waiting", () => {
  const read = (outcome: "hit" | "miss" | null) => recordVisit(cache, { strategy: "refresh-ahead" }, { outcome });
  expect(read("hit")).toBe("serve(calls by outcome at 0.8) then (0.05: deliver each or 0.95: nothing)");
  expect(read("miss")).toBe("serve(calls by outcome at 0.8)");
  expect(read(null)).toBe("serve(calls by outcome at 0.8) then (0.04: deliver each or 0.96: nothing)");
});

test("10 000 objects of 1 kB with room for 1 000 and skew 0.8 hit 43.7 %: 1 000 reads/s leave 563/s", () => {
  const hitRatio = cache.hitRatio({ keys: 10_000, memoryBytes: 1_000_000, objectBytes: 1000, skew: 0.8 }) ?? 0;
  expect(hitRatio).toBeCloseTo(0.43666, 5);
  expect(1000 * (1 - hitRatio)).toBeCloseTo(563.3, 1);
});

test("a stated hit ratio holds, and 0.8 is assumed when nothing is stated", () => {
  expect(cache.hitRatio({ hitRatio: 0.95, keys: 10_000 })).toBe(0.95);
  expect(cache.hitRatio({})).toBe(0.8);
  expect(cache.resolve({})["hitRatio"]).toBe(0.8);
});

test("asking for a computed hit ratio without the number of keys is a fault", () => {
  expect(cache.check({ hitRatio: null })).toEqual([
    {
      path: ["hitRatio"],
      message: "The hit ratio is to be computed, but the number of keys is not stated.",
      expected: "a hitRatio from 0 to 1, or keys to compute it from",
    },
  ]);
});
