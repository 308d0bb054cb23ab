import { DEGREE, firstMomentWeights, integralWeights, interpolated } from "./panel-polynomial.ts";

/** A stretch of a tail function: its values at nine equally spaced times, with the polynomial of degree 8 through them. */
export interface Panel {
  /** From the start of the grid. */
  readonly startMs: number;
  /** An eighth of the stretch. */
  readonly stepMs: number;
  readonly tails: Float64Array;
}

const COARSE = DEGREE / 2;
/**
 * Largest eighth difference that a panel may have. The polynomial is then within about a hundredth of it of the function:
 * 3e-9 as a probability.
 */
const LARGEST_DIFFERENCE = 2.5e-7;
/**
 * A bend is no polynomial at any scale. From this depth on, with panels shorter than a thousandth of the stretch, each
 * halving may leave four times the error, which is then confined to that much shorter a time.
 */
const DEPTH_OF_BENDS = 10;
const GROWTH_AT_BENDS = 4;
const MOST_PANELS = 200;

/**
 * Appends the panels that represent a tail on [fromMs, toMs] to within about 3e-9, halved until their eighth difference is
 * small.
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
  const most = panels.length + MOST_PANELS;
  const first = new Float64Array(COARSE + 1);
  for (let i = 0; i <= COARSE; i++) first[i] = sample(i === COARSE ? toMs : fromMs + (width * i) / COARSE);
  refine(first, fromMs, width, 0, LARGEST_DIFFERENCE);

  function refine(coarse: Float64Array, startMs: number, widthMs: number, depth: number, largest: number): void {
    const stepMs = widthMs / DEGREE;
    const tails = new Float64Array(DEGREE + 1);
    for (let i = 0; i <= COARSE; i++) {
      tails[2 * i] = coarse[i] ?? 0;
      if (i < COARSE) tails[2 * i + 1] = sample(startMs + (2 * i + 1) * stepMs);
    }
    if (Math.abs(eighthDifference(tails)) <= largest || panels.length >= most) {
      panels.push({ startMs: startMs - originMs, stepMs, tails });
      return;
    }
    const next = depth < DEPTH_OF_BENDS ? largest : largest * GROWTH_AT_BENDS;
    refine(tails.slice(0, COARSE + 1), startMs, widthMs / 2, depth + 1, next);
    refine(tails.slice(COARSE), startMs + widthMs / 2, widthMs / 2, depth + 1, next);
  }
}

function eighthDifference(u: Float64Array): number {
  const at = (i: number): number => u[i] ?? 0;
  return at(0) + at(8) - 8 * (at(1) + at(7)) + 28 * (at(2) + at(6)) - 56 * (at(3) + at(5)) + 70 * at(4);
}

/** The tail `ms` after the start of the grid; 0 after the last panel. */
export function tailOnPanels(panels: readonly Panel[], ms: number): number {
  let low = 0;
  let high = panels.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const panel = panels[middle];
    if (panel !== undefined && panel.startMs + DEGREE * panel.stepMs <= ms) low = middle + 1;
    else high = middle;
  }
  const panel = panels[low];
  return panel === undefined ? 0 : interpolated(panel.tails, Math.max(0, (ms - panel.startMs) / panel.stepMs));
}

/** ∫ u(t) dt and ∫ t u(t) dt of the tail u on the panels, exact for their polynomials. */
export function integralsOfTail(panels: readonly Panel[]): { readonly plain: number; readonly timesTime: number } {
  let plain = 0;
  let timesTime = 0;
  for (const { startMs, stepMs, tails } of panels) {
    const half = (DEGREE / 2) * stepMs;
    let area = 0;
    let lever = 0;
    for (let j = 0; j <= DEGREE; j++) {
      area += (tails[j] ?? 0) * (integralWeights[j] ?? 0);
      lever += (tails[j] ?? 0) * (firstMomentWeights[j] ?? 0);
    }
    plain += half * area;
    timesTime += half * ((startMs + half) * area + half * lever);
  }
  return { plain, timesTime };
}
