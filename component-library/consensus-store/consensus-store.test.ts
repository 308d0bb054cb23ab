import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import consensus from "./definition.ts";

test("the leader serves reads and writes", () => {
  expect(recordVisit(consensus, {})).toBe("serve(calls in order)");
  expect(recordVisit(consensus, {}, { operation: "write" })).toBe("serve(calls in order)");
});

test.each([
  [1, 1],
  [3, 2],
  [4, 3],
  [5, 3],
])("of %d members %d must be up", (members, needed) => {
  expect(consensus.reliability({ members })).toMatchObject({ units: members, unitsNeeded: needed });
});

test("two of three members are up with 0.99999984", () => {
  const { mtbfHours, mttrMinutes } = consensus.reliability({});
  const up = mtbfHours / (mtbfHours + mttrMinutes / 60);
  expect(up ** 3 + 3 * up ** 2 * (1 - up)).toBeCloseTo(0.99999984, 8);
});
