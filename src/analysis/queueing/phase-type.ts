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

/** Erlang's law: as many phases as given, all of one rate; the gamma law of that shape. @param count an integer from 1 */
export function erlangPhases(count: number): PhaseType {
  const phases = Array.from({ length: count }, (_, k) => k);
  return {
    initial: phases.map((k) => (k === 0 ? 1 : 0)),
    rates: phases.map(() => count),
    next: phases.map((k) => (k + 1 < count ? k + 1 : null)),
  };
}
