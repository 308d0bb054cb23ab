import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import gateway from "./definition.ts";

test("passes each request on by its journey", () => {
  expect(recordVisit(gateway, {})).toBe("serve(route by-journey)");
  expect(recordVisit(gateway, {}, { operation: "write" })).toBe("serve(route by-journey)");
});

test("20 places at 10 000 requests/s are 2 ms of service and no pure delay", () => {
  expect(gateway.serving({})?.latencyMs).toBe(2);
});

test("meets instances at random", () => expect(gateway.routing({})).toBe("random"));

test("limits no rate unless told to", () => {
  expect(gateway.rateLimit({})).toBeNull();
  expect(gateway.rateLimit({ rateLimitPerSecond: 50, limiterPolicy: "fixed-window", windowMs: 60_000 })).toEqual({
    policy: "fixed-window",
    ratePerSecond: 50,
    burst: 10,
    windowMs: 60_000,
  });
});

test("1 999 h between outages of an hour are 99.95 %", () => {
  const { mtbfHours, mttrMinutes } = gateway.reliability({});
  expect(mtbfHours / (mtbfHours + mttrMinutes / 60)).toBeCloseTo(0.9995, 10);
});
