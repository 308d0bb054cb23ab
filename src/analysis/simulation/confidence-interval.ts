import { QuantileSketch } from "./quantile-sketch.ts";
import { studentTFactor } from "./student-t.ts";

/** A figure of a simulation, or why it has none. */
export type Estimate =
  /** The truth lies within `value` ± `halfWidth` with the probability that was asked for. */
  | { readonly kind: "interval"; readonly value: number; readonly halfWidth: number; readonly replications: number }
  | {
      readonly kind: "too-short";
      readonly reason: "replications" | "observations" | "tail-observations";
      /** How many there are of what is short (in the poorest replication), and how many it takes. */
      readonly has: number;
      readonly needs: number;
    };

const CONFIDENCE = 0.95;
const FEWEST_REPLICATIONS = 2;

/**
 * Observations beyond a percentile that each replication needs: the quantile of a part is off its truth in proportion to
 * 1/n while its spread falls with 1/√n, so that with few the interval is too narrow. Queueing observations are alike when
 * they are near, which this count does not see: of 40 intervals for the p99 of M/M/1 from ten replications of 12 000 visits
 * 37 held the truth at 50 % load and 34 at 90 %.
 */
const FEWEST_TAIL_OBSERVATIONS = 100;

/**
 * Interval of a mean from independent replications, one figure of each, by Student's law (A. M. Law, Simulation Modeling
 * and Analysis, 5th ed. 2015, equation 4.12). A figure that is not finite stands for a replication that observed nothing.
 */
export function meanInterval(figures: readonly number[], confidence: number = CONFIDENCE): Estimate {
  const observed = figures.filter((figure) => Number.isFinite(figure)).length;
  if (figures.length < FEWEST_REPLICATIONS) return short("replications", figures.length, FEWEST_REPLICATIONS);
  if (observed < figures.length) return short("observations", 0, 1);
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  return around(mean, figures, confidence);
}

/**
 * Interval of a percentile from the samples of independent replications, by sectioning: the quantile of all samples
 * together in the middle, which is biased less than those of the parts, and the spread of the parts about it (S. Asmussen,
 * P. W. Glynn, Stochastic Simulation, 2007, section III.5a). The sketches' own relative error is not part of the interval.
 *
 * @param samples one of each replication
 * @param probability of the percentile, above 0 and below 1; throws a RangeError otherwise
 */
export function quantileInterval(
  samples: readonly QuantileSketch[],
  probability: number,
  confidence: number = CONFIDENCE,
): Estimate {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`quantileInterval: no percentile at ${probability}`);
  if (samples.length < FEWEST_REPLICATIONS) return short("replications", samples.length, FEWEST_REPLICATIONS);
  const poorest = Math.min(...samples.map(({ count }) => count));
  if (poorest === 0) return short("observations", 0, 1);
  // 0.99 of a thousand leaves 10 and not 9.99…98.
  const tail = Math.floor(poorest * Math.min(probability, 1 - probability) + 1e-6);
  if (tail < FEWEST_TAIL_OBSERVATIONS) return short("tail-observations", tail, FEWEST_TAIL_OBSERVATIONS);
  const pooled = new QuantileSketch();
  for (const sample of samples) pooled.merge(sample);
  return around(
    pooled.quantile(probability),
    samples.map((sample) => sample.quantile(probability)),
    confidence,
  );
}

function around(value: number, figures: readonly number[], confidence: number): Estimate {
  const replications = figures.length;
  const squares = figures.reduce((sum, figure) => sum + (figure - value) * (figure - value), 0);
  const standardError = Math.sqrt(squares / (replications - 1) / replications);
  return {
    kind: "interval",
    value,
    halfWidth: studentTFactor(confidence, replications - 1) * standardError,
    replications,
  };
}

function short(reason: "replications" | "observations" | "tail-observations", has: number, needs: number): Estimate {
  return { kind: "too-short", reason, has, needs };
}
