import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import api from "./definition.ts";

test("answers on its own terms", () => {
  expect(recordVisit(api, {})).toBe("serve(calls in order)");
  expect(recordVisit(api, {}, { operation: "write" })).toBe("serve(calls in order)");
});

test("without a limit: 1 500 at a time at 10 000/s are 150 ms", () => {
  const serving = api.serving({});
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBe(150);
});

test("a quota is a token bucket in front, of ten calls unless stated; what it serves with stays as it is", () => {
  expect(api.rateLimit({})).toBeNull();
  expect(api.rateLimit({ rateLimitPerSecond: 100 })).toEqual({
    policy: "token-bucket",
    ratePerSecond: 100,
    burst: 10,
    windowMs: 1000,
  });
  expect(api.serving({ rateLimitPerSecond: 100 })).toEqual(api.serving({}));
});
