import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import store from "./definition.ts";

test("serves reads; writes flow to the replicas", () => {
  expect(recordVisit(store, {})).toBe("serve(calls in order)");
  expect(recordVisit(store, { replication: "synchronous" }, { operation: "write" })).toBe(
    "serve(calls in order then replicate and wait)",
  );
});

test("four partitions carry 12 000 reads/s; a key with 40 % of them fills its partition at 7 500", () => {
  const serving = store.serving({ instances: 4 });
  const ofOne = serving?.capacityPerSecond ?? 0;
  expect((serving?.instances ?? 0) * ofOne).toBe(12_000);
  expect(ofOne / 0.4).toBe(7500);
  expect(serving?.latencyMs).toBe(4);
});
