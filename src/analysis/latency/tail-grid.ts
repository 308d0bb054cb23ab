/**
 * A stretch of a tail function on equal steps: values and slopes (per millisecond) at its `INTERVALS + 1` nodes, with the
 * cubic Hermite polynomial between neighbours. The slopes are differences of the values: a density inverted by itself is
 * not the slope of the inverted tail near a bend, and the grid would never become fine enough.
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
const TOLERANCE = 4e-9;
/** Halving the step divides the error of a cubic Hermite polynomial by 2⁴. */
const GAIN_BY_HALVING = 16;
const DEEPEST = 44;
const MOST_PANELS = 600;

/**
 * Appends the panels that represent a tail on [fromMs, toMs] to within 4e-9: halved where the cubic polynomial on the
 * coarse step misses a midpoint by more than the fine step will take away.
 *
 * @param originMs where the grid starts
 * @param sample tail at a time of that stretch; asked once a node
 */
export function appendPanels(
  panels: Panel[],
  originMs: number,
  fromMs: number,
  toMs: number,
  sample: (ms: number) => number,
): void {
  const width = toMs - fromMs;
  const first = new Float64Array(COARSE_INTERVALS + 1);
  for (let i = 0; i <= COARSE_INTERVALS; i++) {
    first[i] = sample(i === COARSE_INTERVALS ? toMs : fromMs + (width * i) / COARSE_INTERVALS);
  }
  refine(first, fromMs, width, DEEPEST);

  function refine(coarse: Float64Array, startMs: number, widthMs: number, depth: number): void {
    const stepMs = widthMs / INTERVALS;
    const coarseSlopes = slopesOf(coarse, 2 * stepMs);
    const tails = new Float64Array(INTERVALS + 1);
    let worst = 0;
    for (let i = 0; i <= COARSE_INTERVALS; i++) {
      const here = coarse[i] ?? 0;
      tails[2 * i] = here;
      if (i === COARSE_INTERVALS) break;
      const middle = sample(startMs + (2 * i + 1) * stepMs);
      tails[2 * i + 1] = middle;
      const byCubic =
        (here + (coarse[i + 1] ?? 0)) / 2 + (stepMs / 4) * ((coarseSlopes[i] ?? 0) - (coarseSlopes[i + 1] ?? 0));
      worst = Math.max(worst, Math.abs(byCubic - middle));
    }
    if (worst <= GAIN_BY_HALVING * TOLERANCE || depth === 0 || panels.length > MOST_PANELS) {
      panels.push({ startMs: startMs - originMs, stepMs, tails, slopes: slopesOf(tails, stepMs) });
      return;
    }
    refine(tails.slice(0, COARSE_INTERVALS + 1), startMs, widthMs / 2, depth - 1);
    refine(tails.slice(COARSE_INTERVALS), startMs + widthMs / 2, widthMs / 2, depth - 1);
  }
}

/** Slopes at five or more equally spaced values by differences of fourth order (Abramowitz & Stegun 25.3.6). */
function slopesOf(values: Float64Array, step: number): Float64Array {
  const slopes = new Float64Array(values.length);
  const last = values.length - 1;
  const at = (i: number): number => values[i] ?? 0;
  const edge = (i: number, to: 1 | -1): number =>
    to * (-25 * at(i) + 48 * at(i + to) - 36 * at(i + 2 * to) + 16 * at(i + 3 * to) - 3 * at(i + 4 * to));
  const beside = (i: number, to: 1 | -1): number =>
    to * (-3 * at(i - to) - 10 * at(i) + 18 * at(i + to) - 6 * at(i + 2 * to) + at(i + 3 * to));
  slopes[0] = edge(0, 1);
  slopes[1] = beside(1, 1);
  for (let i = 2; i < last - 1; i++) slopes[i] = at(i - 2) - 8 * at(i - 1) + 8 * at(i + 1) - at(i + 2);
  slopes[last - 1] = beside(last - 1, -1);
  slopes[last] = edge(last, -1);
  for (let i = 0; i <= last; i++) slopes[i] = (slopes[i] ?? 0) / (12 * step);
  return slopes;
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
