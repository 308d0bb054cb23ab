import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { linearTicks } from "./axis-ticks.ts";
import {
  type LineAxis,
  type LineChartSpec,
  type LineTone,
  placeInRow,
  spreadLabels,
  startBetween,
  xRange,
  yRange,
} from "./line-chart-spec.ts";
import { logTicks } from "./slider-scale.ts";
import { readTokens } from "./theme.ts";

const LABEL_FONT = '500 11px "Inter Variable", system-ui, sans-serif';
const AXIS_FONT = '11px "Inter Variable", system-ui, sans-serif';
const TOKENS = [
  "--load",
  "--ink",
  "--muted",
  "--faint",
  "--near",
  "--over",
  "--line",
  "--line-soft",
  "--panel",
] as const;
const TEXT_TOKENS = ["--load-text", "--near-text", "--over-text", "--mark"] as const;

type Inks = Readonly<Record<(typeof TOKENS)[number] | (typeof TEXT_TOKENS)[number], string>>;

const LINE_INK: Readonly<Record<LineTone, keyof Inks>> = {
  load: "--load",
  ink: "--ink",
  muted: "--muted",
  near: "--near",
  over: "--over",
};
const TEXT_INK: Readonly<Record<LineTone, keyof Inks>> = {
  load: "--load-text",
  ink: "--ink",
  muted: "--muted",
  near: "--near-text",
  over: "--over-text",
};

export interface PlotHandle {
  readonly setWidth: (width: number) => void;
  readonly destroy: () => void;
}

function axisOptions(axis: LineAxis, range: readonly [number, number], inks: Inks, most: number): uPlot.Axis {
  return {
    stroke: inks["--faint"],
    font: AXIS_FONT,
    grid: { stroke: inks["--line-soft"], width: 1 },
    ticks: { show: false },
    border: { show: false },
    splits: () => [
      ...(axis.scale === "log" ? logTicks(range[0], range[1], most) : linearTicks(range[0], range[1], most)),
    ],
    values: (_plot, splits) => splits.map((split) => (split === null ? "" : axis.format(split))),
    // Without it uPlot blanks the labels of a log axis that are not powers of ten.
    filter: (_plot, splits) => splits,
  };
}

function textWidth(text: string): number {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return text.length * 6.5;
  context.font = AXIS_FONT;
  return context.measureText(text).width;
}

/** Words on a halo of the ground, so that a line behind them does not cross them out. */
function drawWords(plot: uPlot, text: string, x: number, y: number, inks: Inks, pixel: number): void {
  plot.ctx.lineJoin = "round";
  plot.ctx.lineWidth = 4 * pixel;
  plot.ctx.strokeStyle = inks["--panel"];
  plot.ctx.strokeText(text, x, y);
  plot.ctx.fillText(text, x, y);
}

function drawBand(plot: uPlot, spec: LineChartSpec, inks: Inks): void {
  if (spec.band === undefined) return;
  const { ctx, bbox } = plot;
  const { low, high } = spec.band;
  const known = spec.x.flatMap((x, index) => {
    const bottom = low[index];
    const top = high[index];
    return typeof bottom === "number" && typeof top === "number" ? [{ x, bottom, top }] : [];
  });
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (const { x, top } of known) ctx.lineTo(plot.valToPos(x, "x", true), plot.valToPos(top, "y", true));
  for (const { x, bottom } of known.reverse())
    ctx.lineTo(plot.valToPos(x, "x", true), plot.valToPos(bottom, "y", true));
  ctx.closePath();
  ctx.globalAlpha = 0.16;
  ctx.fillStyle = inks["--load"];
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** A target is a thin line that carries the product's mark at its left end. */
function drawTarget(plot: uPlot, spec: LineChartSpec, inks: Inks, pixel: number): void {
  if (spec.target === undefined) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(spec.target.value, "y", true));
  if (!(y >= bbox.top - 1 && y <= bbox.top + bbox.height + 1)) return;
  ctx.strokeStyle = inks["--mark"];
  ctx.lineWidth = 1.25 * pixel;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(bbox.left + 12 * pixel, y, 4.5 * pixel, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.fillStyle = inks["--ink"];
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  const markers = (spec.markers ?? []).map((marker) => plot.valToPos(marker.x, "x", true));
  const width = ctx.measureText(spec.target.label).width;
  const start = startBetween(bbox.left + 22 * pixel, width, markers, 5 * pixel, bbox.left + bbox.width);
  drawWords(plot, spec.target.label, start, y - 3 * pixel, inks, pixel);
}

/** Room above the plot for the names of the markers, and the slant that leads from a name to its line. */
const markerRoom = { words: 14, lead: 6 } as const;

/** Lines upward with their names in a row of their own above the plot. */
function drawMarkers(plot: uPlot, spec: LineChartSpec, inks: Inks, pixel: number): void {
  const { ctx, bbox } = plot;
  const shown = (spec.markers ?? [])
    .map((marker) => ({ marker, x: Math.round(plot.valToPos(marker.x, "x", true)) }))
    .filter(({ x }) => x >= bbox.left - 1 && x <= bbox.left + bbox.width + 1);
  const middles = placeInRow(
    shown.map(({ marker, x }) => ({ at: x, width: ctx.measureText(marker.label).width })),
    8 * pixel,
    bbox.left,
    bbox.left + bbox.width,
  );
  for (const [index, { marker, x }] of shown.entries()) {
    const middle = middles[index] ?? x;
    ctx.strokeStyle = inks[LINE_INK[marker.tone ?? "muted"]];
    ctx.lineWidth = pixel;
    ctx.setLineDash([3 * pixel, 3 * pixel]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x, bbox.top);
    ctx.lineTo(middle, bbox.top - markerRoom.lead * pixel);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = inks[TEXT_INK[marker.tone ?? "muted"]];
    ctx.textAlign = "center";
    ctx.textBaseline = "bottom";
    ctx.fillText(marker.label, middle, bbox.top - (markerRoom.lead + 1) * pixel);
  }
}

function drawDirectLabels(plot: uPlot, spec: LineChartSpec, inks: Inks, pixel: number): void {
  const { ctx, bbox } = plot;
  const bottom = bbox.top + bbox.height;
  const ends = spec.series.flatMap((line) => {
    const last = line.values.findLast((value): value is number => typeof value === "number" && Number.isFinite(value));
    return last === undefined
      ? []
      : [{ line, y: Math.min(bottom, Math.max(bbox.top, plot.valToPos(last, "y", true))) }];
  });
  const spread = spreadLabels(
    ends.map((end) => end.y),
    13 * pixel,
    bbox.top,
    bottom,
  );
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const [index, { line }] of ends.entries()) {
    ctx.fillStyle = inks[TEXT_INK[line.tone ?? "load"]];
    ctx.fillText(line.label, bbox.left + bbox.width + 6 * pixel, spread[index] ?? 0);
  }
}

