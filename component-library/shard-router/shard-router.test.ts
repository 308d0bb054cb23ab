import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import router from "./definition.ts";

test("sends each request to the shard of its key", () => {
  expect(recordVisit(router, {})).toBe("serve(route hash)");
  expect(recordVisit(router, {}, { operation: "write" })).toBe("serve(route hash)");
  expect(router.routing({})).toBe("hash");
});

test("a part of the reads asks all shards, and no write", () => {
  expect(recordVisit(router, { scatterRatio: 0.25 })).toBe("serve((0.25: ask all or 0.75: route hash))");
  expect(recordVisit(router, { scatterRatio: 1 })).toBe("serve(ask all)");
  expect(recordVisit(router, { scatterRatio: 0.25 }, { operation: "write" })).toBe("serve(route hash)");
});

test("keys are spread unequally only where a skew is stated and a hash decides", () => {
  expect(router.hashedKeys({ keys: 100 })).toBeNull();
  expect(router.hashedKeys({ keys: 100, keySkew: 1 })).toEqual({ keyCount: 100, skew: 1, pointsPerTarget: null });
  expect(router.hashedKeys({ keys: 100, keySkew: 1, policy: "random" })).toBeNull();
});

test("10 shards with 100 points each spread by 9.5 % around their mean", () => {
  const points = Number(router.resolve({})["virtualNodes"]);
  expect(Math.sqrt(9 / (10 * points + 1))).toBeCloseTo(0.0948, 4);
});
