import { elasticityFrom, elasticityPoints } from "#src/analysis/uncertainty/elasticity.ts";
import { latinHypercube } from "#src/analysis/uncertainty/latin-hypercube.ts";
import { rankCorrelation } from "#src/analysis/uncertainty/rank-correlation.ts";
import { sampleQuantile } from "#src/analysis/uncertainty/sample-quantile.ts";
import { triangularQuantile } from "#src/analysis/uncertainty/triangular-law.ts";
import { fail, type Result, succeed } from "#src/base/result.ts";
import { type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design, Problem } from "#src/design/document.ts";
import type { Certainty, FigureCertainty, FigureInterval, Influence, Progress } from "./certainty.ts";
import { assumedFactors, hasRanges, rangedFactors } from "./factors.ts";
import { headlineOf, type Measurement, measure } from "./headline-figures.ts";
import { type Variation, varied, withStatedRates } from "./vary.ts";

export interface CertaintyOptions {
  /** Multiple of the declared load. Default 1. */
  readonly load?: number;
  /** Designs to sample when the file states ranges. Default 200. */
  readonly samples?: number;
  readonly seed?: number;
  /** Makes an analysis of a design, say under a scenario. */
  readonly prepare?: (design: Design) => Result<PreparedAnalysis, readonly Problem[]>;
}

const defaultSamples = 200;
const defaultSeed = 1;
/** More numbers than this are not looked at one by one. */
const mostFactors = 300;

type Assessed = Result<Certainty, readonly Problem[]>;

/**
 * Intervals of the figures from the ranges of the file, by a Latin hypercube, and what moves them most, by central differences
 * and by each factor at its ends alone. One analysis between two yields, so that a caller can stop.
 */
export function* assessCertainty(
  design: Design,
  catalogue: Catalogue,
  options: CertaintyOptions = {},
): Generator<Progress, Assessed, undefined> {
  const { load = 1, samples = defaultSamples, seed = defaultSeed } = options;
  const prepare = options.prepare ?? ((changed: Design) => prepareAnalysis(changed, catalogue));
  const stated = withStatedRates(design);
  const likely = prepare(stated);
  if (!likely.ok) return fail(likely.problem);
  const isRanged = hasRanges(design);
  const all = isRanged ? rangedFactors(likely.value) : assumedFactors(likely.value);
  const factors = all.slice(0, mostFactors);
  const drawn = isRanged ? latinHypercube(samples, factors.length, seed) : [];
  const total = 1 + 4 * factors.length + drawn.length;
  let done = 0;

  const headline = headlineOf(likely.value);
  const base = measure(likely.value, load, headline);
  const measured = (variations: readonly Variation[]): Measurement | null => {
    const prepared = prepare(varied(stated, variations, catalogue));
    return prepared.ok ? measure(prepared.value, load, headline) : null;
  };
  yield { done: ++done, total };

  const alone: (readonly (Measurement | null)[])[] = [];
  const points = factors.map((factor) => elasticityPoints(factor.likely, factor));
  for (const [index, factor] of factors.entries()) {
    const { below, above } = points[index] ?? { below: factor.likely, above: factor.likely };
    const found: (Measurement | null)[] = [];
    for (const value of [below, above]) {
      found.push(value === factor.likely ? base : measured([{ factor, value }]));
      yield { done: ++done, total };
    }
    for (const value of [factor.low, factor.high]) {
      // An end that does not fit the other settings is no end.
      found.push(value === factor.likely ? base : (measured([{ factor, value }]) ?? base));
      yield { done: ++done, total };
    }
    alone.push(found);
  }

  const sampled: { readonly point: readonly number[]; readonly measurement: Measurement }[] = [];
  for (const probabilities of drawn) {
    const point = factors.map(({ low, likely: mode, high }, index) =>
      triangularQuantile(low, mode, high, probabilities[index] ?? 0.5),
    );
    const measurement = measured(factors.map((factor, index) => ({ factor, value: point[index] ?? factor.likely })));
    if (measurement !== null) sampled.push({ point, measurement });
    yield { done: ++done, total };
  }

  const result: readonly FigureCertainty[] = headline.figures.map((figure, place) => {
    const valueIn = (measurement: Measurement | null | undefined): number => measurement?.values[place] ?? Number.NaN;
    const values = sampled.map(({ measurement }) => valueIn(measurement));
    const influences = factors.map((_, index): Influence => {
      const [below, above, atLow, atHigh] = (alone[index] ?? []).map(valueIn);
      const pair = points[index];
      return {
        factor: index,
        elasticity: pair === undefined ? null : elasticityFrom(pair, below ?? Number.NaN, above ?? Number.NaN),
        atLow: bounded(atLow),
        atHigh: bounded(atHigh),
        rankCorrelation:
          values.length < 2
            ? null
            : rankCorrelation(
                sampled.map(({ point }) => point[index] ?? Number.NaN),
                values,
              ),
      };
    });
    return {
      figure,
      likely: bounded(valueIn(base)),
      interval: values.length === 0 ? null : intervalOf(values),
      influences: inOrder(influences, valueIn(base)),
    };
  });
  return succeed({
    load,
    samples: drawn.length,
    seed,
    unusableSamples: drawn.length - sampled.length,
    factors,
    factorsLeftOut: all.length - factors.length,
    figures: result,
    breaksFirst: frequencies(sampled.map(({ measurement }) => measurement.breaksFirst)),
  });
}

/** Runs to the end, for callers that need not stop. */
export function certaintyOf(design: Design, catalogue: Catalogue, options: CertaintyOptions = {}): Assessed {
  const run = assessCertainty(design, catalogue, options);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

function bounded(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function intervalOf(values: readonly number[]): FigureInterval {
  return {
    low: bounded(sampleQuantile(values, 0.05)),
    high: bounded(sampleQuantile(values, 0.95)),
    unboundedShare: values.filter((value) => value === Number.POSITIVE_INFINITY).length / values.length,
  };
}

/** A change of less than this share of the figure is rounding. */
const noise = 1e-9;

/**
 * As in a tornado diagram: the widest swing between the ends first, one without bound before all; equal swings by elasticity.
 * What does not move the figure is left out.
 */
function inOrder(influences: readonly Influence[], likely: number): readonly Influence[] {
  const swing = ({ atLow, atHigh }: Influence): number =>
    Math.abs((atHigh ?? Number.POSITIVE_INFINITY) - (atLow ?? Number.POSITIVE_INFINITY));
  // Both ends without bound are no swing at all.
  const width = (influence: Influence): number =>
    influence.atLow === null && influence.atHigh === null ? 0 : swing(influence);
  const steepness = ({ elasticity }: Influence): number => Math.abs(elasticity ?? 0);
  const scale = Number.isFinite(likely) ? Math.abs(likely) : 0;
  return influences
    .filter((influence) => width(influence) > noise * scale || steepness(influence) > noise)
    .sort((a, b) => compareWidths(width(b), width(a)) || steepness(b) - steepness(a) || a.factor - b.factor);
}

function compareWidths(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function frequencies(nodes: readonly (string | null)[]): Certainty["breaksFirst"] {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    if (node !== null) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return [...counts]
    .map(([node, count]) => ({ node, share: count / nodes.length }))
    .sort((a, b) => b.share - a.share || (a.node < b.node ? -1 : 1));
}
