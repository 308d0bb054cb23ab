import type { FigureReference } from "../explanation.ts";
import type { Certainty, Factor, Influence } from "./certainty.ts";

/** What `analyze --json` adds as `intervals` for a design that states ranges. */
export interface IntervalReport {
  readonly load: number;
  readonly samples: number;
  readonly seed: number;
  readonly unusableSamples: number;
  readonly assumptions: readonly Pick<Factor, "of" | "id" | "setting" | "low" | "likely" | "high">[];
  /** `low` and `high` are the 5 % and 95 % quantile over the samples; null: without bound. */
  readonly figures: readonly {
    readonly figure: FigureReference;
    readonly likely: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly unboundedShare: number;
    /** What moves it, the widest swing first; `assumption` is the place in `assumptions`. */
    readonly influences: readonly (Omit<Influence, "factor"> & { readonly assumption: number })[];
  }[];
  readonly breaksFirst: Certainty["breaksFirst"];
}

export function intervalReport(certainty: Certainty): IntervalReport {
  const { load, samples, seed, unusableSamples, breaksFirst } = certainty;
  return {
    load,
    samples,
    seed,
    unusableSamples,
    assumptions: certainty.factors.map(({ of, id, setting, low, likely, high }) => ({
      of,
      id,
      setting,
      low,
      likely,
      high,
    })),
    figures: certainty.figures.flatMap(({ figure, likely, interval, influences }) =>
      interval === null
        ? []
        : [
            {
              figure,
              likely,
              ...interval,
              influences: influences.map(({ factor, ...influence }) => ({ assumption: factor, ...influence })),
            },
          ],
    ),
    breaksFirst,
  };
}
