import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import ring from "./definition.ts";

test("sends each request to the owner of its key", () => {
  expect(recordVisit(ring, {})).toBe("serve(route hash)");
  expect(ring.routing({})).toBe("hash");
});

test("5 nodes with 100 points each spread by 8.9 % around their mean", () => {
  const points = Number(ring.resolve({})["virtualNodes"]);
  expect(Math.sqrt(4 / (5 * points + 1))).toBeCloseTo(0.0894, 4);
});
