import { expect, test } from "vitest";
import region from "./definition.ts";

test("0.05 outages of four hours a year are 12 minutes a year", () => {
  const { mtbfHours, mttrMinutes } = region.reliability({});
  const availability = mtbfHours / (mtbfHours + mttrMinutes / 60);
  expect(availability).toBeCloseTo(0.999977, 6);
  expect((1 - availability) * 365.25 * 24 * 60).toBeCloseTo(12, 2);
});

test("holds nodes and serves nothing", () => {
  expect(region.isContainer).toBe(true);
  expect(region.serving({})).toBeNull();
});
