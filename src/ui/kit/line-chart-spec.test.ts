import { expect, test } from "vitest";
import { type LineChartSpec, placeInRow, spreadLabels, startBetween, xRange, yRange } from "./line-chart-spec.ts";

const axis = { label: "a", format: String };

function spec(values: readonly (number | null)[], more: Partial<LineChartSpec> = {}): LineChartSpec {
  return { x: [1, 2, 3], series: [{ label: "s", values }], xAxis: axis, yAxis: axis, ...more };
}

test("a linear axis starts at zero and leaves room on top", () => {
  expect(xRange(spec([1, 2, 3]))).toEqual([1, 3]);
  const [min, max] = yRange(spec([1, null, 10]));
  expect(min).toBe(0);
  expect(max).toBeCloseTo(10.8, 9);
});

test("the target and the band are inside", () => {
  expect(yRange(spec([1, 2, 3], { target: { value: 100, label: "t" } }))[1]).toBeGreaterThan(100);
  expect(yRange(spec([1, 2, 3], { band: { low: [0, 1, -4], high: [2, 3, 50] } }))[1]).toBeGreaterThan(50);
  expect(yRange(spec([1, 2, 3], { band: { low: [0, 1, -4], high: [2, 3, 50] } }))[0]).toBeLessThanOrEqual(-4);
});

test("a log axis leaves out what it cannot show", () => {
  const [min, max] = yRange(spec([0, 1, 100], { yAxis: { ...axis, scale: "log" } }));
  expect(min).toBeCloseTo(0.8, 9);
  expect(max).toBeCloseTo(125, 9);
});

test("nothing to show, infinities and equal values still give an axis with width", () => {
  for (const values of [
    [null, null, null],
    [Number.POSITIVE_INFINITY, null, Number.NaN],
    [0, 0, 0],
    [5, 5, 5],
  ]) {
    for (const scale of ["linear", "log"] as const) {
      const [min, max] = yRange(spec(values, { yAxis: { ...axis, scale } }));
      expect(max).toBeGreaterThan(min);
      expect(Number.isFinite(max - min)).toBe(true);
    }
  }
});

test("labels are spread, in order and inside", () => {
  expect(spreadLabels([10, 11, 50], 13, 0, 100)).toEqual([10, 23, 50]);
  expect(spreadLabels([98, 99], 13, 0, 100)).toEqual([87, 100]);
  expect(spreadLabels([50, 10], 13, 0, 100)).toEqual([50, 10]);
  expect(spreadLabels([], 13, 0, 100)).toEqual([]);
});

test("names in a row stand over their places unless they would touch, and never leave the row", () => {
  const row = (...places: readonly number[]) =>
    placeInRow(
      places.map((at) => ({ at, width: 20 })),
      5,
      0,
      100,
    );
  expect(row(30, 70)).toEqual([30, 70]);
  expect(row(50, 52)).toEqual([50, 75]);
  expect(row(98, 2, 95)).toEqual([90, 10, 65]);
});

test("a label starts where no marker crosses it", () => {
  expect(startBetween(10, 30, [60], 5, 100)).toBe(10);
  expect(startBetween(10, 30, [20], 5, 100)).toBe(25);
  expect(startBetween(10, 30, [20, 50], 5, 100)).toBe(55);
  expect(startBetween(10, 60, [20, 50], 5, 100)).toBe(10);
});
