import { expect, test } from "vitest";
import { logTicks, nextLogValue, positionOf, valueAt } from "./slider-scale.ts";

const dial = { min: 0.1, max: 100, scale: "log" } as const;

test("a log track has equal room for every decade", () => {
  expect(positionOf(0.1, dial)).toBe(0);
  expect(positionOf(1, dial)).toBeCloseTo(1 / 3, 12);
  expect(positionOf(10, dial)).toBeCloseTo(2 / 3, 12);
  expect(positionOf(100, dial)).toBe(1);
  expect(positionOf(1000, dial)).toBe(1);
  expect(positionOf(0, dial)).toBe(0);
});

test("position and value undo each other", () => {
  for (const range of [dial, { min: -5, max: 20, scale: "linear" }] as const) {
    for (let at = 0; at <= 1; at += 0.05) expect(positionOf(valueAt(at, range), range)).toBeCloseTo(at, 9);
  }
});

test.each([
  [1, 1, false, 1.1],
  [1, -1, false, 0.99],
  [9.9, 1, false, 10],
  [10, 1, false, 11],
  [10, -1, false, 9.9],
  [0.1, 1, false, 0.11],
  [99, 1, false, 100],
  [1.284, 1, false, 1.3],
  [1.284, -1, false, 1.2],
  [1, 1, true, 2],
  [1, -1, true, 0.5],
  [1.3, 1, true, 2],
  [1.3, -1, true, 1],
  [0.1, 1, true, 0.2],
  [50, 1, true, 100],
] as const)("from %d a step of %d (large: %s) goes to %d", (value, direction, large, next) => {
  expect(nextLogValue(value, direction, large)).toBeCloseTo(next, 9);
});

test("small steps climb the whole dial without skipping or sticking", () => {
  const seen = [0.1];
  while ((seen.at(-1) ?? 0) < 100 && seen.length < 1000) seen.push(nextLogValue(seen.at(-1) ?? 0, 1, false));
  expect(seen.at(-1)).toBe(100);
  expect(seen).toHaveLength(271);
  const back = [100];
  while ((back.at(-1) ?? 0) > 0.1 && back.length < 1000) back.push(nextLogValue(back.at(-1) ?? 0, -1, false));
  expect(back.reverse()).toEqual(seen);
});

test("ticks are round, inside the range and not too many", () => {
  expect(logTicks(1, 4, 6)).toEqual([1, 1.5, 2, 3, 4]);
  expect(logTicks(0.1, 100, 4)).toEqual([0.1, 1, 10, 100]);
  expect(logTicks(0.5, 50, 6)).toEqual([1, 10]);
  expect(logTicks(0.5, 50, 7)).toEqual([0.5, 1, 2, 5, 10, 20, 50]);
  for (const [min, max] of [
    [0.8, 3],
    [1, 1000],
    [1e-6, 1e9],
  ] as const) {
    const ticks = logTicks(min, max, 5);
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.length).toBeLessThanOrEqual(5);
    for (const tick of ticks) expect(tick >= min * 0.999 && tick <= max * 1.001).toBe(true);
  }
});