/** Draws the chart into an empty element; a new theme or new data is a new drawing. */
export function drawLineChart(
  host: HTMLElement,
  spec: LineChartSpec,
  size: { readonly width: number; readonly height: number },
  onCursor: (index: number | null) => void,
): PlotHandle {
  const inks = { ...readTokens(host, TOKENS), ...readTokens(host, TEXT_TOKENS) };
  const xEnds = xRange(spec);
  const yEnds = yRange(spec);
  const isLogY = spec.yAxis.scale === "log";
  const yTicks = isLogY ? logTicks(yEnds[0], yEnds[1], 5) : linearTicks(yEnds[0], yEnds[1], 5);
  const yWidth = Math.ceil(Math.max(...yTicks.map((tick) => textWidth(spec.yAxis.format(tick)))) + 12);
  const labelWidth = Math.ceil(Math.max(0, ...spec.series.map((line) => textWidth(line.label))) + 12);
  const markerWidth = Math.max(0, ...(spec.markers ?? []).map((marker) => textWidth(marker.label)));
  const decorate =
    (...parts: readonly ((plot: uPlot, spec: LineChartSpec, inks: Inks, pixel: number) => void)[]) =>
    (plot: uPlot) => {
      plot.ctx.save();
      plot.ctx.setLineDash([]);
      plot.ctx.font = LABEL_FONT.replace("11px", `${11 * uPlot.pxRatio}px`);
      for (const part of parts) part(plot, spec, inks, uPlot.pxRatio);
      plot.ctx.restore();
    };
  const plot = new uPlot(
    {
      ...size,
      padding: [
        (spec.markers ?? []).length === 0 ? 8 : markerRoom.words + markerRoom.lead,
        Math.max(labelWidth, markerWidth / 2),
        0,
        0,
      ],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 7 } },
      scales: {
        x: { time: false, distr: spec.xAxis.scale === "log" ? 3 : 1, range: [xEnds[0], xEnds[1]] },
        y: { distr: isLogY ? 3 : 1, range: [yEnds[0], yEnds[1]] },
      },
      axes: [
        { ...axisOptions(spec.xAxis, xEnds, inks, Math.max(3, Math.floor(size.width / 70))), size: 22, gap: 5 },
        { ...axisOptions(spec.yAxis, yEnds, inks, 5), size: yWidth, gap: 6 },
      ],
      series: [
        {},
        ...spec.series.map((line) => ({
          label: line.label,
          stroke: inks[LINE_INK[line.tone ?? "load"]],
          width: 1.75,
          points: { show: false },
          ...(line.dash === true ? { dash: [5, 4] } : {}),
        })),
      ],
      hooks: {
        drawAxes: [decorate(drawBand)],
        draw: [decorate(drawTarget, drawMarkers, drawDirectLabels)],
        setCursor: [(moved) => onCursor(moved.cursor.idx ?? null)],
      },
    },
    [
      [...spec.x],
      ...spec.series.map((line) =>
        line.values.map((value) =>
          value === null || !Number.isFinite(value) || (isLogY && value <= 0) ? null : value,
        ),
      ),
    ],
    host,
  );
  return {
    setWidth: (width) => plot.setSize({ width, height: size.height }),
    destroy: () => plot.destroy(),
  };
}
