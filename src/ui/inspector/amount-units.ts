import type { Unit } from "#library/contract/kind.ts";
import { formatBytes, formatDurationMs } from "#src/base/format.ts";

/** How a setting's number stands in its field: ratios as percent, all else in the unit of the file. */
export interface FieldUnit {
  readonly unit: string | undefined;
  readonly perFileUnit: number;
}

const units: Readonly<Record<Unit, FieldUnit>> = {
  "": { unit: undefined, perFileUnit: 1 },
  ms: { unit: "ms", perFileUnit: 1 },
  "per second": { unit: "/s", perFileUnit: 1 },
  ratio: { unit: "%", perFileUnit: 100 },
  bytes: { unit: "B", perFileUnit: 1 },
  hours: { unit: "h", perFileUnit: 1 },
  minutes: { unit: "min", perFileUnit: 1 },
  count: { unit: undefined, perFileUnit: 1 },
  days: { unit: "days", perFileUnit: 1 },
  factor: { unit: "×", perFileUnit: 1 },
};

export function fieldUnit(unit: Unit): FieldUnit {
  return units[unit];
}

/** Rounded so that 0.07 × 100 reads 7. */
export function toField(value: number, unit: Unit): number {
  return Number((value * units[unit].perFileUnit).toPrecision(12));
}

export function toFile(value: number, unit: Unit): number {
  return Number((value / units[unit].perFileUnit).toPrecision(12));
}

/** A large amount in the unit that people say it in; null where the field says it already. */
export function inLargerUnit(value: number, unit: Unit): string | null {
  if (unit === "bytes" && value >= 1000) return formatBytes(value);
  if (unit === "ms" && value >= 10_000) return formatDurationMs(value);
  return null;
}
