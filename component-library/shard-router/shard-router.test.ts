import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import router from "./definition.ts";

test("sends each request to the shard of its key", () => {
  expect(recordVisit(router, {})).toBe("serve(route hash)");
  expect(recordVisit(router, {}, { operation: "write" })).toBe("serve(route hash)");
  expect(router.routing({})).toBe("hash");
});

test("10 shards with 100 points each spread by 9.5 % around their mean", () => {
  const points = Number(router.resolve({})["virtualNodes"]);
  expect(Math.sqrt(9 / (10 * points + 1))).toBeCloseTo(0.0948, 4);
});
