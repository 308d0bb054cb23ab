import type { Unit } from "#library/contract/kind.ts";
import type { FigureReference } from "#src/insights/explanation.ts";

/** A number of the design that may be another one. */
export interface Factor {
  readonly of: "node" | "edge" | "journey";
  readonly id: string;
  /** Name of the setting; of a journey it is `ratePerSecond`. */
  readonly setting: string;
  /** "Redirect API: capacity of one instance" */
  readonly title: string;
  readonly unit: Unit;
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly integer: boolean;
  /** What the setting may be, inclusive. */
  readonly minimum: number;
  readonly maximum: number;
  /** Where low and high come from: a range of the file, or ten percent around a stated number or a default. */
  readonly basis: "range" | "stated" | "default";
}

/** What one factor does to one figure, all others at their likely values. */
export interface Influence {
  /** Index in `factors`. */
  readonly factor: number;
  /** By how many percent the figure grows with one percent more of the factor: d ln y / d ln x. Null where it has no value. */
  readonly elasticity: number | null;
  /** The figure with the factor at its low and its high end; null without bound. */
  readonly atLow: number | null;
  readonly atHigh: number | null;
  /** Spearman's rank correlation over the samples, −1 to 1; null without samples or where nothing varies. */
  readonly rankCorrelation: number | null;
}

export interface FigureCertainty {
  readonly figure: FigureReference;
  /** At the likely values; null without bound. */
  readonly likely: number | null;
  /** 5 % and 95 % quantile over the samples; null when the design states no range. */
  readonly interval: FigureInterval | null;
  /** What moves the figure at all, the widest swing first. */
  readonly influences: readonly Influence[];
}

export interface FigureInterval {
  /** Null: without bound. */
  readonly low: number | null;
  readonly high: number | null;
  /** Share of the samples in which the figure has no bound (a part is full, or nothing limits the load). */
  readonly unboundedShare: number;
}

/** How far the figures of a design can be trusted, given how far its numbers can. */
export interface Certainty {
  readonly load: number;
  /** Designs that were sampled; 0 when the design states no range. */
  readonly samples: number;
  readonly seed: number;
  /** Samples whose settings do not fit together, left out of every figure. */
  readonly unusableSamples: number;
  readonly factors: readonly Factor[];
  /** Factors that were left out because there are too many. */
  readonly factorsLeftOut: number;
  readonly figures: readonly FigureCertainty[];
  /** Parts that are full first, with the share of the samples, the most frequent first. */
  readonly breaksFirst: readonly { readonly node: string; readonly share: number }[];
}

export interface Progress {
  readonly done: number;
  /** Null when it is not known. */
  readonly total: number | null;
}

/** The sampling law and its source, for reports and screens. */
export const samplingInWords =
  "Latin hypercube of triangular laws with these ends and the stated value as the most likely one";
