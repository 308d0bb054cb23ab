import {
  bytesKept,
  bytesPerDay as bytesOfDay,
  ratePerSecond,
  usualReplicationFactor,
} from "#src/analysis/sizing/data-volume.ts";
import { defaultPeakFactor } from "#src/compile/journey-rates.ts";
import type { Requirements } from "#src/design/document.ts";

/** What follows from the requirements; null where they do not say enough. */
export interface DerivedNumbers {
  readonly averagePerSecond: number | null;
  readonly peakPerSecond: number | null;
  /** Bytes of new records a day, one copy. */
  readonly bytesPerDay: number | null;
  /** Bytes kept in all: by day × days kept × copies. */
  readonly bytesInAll: number | null;
}

/** Average = users × requests / 86 400 s; peak = average × factor; storage = records × size × days × copies. */
export function derivedNumbers(requirements: Requirements): DerivedNumbers {
  const { dailyActiveUsers, requestsPerUserPerDay, recordsPerDay, recordBytes, retentionDays } = requirements;
  const averagePerSecond =
    dailyActiveUsers === undefined || requestsPerUserPerDay === undefined
      ? null
      : ratePerSecond(dailyActiveUsers * requestsPerUserPerDay);
  const bytesPerDay =
    recordsPerDay === undefined || recordBytes === undefined ? null : bytesOfDay(recordsPerDay, recordBytes);
  return {
    averagePerSecond,
    peakPerSecond: averagePerSecond === null ? null : averagePerSecond * (requirements.peakFactor ?? defaultPeakFactor),
    bytesPerDay,
    bytesInAll:
      bytesPerDay === null || retentionDays === undefined
        ? null
        : bytesKept(bytesPerDay, retentionDays, requirements.replicationFactor ?? usualReplicationFactor),
  };
}
