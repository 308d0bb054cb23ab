/** How a number was got. Every result carries one, so that "explain this number" can say it. */
export interface Exactness {
  readonly kind: "exact" | "approximation" | "simulated";
  /** The model by its textbook name, for example "M/M/c" or "Kimura 1986 (M/G/c)". */
  readonly model: string;
  readonly source: string;
  /** Typical relative error in percent; null when exact or not known. */
  readonly typicalErrorPercent: number | null;
}
