import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import search from "./definition.ts";

test("serves queries; documents flow to the copies", () => {
  expect(recordVisit(search, {})).toBe("serve(calls in order)");
  expect(recordVisit(search, {}, { operation: "write" })).toBe("serve(calls in order then replicate)");
});

test("a query asks as many nodes as hold its parts, a document one", () => {
  expect(recordVisit(search, { instances: 5, shardsAsked: 3 })).toBe("serve(calls in order) in 3 parts");
  expect(recordVisit(search, { instances: 2, shardsAsked: 3 })).toBe("serve(calls in order) in 2 parts");
  expect(recordVisit(search, { instances: 5, shardsAsked: 3 }, { operation: "write" })).toBe(
    "serve(calls in order then replicate)",
  );
});

test("8 at a time at 400 queries/s are 20 ms; 3 nodes carry 1 200 queries/s", () => {
  const serving = search.serving({ instances: 3 });
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBe(20);
  expect((serving?.instances ?? 0) * (serving?.capacityPerSecond ?? 0)).toBe(1200);
});
