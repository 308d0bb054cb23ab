import { balancedHyperexponential } from "./service-moments.ts";

/** A phase-type service time of mean 1: exponential phases, passed through until one of them is the last. */
export interface PhaseType {
  /** Probability of starting in each phase. */
  readonly initial: readonly number[];
  /** Rate at which each phase ends. */
  readonly rates: readonly number[];
  /** The phase that follows, with certainty; null where the service is over. */
  readonly next: readonly (number | null)[];
}

/** The hyperexponential law of two phases with balanced means (Tijms 2003, appendix B). @param scv 1 or more */
export function hyperexponentialPhases(scv: number): PhaseType {
  const { probabilities, means } = balancedHyperexponential(scv);
  return { initial: probabilities, rates: means.map((mean) => 1 / mean), next: [null, null] };
}

/**
 * Erlang of k − 1 or k phases of one rate (Tijms 1994, "mixed Erlang"), with the same two moments as the gamma law; for a
 * whole shape 1/scv it is that gamma law itself, Erlang of k phases.
 *
 * @param scv squared coefficient of variation, above 0 and at most 1; takes ⌈1/scv⌉ phases
 */
export function mixedErlangPhases(scv: number): PhaseType {
  const count = erlangPhasesFor(scv);
  const root = Math.sqrt(Math.max(0, count * (1 + scv) - count * count * scv));
  // The share of the shorter one; what rounding leaves of a whole shape is nothing.
  const shorter = count === 1 ? 0 : Math.max(0, (count * scv - root) / (1 + scv));
  const share = shorter < 1e-12 ? 0 : shorter;
  const initial = Array.from({ length: count }, (_, k) => (k === 0 ? 1 - share : k === 1 ? share : 0));
  return {
    initial,
    rates: initial.map(() => count - share),
    next: initial.map((_, k) => (k + 1 < count ? k + 1 : null)),
  };
}

/** ⌈1/scv⌉, where a whole shape stays whole in spite of rounding. */
export function erlangPhasesFor(scv: number): number {
  return Math.max(1, Math.ceil(1 / scv - 1e-9));
}
