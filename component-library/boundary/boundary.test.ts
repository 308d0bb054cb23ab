import { expect, test } from "vitest";
import boundary from "./definition.ts";

test("shows its purpose, and does not fail", () => {
  expect(boundary.caption({})).toBe("boundary");
  expect(boundary.caption({ purpose: "Payments" })).toBe("Payments");
  const { mtbfHours, mttrMinutes } = boundary.reliability({});
  expect(mtbfHours / (mtbfHours + mttrMinutes / 60)).toBe(1);
});

test("refuses a purpose that is not a short text", () => {
  expect(boundary.check({ purpose: "x".repeat(201) })[0]?.expected).toBe("a text of at most 200 characters");
  expect(boundary.check({ purpose: 7 })[0]?.message).toBe("Purpose cannot be 7.");
});
