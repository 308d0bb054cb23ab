import { expect, test } from "vitest";
import { linearTicks } from "./axis-ticks.ts";

test.each([
  [0, 24, 5, [0, 5, 10, 15, 20]],
  [0, 100, 5, [0, 20, 40, 60, 80, 100]],
  [0.2, 1.3, 4, [0.5, 1]],
  [-3, 3, 6, [-3, -2, -1, 0, 1, 2, 3]],
  [0, 0.0005, 5, [0, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005]],
])("from %d to %d with %d steps", (min, max, most, ticks) => expect(linearTicks(min, max, most)).toEqual(ticks));

test("a range without width has one tick, and none is lost to rounding", () => {
  expect(linearTicks(5, 5, 4)).toEqual([5]);
  for (const max of [0.3, 0.7, 1.1, 9.9, 1234.5, 1e9]) {
    const ticks = linearTicks(0, max, 5);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.at(-1)).toBeLessThanOrEqual(max * (1 + 1e-9));
  }
});
