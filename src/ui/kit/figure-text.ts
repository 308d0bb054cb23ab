import { type FormatOptions, formatDurationMs, formatPercent, UNIT_SPACE } from "#src/base/format.ts";

const leastShownMs = 0.001;
const mostShownAvailability = 0.999999;

/** A duration beside others in milliseconds: what is shorter than a microsecond is `< 1 µs`, for no reader can use more. */
export function shortDuration(durationMs: number | null | undefined, options: FormatOptions = {}): string {
  if (typeof durationMs === "number" && durationMs > 0 && durationMs < leastShownMs)
    return `<${UNIT_SPACE}1${UNIT_SPACE}µs`;
  return formatDurationMs(durationMs, options);
}

/**
 * An availability at a glance: at most six figures, cut and not rounded, so that it never claims more than there is, and
 * `> 99.9999 %` above that. Its explanation has all figures.
 */
export function shortAvailability(share: number): string {
  if (share > mostShownAvailability && share < 1) return `>${UNIT_SPACE}99.9999${UNIT_SPACE}%`;
  return formatPercent(share > 0.99 && share < 1 ? Math.floor(share * 1e6 + 1e-6) / 1e6 : share);
}
