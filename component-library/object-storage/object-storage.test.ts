import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import storage from "./definition.ts";

test("serves reads; writes flow to the copies", () => {
  expect(recordVisit(storage, {})).toBe("serve(calls in order)");
  expect(recordVisit(storage, {}, { operation: "write" })).toBe("serve(calls in order then replicate)");
});

test("550 at a time at 5 500 requests/s are 100 ms; 4 prefixes carry 22 000 reads/s", () => {
  const serving = storage.serving({ instances: 4 });
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBe(100);
  expect((serving?.instances ?? 0) * (serving?.capacityPerSecond ?? 0)).toBe(22_000);
});
