import { formatPercent, UNIT_SPACE } from "#src/base/format.ts";

const leastShown = 1e-5;

/** A probability at a glance: what is rarer than one in a hundred thousand is `< 0.001 %`. */
export function chanceText(probability: number | null): string {
  if (probability === null) return "no bound";
  if (probability > 0 && probability < leastShown) return `<${UNIT_SPACE}0.001${UNIT_SPACE}%`;
  return formatPercent(probability, { digits: 2 });
}
