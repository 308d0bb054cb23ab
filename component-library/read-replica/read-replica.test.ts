import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import replica from "./definition.ts";

test("answers reads, applies writes and passes them on to its own replicas", () => {
  expect(recordVisit(replica, {})).toBe("serve(calls in order)");
  expect(recordVisit(replica, {}, { operation: "write" })).toBe("serve(replicate)");
});

test("16 000 reads/s and 3 200 applied writes/s are 60 % of one replica", () => {
  const capacity = replica.serving({})?.capacityPerSecond ?? 0;
  expect((16_000 + 3200) / capacity).toBeCloseTo(0.6, 12);
});
