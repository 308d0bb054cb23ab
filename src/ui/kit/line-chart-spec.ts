import type { SliderScale } from "./slider-scale.ts";

export type LineTone = "load" | "ink" | "muted" | "near" | "over";

export interface LineAxis {
  readonly label: string;
  readonly scale?: SliderScale;
  readonly format: (value: number) => string;
  /** Ends of the axis; by default what the data, the band and the target need. */
  readonly min?: number;
  readonly max?: number;
}

export interface LineSeries {
  readonly label: string;
  /** As long as `x`; null is a gap. */
  readonly values: readonly (number | null)[];
  readonly tone?: LineTone;
  readonly dash?: boolean;
}

export interface LineChartSpec {
  /** Ascending. */
  readonly x: readonly number[];
  readonly series: readonly LineSeries[];
  readonly xAxis: LineAxis;
  readonly yAxis: LineAxis;
  /** A line across, carrying the product's mark. */
  readonly target?: { readonly value: number; readonly label: string } | undefined;
  /** An interval around a series. */
  readonly band?: { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] } | undefined;
  /** Lines upward from the x axis, such as the knee. */
  readonly markers?: readonly { readonly x: number; readonly label: string; readonly tone?: LineTone }[] | undefined;
}

function ends(values: readonly (number | null | undefined)[], scale: SliderScale): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (typeof value !== "number" || !Number.isFinite(value) || (scale === "log" && value <= 0)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: scale === "log" ? 0.1 : 0, max: 1 };
}

/** The x axis ends where the data end. */
export function xRange({ x, xAxis }: LineChartSpec): readonly [number, number] {
  const found = ends(x, xAxis.scale ?? "linear");
  const min = xAxis.min ?? found.min;
  const max = xAxis.max ?? found.max;
  return max > min ? [min, max] : [min, min + (Math.abs(min) || 1)];
}

/** A linear y axis starts at 0 (or below the least value); a log one a little under the least. Both leave room on top. */
export function yRange({ series, band, target, yAxis }: LineChartSpec): readonly [number, number] {
  const scale = yAxis.scale ?? "linear";
  const all = [...series.flatMap((line) => line.values), ...(band?.low ?? []), ...(band?.high ?? []), target?.value];
  const found = ends(all, scale);
  const min = yAxis.min ?? (scale === "log" ? found.min / 1.25 : Math.min(0, found.min * 1.08));
  const top = scale === "log" ? found.max * 1.25 : found.max + (found.max - Math.min(0, found.min)) * 0.08;
  const max = yAxis.max ?? top;
  return max > min ? [min, max] : [min, min + (Math.abs(min) || 1)];
}

/**
 * Middles of labels in one row, each as near to where it is wanted as the others let it: in the order of their places, apart
 * by `gap`, inside from `low` to `high`.
 */
export function placeInRow(
  labels: readonly { readonly at: number; readonly width: number }[],
  gap: number,
  low: number,
  high: number,
): readonly number[] {
  const placed = labels.map(({ at, width }, index) => ({ at, width, index })).sort((a, b) => a.at - b.at);
  let start = low;
  for (const label of placed) {
    label.at = Math.max(label.at, start + label.width / 2);
    start = label.at + label.width / 2 + gap;
  }
  let end = high;
  for (const label of placed.toReversed()) {
    label.at = Math.min(label.at, end - label.width / 2);
    end = label.at - label.width / 2 - gap;
  }
  return placed.sort((a, b) => a.index - b.index).map((label) => label.at);
}

/** Where a label of some width starts so that no marker crosses it: at the first start, else right of a marker. */
export function startBetween(
  first: number,
  width: number,
  markers: readonly number[],
  gap: number,
  high: number,
): number {
  const starts = [first, ...[...markers].sort((a, b) => a - b).map((at) => at + gap)];
  const isFree = (start: number) =>
    start >= first && start + width <= high && markers.every((at) => at < start || at > start + width);
  return starts.find(isFree) ?? first;
}

/** Moves labels apart so that none is nearer than `gap` to the next, keeping their order and staying inside. */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed: { at: number; index: number }[] = [];
  for (const { at, index } of order) {
    const previous = placed.at(-1);
    placed.push({ index, at: Math.max(at, low, previous === undefined ? low : previous.at + gap) });
  }
  let limit = high;
  for (const label of placed.reverse()) {
    label.at = Math.min(label.at, limit);
    limit = label.at - gap;
  }
  return placed.sort((a, b) => a.index - b.index).map((label) => label.at);
}
