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

test("100 calls/s with a burst of 10: one server with 10 ms of constant service and 9 waiting places", () => {
  const serving = api.serving({ rateLimitPerSecond: 100 });
  expect(serving).toMatchObject({
    instances: 1,
    concurrency: 1,
    capacityPerSecond: 100,
    variability: 0,
    queueLimit: 9,
    latencyMs: 150,
    dispatch: "shared-queue",
  });
  expect(80 / (serving?.capacityPerSecond ?? 0)).toBe(0.8);
});

test("a latency shorter than the limiter's own service time counts as that", () => {
  expect(api.serving({ rateLimitPerSecond: 2, latencyMs: 200 })?.latencyMs).toBe(500);
});
