import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import shard from "./definition.ts";

test("serves reads; writes flow to the replicas", () => {
  expect(recordVisit(shard, {})).toBe("serve(calls in order)");
  expect(recordVisit(shard, {}, { operation: "write" })).toBe("serve(calls in order then replicate)");
});

test("16 shards carry 89 600/s evenly and 74 667/s with the hottest 1.2 times the mean", () => {
  const serving = shard.serving({ instances: 16 });
  const total = (serving?.instances ?? 0) * (serving?.capacityPerSecond ?? 0);
  expect(total).toBe(89_600);
  expect(total / 1.2).toBeCloseTo(74_667, 0);
});
