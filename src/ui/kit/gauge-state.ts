/** How close a part is to what it can carry. Shown by colour and by a sign, hatching or word. */
export type GaugeState = "ok" | "near" | "over" | "failed" | "unknown";

/** The share of capacity up to which a part is safe, unless its kind says otherwise. */
export const DEFAULT_SAFE_SHARE = 0.7;

/** Up to the safe line all is well; from 1 up the part is over what it can carry. Null and NaN are unknown. */
export function gaugeState(utilisation: number | null, safe: number = DEFAULT_SAFE_SHARE): GaugeState {
  if (utilisation === null || Number.isNaN(utilisation)) return "unknown";
  if (utilisation >= 1) return "over";
  return utilisation > safe ? "near" : "ok";
}

const WORDS: Readonly<Record<GaugeState, string>> = {
  ok: "within the safe line",
  near: "past the safe line",
  over: "over its capacity",
  failed: "failed",
  unknown: "not known",
};

export function stateWords(state: GaugeState): string {
  return WORDS[state];
}
