import type { Unit } from "#library/contract/kind.ts";
import {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";

/** A setting's value with its unit, as people read it. */
export function formatSetting(value: unknown, unit: Unit): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value);
  switch (unit) {
    case "ms":
      return formatDurationMs(value);
    case "per second":
      return formatRate(value);
    case "ratio":
      return formatPercent(value);
    case "bytes":
      return formatBytes(value);
    case "hours":
      return `${formatNumber(value)} h`;
    case "minutes":
      return `${formatNumber(value)} min`;
    case "days":
      return `${formatNumber(value)} days`;
    case "factor":
      return `×${formatNumber(value)}`;
    case "count":
      return formatCount(value);
    case "":
      return formatNumber(value);
  }
}
