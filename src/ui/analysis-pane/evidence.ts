import { formatDurationMs, formatMultiple, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";

/** Names of evidence whose number is a share from 0 to 1. */
const shareWords = /(^|[a-z])(utilization|availability|ratio|share|target|errorRate|probability)(?=$|[A-Z])/i;

/** The unit stands in the name: `waitMsP99`, `arrivalsPerSecond`, `utilization`. */
export function evidenceValue(name: string, value: number | string | null): string {
  if (typeof value === "string") return value;
  if (/Ms($|[A-Z])/.test(name)) return formatDurationMs(value);
  if (/PerSecond$/.test(name) || /^arrivals/.test(name)) return formatRate(value);
  if (/^(headroom|load)$|Load$/.test(name)) return formatMultiple(value);
  if (shareWords.test(name)) return formatPercent(value);
  return formatNumber(value);
}

/** "arrivalsPerSecond" → "Arrivals"; units are left to the value. */
export function evidenceName(name: string): string {
  const words = name
    .replace(/PerSecond$/, "")
    .replace(/Ms(?=$|[A-Z])/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace("utilization", "utilisation");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
