import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import dns from "./definition.ts";

test("every request asks, then goes to one target", () => {
  expect(recordVisit(dns, {})).toBe("serve(route random)");
});

test("with 95 % of the answers kept by resolvers, 5 % of the requests ask", () => {
  expect(recordVisit(dns, { cachedRatio: 0.95 })).toBe("(0.95: nothing or 0.05: serve()) then route random");
});

test("half an hour in ten years is 99.9994 %", () => {
  const { mtbfHours, mttrMinutes } = dns.reliability({});
  expect(mtbfHours / (mtbfHours + mttrMinutes / 60)).toBeCloseTo(0.999994, 6);
});
