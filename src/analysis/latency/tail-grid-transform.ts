import type { ComplexVector, Transform } from "../model/latency-law.ts";
import { DEGREE, fillTransformWeights, TRANSFORM_WEIGHTS } from "./panel-polynomial.ts";
import type { Panel } from "./tail-grid.ts";
import { remembering } from "./transform.ts";

/** Beyond this exponent e^(−st) adds nothing to a double of magnitude 1. */
const NEGLIGIBLE_EXPONENT = 40;

/**
 * The transform of the law of mass `mass` whose tail u is on contiguous panels from 0: mass − s ∫ u(t) e^(−st) dt, with the
 * integral of each polynomial in closed form, summed over the panels by Horner's rule.
 */
export function panelsTransform(panels: readonly Panel[], mass: number): Transform {
  const steps = [...new Set(panels.map(({ stepMs }) => stepMs))];
  const stepOf = panels.map(({ stepMs }) => steps.indexOf(stepMs));
  return remembering((points, answer) => {
    const weightsOfStep = steps.map((stepMs) => weightsAt(points, stepMs));
    for (let k = 0; k < answer.re.length; k++) {
      const re = points.re[k] ?? 0;
      const im = points.im[k] ?? 0;
      const at = k * TRANSFORM_WEIGHTS;
      let sumRe = 0;
      let sumIm = 0;
      for (let p = panels.length - 1; p >= 0; p--) {
        const panel = panels[p];
        if (panel === undefined || re * panel.startMs > NEGLIGIBLE_EXPONENT) continue;
        const { tails, stepMs } = panel;
        const weights = weightsOfStep[stepOf[p] ?? 0] ?? noWeights;
        let partRe = 0;
        let partIm = 0;
        for (let j = 0, w = at + 2; j <= DEGREE; j++, w += 2) {
          const u = tails[j] ?? 0;
          partRe += u * (weights[w] ?? 0);
          partIm += u * (weights[w + 1] ?? 0);
        }
        const endRe = weights[at] ?? 0;
        const endIm = weights[at + 1] ?? 0;
        const half = (DEGREE / 2) * stepMs;
        const carriedRe = sumRe * endRe - sumIm * endIm;
        sumIm = sumRe * endIm + sumIm * endRe + half * partIm;
        sumRe = carriedRe + half * partRe;
      }
      answer.re[k] = mass - (re * sumRe - im * sumIm);
      answer.im[k] = -(re * sumIm + im * sumRe);
    }
  });
}

const noWeights = new Float64Array(0);

/** Points that are asked for again and again, by all laws, with the weights of each step length met so far. */
const lasting = new WeakMap<ComplexVector, Map<number, Float64Array>>();
const MOST_STEPS_KEPT = 96;

/** Says that these points will never change and will be asked for again. */
export function keepWeightsAt(points: ComplexVector): void {
  lasting.set(points, new Map());
}

function weightsAt(points: ComplexVector, stepMs: number): Float64Array {
  const kept = lasting.get(points);
  const known = kept?.get(stepMs);
  if (known !== undefined) return known;
  const { length } = points.re;
  const weights = new Float64Array(length * TRANSFORM_WEIGHTS);
  const half = (DEGREE / 2) * stepMs;
  for (let k = 0; k < length; k++) {
    fillTransformWeights(weights, k * TRANSFORM_WEIGHTS, half * (points.re[k] ?? 0), half * (points.im[k] ?? 0));
  }
  if (kept !== undefined) {
    if (kept.size >= MOST_STEPS_KEPT) kept.clear();
    kept.set(stepMs, weights);
  }
  return weights;
}
