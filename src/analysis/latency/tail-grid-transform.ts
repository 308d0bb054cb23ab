import type { Transform } from "../model/latency-law.ts";
import { INTERVALS, type Panel } from "./tail-grid.ts";
import { remembering } from "./transform.ts";

/** Beyond this exponent e^(−st) adds nothing to a double of magnitude 1. */
const NEGLIGIBLE_EXPONENT = 40;
/** Below this |q| the moments come from the series, above from the recurrence, which divides by q three times. */
const SERIES_BELOW = 1.5;
const SERIES_TERMS = 20;

/**
 * The transform of the law of mass `mass` whose tail u is on contiguous panels from 0: mass − s ∫ u(t) e^(−st) dt, with the
 * integral of each cubic polynomial in closed form. Equal steps let every panel be summed by Horner's rule in e^(−sh).
 */
export function panelsTransform(panels: readonly Panel[], mass: number): Transform {
  const steps = [...new Set(panels.map(({ stepMs }) => stepMs))];
  const stepOf = panels.map(({ stepMs }) => steps.indexOf(stepMs));
  const weights = new Float64Array(steps.length * WEIGHTS);
  return remembering((points, answer) => {
    for (let k = 0; k < answer.re.length; k++) {
      const re = points.re[k] ?? 0;
      const im = points.im[k] ?? 0;
      for (let i = 0; i < steps.length; i++)
        fillWeights(weights, i * WEIGHTS, re * (steps[i] ?? 0), im * (steps[i] ?? 0));
      let sumRe = 0;
      let sumIm = 0;
      for (let p = panels.length - 1; p >= 0; p--) {
        const panel = panels[p];
        if (panel === undefined || re * panel.startMs > NEGLIGIBLE_EXPONENT) continue;
        const { tails, slopes, stepMs } = panel;
        const w = (stepOf[p] ?? 0) * WEIGHTS;
        const zRe = weights[w] ?? 0;
        const zIm = weights[w + 1] ?? 0;
        // Σ uⱼzʲ and Σ u'ⱼzʲ over the nodes but the first and the last, by Horner's rule
        let tRe = tails[INTERVALS - 1] ?? 0;
        let tIm = 0;
        let dRe = slopes[INTERVALS - 1] ?? 0;
        let dIm = 0;
        for (let j = INTERVALS - 2; j > 0; j--) {
          const t = tRe * zRe - tIm * zIm + (tails[j] ?? 0);
          tIm = tRe * zIm + tIm * zRe;
          tRe = t;
          const d = dRe * zRe - dIm * zIm + (slopes[j] ?? 0);
          dIm = dRe * zIm + dIm * zRe;
          dRe = d;
        }
        // …as right ends of their intervals (times z^(j−1)) with z⁷ times the last node, and as left ends (times zʲ)
        const z2Re = zRe * zRe - zIm * zIm;
        const z2Im = 2 * zRe * zIm;
        const z4Re = z2Re * z2Re - z2Im * z2Im;
        const z4Im = 2 * z2Re * z2Im;
        const z6Re = z4Re * z2Re - z4Im * z2Im;
        const z6Im = z4Re * z2Im + z4Im * z2Re;
        const z7Re = z6Re * zRe - z6Im * zIm;
        const z7Im = z6Re * zIm + z6Im * zRe;
        const lastTail = tails[INTERVALS] ?? 0;
        const lastSlope = slopes[INTERVALS] ?? 0;
        const rightRe = tRe + lastTail * z7Re;
        const rightIm = tIm + lastTail * z7Im;
        const rightSlopeRe = dRe + lastSlope * z7Re;
        const rightSlopeIm = dIm + lastSlope * z7Im;
        const leftRe = tRe * zRe - tIm * zIm + (tails[0] ?? 0);
        const leftIm = tRe * zIm + tIm * zRe;
        const leftSlopeRe = dRe * zRe - dIm * zIm + (slopes[0] ?? 0);
        const leftSlopeIm = dRe * zIm + dIm * zRe;

        const aRe = weights[w + 2] ?? 0;
        const aIm = weights[w + 3] ?? 0;
        const bRe = (weights[w + 4] ?? 0) * stepMs;
        const bIm = (weights[w + 5] ?? 0) * stepMs;
        const cRe = weights[w + 6] ?? 0;
        const cIm = weights[w + 7] ?? 0;
        const eRe = (weights[w + 8] ?? 0) * stepMs;
        const eIm = (weights[w + 9] ?? 0) * stepMs;
        const partRe =
          leftRe * aRe -
          leftIm * aIm +
          leftSlopeRe * bRe -
          leftSlopeIm * bIm +
          rightRe * cRe -
          rightIm * cIm +
          rightSlopeRe * eRe -
          rightSlopeIm * eIm;
        const partIm =
          leftRe * aIm +
          leftIm * aRe +
          leftSlopeRe * bIm +
          leftSlopeIm * bRe +
          rightRe * cIm +
          rightIm * cRe +
          rightSlopeRe * eIm +
          rightSlopeIm * eRe;
        const z8Re = z4Re * z4Re - z4Im * z4Im;
        const z8Im = 2 * z4Re * z4Im;
        const carriedRe = sumRe * z8Re - sumIm * z8Im;
        sumIm = sumRe * z8Im + sumIm * z8Re + stepMs * partIm;
        sumRe = carriedRe + stepMs * partRe;
      }
      answer.re[k] = mass - (re * sumRe - im * sumIm);
      answer.im[k] = -(re * sumIm + im * sumRe);
    }
  });
}

