/** One line of the fidelity table: how far a model is from theory or measurement, over all the cases compared. */
export interface FidelityRow {
  /** The model by its textbook name. */
  readonly model: string;
  readonly exactness: "exact" | "approximation";
  /** What it is compared with: a closed formula, a table, a Markov chain, a simulation. */
  readonly against: string;
  /** The figure compared, for example "mean wait" or "99th percentile of the sojourn". */
  readonly figure: string;
  readonly cases: number;
  /** Mean and largest relative error, in percent. */
  readonly meanErrorPercent: number;
  readonly worstErrorPercent: number;
  /** The case with the largest error, in words. */
  readonly worstCase: string;
  /** The largest error that passes, in percent. */
  readonly tolerancePercent: number;
  /** Where the model must not be trusted, in one phrase; empty for exact models. */
  readonly breaksWhere: string;
}

/** Where the rows come from: the subjects in the order in which they are shown. */
export interface FidelitySection {
  readonly subject: string;
  readonly rows: readonly FidelityRow[];
}

/** An error in percent with two digits; a very small one as the power of ten that it stays below. */
export function errorText(percent: number): string {
  if (percent === 0) return "0";
  if (percent < 1e-3) return `< 1e${Math.ceil(Math.log10(percent))}\u00a0%`;
  return `${Number(percent.toPrecision(2))}\u00a0%`;
}
