import type { TailAndDensity } from "./tail.ts";

/**
 * A stretch of a tail function on equal steps: values and slopes (per millisecond) at its `INTERVALS + 1` nodes, with the
 * cubic Hermite polynomial between neighbours.
 */
export interface Panel {
  /** From the start of the grid. */
  readonly startMs: number;
  readonly stepMs: number;
  readonly tails: Float64Array;
  readonly slopes: Float64Array;
}

/** Steps in one panel. */
export const INTERVALS = 8;
const COARSE_INTERVALS = INTERVALS / 2;

/** Error of the tail that a panel may have in its middle, as a probability. */
const TOLERANCE = 1e-9;
/** Halving the step divides the error of a cubic Hermite polynomial by 2⁴. */
const GAIN_BY_HALVING = 16;
const DEEPEST = 44;
const MOST_PANELS = 600;

/**
 * Appends the panels that represent a tail on [fromMs, toMs] to within 1e-9: halved where the cubic polynomial on the
 * coarse step misses a midpoint by more than the fine step will take away.
 *
 * @param sample tail and density at a time of that stretch; asked once a node
 */
export function appendPanels(
  panels: Panel[],
  originMs: number,
  fromMs: number,
  toMs: number,
  sample: (ms: number) => TailAndDensity,
): void {
  const width = toMs - fromMs;
  const coarse = { tails: new Float64Array(COARSE_INTERVALS + 1), slopes: new Float64Array(COARSE_INTERVALS + 1) };
  for (let i = 0; i <= COARSE_INTERVALS; i++) {
    const ms = i === COARSE_INTERVALS ? toMs : fromMs + (width * i) / COARSE_INTERVALS;
    put(coarse, i, sample(ms));
  }
  refine(coarse, fromMs, width, DEEPEST);

  function refine(nodes: Nodes, startMs: number, widthMs: number, depth: number): void {
    const stepMs = widthMs / INTERVALS;
    const fine = { tails: new Float64Array(INTERVALS + 1), slopes: new Float64Array(INTERVALS + 1) };
    let worst = 0;
    for (let i = 0; i <= COARSE_INTERVALS; i++) {
      const tail = nodes.tails[i] ?? 0;
      const slope = nodes.slopes[i] ?? 0;
      put(fine, 2 * i, { tail, density: -slope });
      if (i === COARSE_INTERVALS) continue;
      const middle = sample(startMs + (2 * i + 1) * stepMs);
      put(fine, 2 * i + 1, middle);
      const nextTail = nodes.tails[i + 1] ?? 0;
      const nextSlope = nodes.slopes[i + 1] ?? 0;
      const tailByCubic = (tail + nextTail) / 2 + (stepMs / 4) * (slope - nextSlope);
      const slopeByCubic = (0.75 / stepMs) * (nextTail - tail) - (slope + nextSlope) / 4;
      const missedSlope = Math.abs(slopeByCubic + middle.density) * stepMs;
      worst = Math.max(worst, Math.abs(tailByCubic - middle.tail), missedSlope / 4);
    }
    if (worst <= GAIN_BY_HALVING * TOLERANCE || depth === 0 || panels.length > MOST_PANELS) {
      panels.push({ startMs: startMs - originMs, stepMs, ...fine });
      return;
    }
    refine(part(fine, 0), startMs, widthMs / 2, depth - 1);
    refine(part(fine, COARSE_INTERVALS), startMs + widthMs / 2, widthMs / 2, depth - 1);
  }
}

interface Nodes {
  readonly tails: Float64Array;
  readonly slopes: Float64Array;
}

function put(nodes: Nodes, index: number, value: TailAndDensity): void {
  nodes.tails[index] = value.tail;
  nodes.slopes[index] = -value.density;
}

function part(fine: Nodes, first: number): Nodes {
  const last = first + COARSE_INTERVALS + 1;
  return { tails: fine.tails.slice(first, last), slopes: fine.slopes.slice(first, last) };
}

/** The tail `ms` after the start of the grid, by the cubic polynomial of its interval; 0 after the last panel. */
export function tailOnPanels(panels: readonly Panel[], ms: number): number {
  let low = 0;
  let high = panels.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const panel = panels[middle];
    if (panel !== undefined && panel.startMs + INTERVALS * panel.stepMs <= ms) low = middle + 1;
    else high = middle;
  }
  const panel = panels[low];
  if (panel === undefined) return 0;
  const place = Math.max(0, (ms - panel.startMs) / panel.stepMs);
  const i = Math.min(INTERVALS - 1, Math.floor(place));
  const x = place - i;
  const y = 1 - x;
  const start = (panel.tails[i] ?? 0) * (1 + 2 * x) + (panel.slopes[i] ?? 0) * panel.stepMs * x;
  const end = (panel.tails[i + 1] ?? 0) * (1 + 2 * y) - (panel.slopes[i + 1] ?? 0) * panel.stepMs * y;
  return start * y * y + end * x * x;
}

/** ∫ u(t) dt and ∫ t u(t) dt of the tail u on the panels, exact for their polynomials. */
export function integralsOfTail(panels: readonly Panel[]): { readonly plain: number; readonly timesTime: number } {
  let plain = 0;
  let timesTime = 0;
  for (const { startMs, stepMs, tails, slopes } of panels) {
    for (let i = 0; i < INTERVALS; i++) {
      const u = tails[i] ?? 0;
      const v = tails[i + 1] ?? 0;
      const du = (slopes[i] ?? 0) * stepMs;
      const dv = (slopes[i + 1] ?? 0) * stepMs;
      const area = stepMs * ((u + v) / 2 + (du - dv) / 12);
      plain += area;
      timesTime += (startMs + i * stepMs) * area + stepMs * stepMs * ((3 * u + 7 * v) / 20 + du / 30 - dv / 20);
    }
  }
  return { plain, timesTime };
}