/** Numbers kept for one step length: e^(−q) and the transforms of the four Hermite basis polynomials on [0, 1]. */
const WEIGHTS = 10;

/**
 * With q = sh: e^(−q) and ∫₀¹ H(x) e^(−qx) dx for H = 1 − 3x² + 2x³, x − 2x² + x³, 3x² − 2x³ and x³ − x², from the moments
 * Iₙ = ∫₀¹ xⁿ e^(−qx) dx, which obey q Iₙ = n Iₙ₋₁ − e^(−q).
 */
function fillWeights(into: Float64Array, at: number, qRe: number, qIm: number): void {
  const decay = Math.exp(-qRe);
  const eRe = decay * Math.cos(qIm);
  const eIm = -decay * Math.sin(qIm);
  const size = qRe * qRe + qIm * qIm;
  let re0: number;
  let im0: number;
  let re1: number;
  let im1: number;
  let re2: number;
  let im2: number;
  let re3 = 0;
  let im3 = 0;
  if (size < SERIES_BELOW * SERIES_BELOW) {
    let termRe = 1;
    let termIm = 0;
    for (let n = 0; n < SERIES_TERMS; n++) {
      re3 += termRe / (n + 4);
      im3 += termIm / (n + 4);
      const next = (termIm * qIm - termRe * qRe) / (n + 1);
      termIm = (-termRe * qIm - termIm * qRe) / (n + 1);
      termRe = next;
    }
    re2 = (qRe * re3 - qIm * im3 + eRe) / 3;
    im2 = (qRe * im3 + qIm * re3 + eIm) / 3;
    re1 = (qRe * re2 - qIm * im2 + eRe) / 2;
    im1 = (qRe * im2 + qIm * re2 + eIm) / 2;
    re0 = qRe * re1 - qIm * im1 + eRe;
    im0 = qRe * im1 + qIm * re1 + eIm;
  } else {
    const uRe = qRe / size;
    const uIm = -qIm / size;
    re0 = (1 - eRe) * uRe + eIm * uIm;
    im0 = (1 - eRe) * uIm - eIm * uRe;
    re1 = (re0 - eRe) * uRe - (im0 - eIm) * uIm;
    im1 = (re0 - eRe) * uIm + (im0 - eIm) * uRe;
    re2 = (2 * re1 - eRe) * uRe - (2 * im1 - eIm) * uIm;
    im2 = (2 * re1 - eRe) * uIm + (2 * im1 - eIm) * uRe;
    re3 = (3 * re2 - eRe) * uRe - (3 * im2 - eIm) * uIm;
    im3 = (3 * re2 - eRe) * uIm + (3 * im2 - eIm) * uRe;
  }
  into[at] = eRe;
  into[at + 1] = eIm;
  into[at + 2] = re0 - 3 * re2 + 2 * re3;
  into[at + 3] = im0 - 3 * im2 + 2 * im3;
  into[at + 4] = re1 - 2 * re2 + re3;
  into[at + 5] = im1 - 2 * im2 + im3;
  into[at + 6] = 3 * re2 - 2 * re3;
  into[at + 7] = 3 * im2 - 2 * im3;
  into[at + 8] = re3 - re2;
  into[at + 9] = im3 - im2;
}
