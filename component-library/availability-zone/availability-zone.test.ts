import { expect, test } from "vitest";
import zone from "./definition.ts";

test("0.25 outages of two hours a year are half an hour a year; two zones are both out for 0.1 s", () => {
  const { mtbfHours, mttrMinutes } = zone.reliability({});
  const availability = mtbfHours / (mtbfHours + mttrMinutes / 60);
  expect((1 - availability) * 365.25 * 24 * 60).toBeCloseTo(30, 2);
  expect(1 - (1 - availability) ** 2).toBeCloseTo(0.9999999967, 10);
});

test("holds nodes and serves nothing", () => {
  expect(zone.isContainer).toBe(true);
  expect(zone.serving({})).toBeNull();
});
