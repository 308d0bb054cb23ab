import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import dns from "./definition.ts";

test("every request asks, then goes to one target", () => {
  expect(recordVisit(dns, {})).toBe("serve(route random)");
});

test("with 95 % of the answers kept by resolvers, 5 % of the requests ask", () => {
  expect(recordVisit(dns, { cachedRatio: 0.95 })).toBe("(0.95: nothing or 0.05: serve()) then route random");
});

test("a resolver with 2 requests/s asks once a minute and once a request: 120 of 121 are kept", () => {
  const kept = dns.resolve({ recordTtlMs: 60_000, resolverPerSecond: 2 });
  expect(kept["cachedRatio"]).toBeCloseTo(120 / 121, 12);
  expect(dns.resolve({ recordTtlMs: 60_000, resolverPerSecond: 2, cachedRatio: 0.5 })["cachedRatio"]).toBe(0.5);
  expect(dns.resolve({})["cachedRatio"]).toBe(0);
});

test("half an hour in ten years is 99.9994 %", () => {
  const { mtbfHours, mttrMinutes } = dns.reliability({});
  expect(mtbfHours / (mtbfHours + mttrMinutes / 60)).toBeCloseTo(0.999994, 6);
});
