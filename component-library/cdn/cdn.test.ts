import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import cdn from "./definition.ts";

test("a miss and a write go to the origin", () => {
  expect(recordVisit(cdn, {})).toBe("serve(calls by outcome at 0.9)");
  expect(recordVisit(cdn, {}, { operation: "write" })).toBe("serve(calls by outcome at 0.9)");
  expect(cdn.edges({})).toEqual({ incomingMode: "synchronous", cacheAside: false, writes: "through" });
});

test("2 000 reads/s leave 200/s for the origin, which adds a tenth of its time to the mean", () => {
  const missRatio = 1 - (cdn.hitRatio({}) ?? 1);
  expect(2000 * missRatio).toBeCloseTo(200, 9);
  expect(80 * missRatio).toBeCloseTo(8, 9);
});

test("20 TB for 100 000 films of 1 GB hit what LRU keeps of them", () => {
  const hitRatio = cdn.hitRatio({ keys: 100_000, objectBytes: 1e9, memoryBytes: 2e13 }) ?? 0;
  expect(hitRatio).toBeGreaterThan(0.2);
  expect(hitRatio).toBeLessThan(0.8);
});
