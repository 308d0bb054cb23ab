/** What is known of a snapshot without reading its text. */
export interface SnapshotMark {
  readonly revision: number;
  readonly savedAtMs: number;
  /** UTF-16 code units. */
  readonly length: number;
}

export interface SnapshotLimits {
  readonly newest: number;
  readonly hourly: number;
  readonly daily: number;
  /** UTF-16 code units of all snapshots of a design together. */
  readonly length: number;
  /** Kept whatever their size. */
  readonly always: number;
}

export const usualLimits: SnapshotLimits = { newest: 50, hourly: 48, daily: 60, length: 20_000_000, always: 5 };
/** When the browser has no more room. */
export const tightLimits: SnapshotLimits = { newest: 3, hourly: 0, daily: 5, length: 2_000_000, always: 1 };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Revisions to forget: all but the newest ones, the last of each hour and the last of each day. Order and recency go by
 * revision, so that a clock set wrong costs at most a few of the hourly and daily ones.
 */
export function snapshotsToForget(marks: readonly SnapshotMark[], limits: SnapshotLimits): number[] {
  const newestFirst = [...marks].sort((left, right) => right.revision - left.revision);
  const hours = new Set<number>();
  const days = new Set<number>();
  let length = 0;
  const forgotten: number[] = [];
  newestFirst.forEach((mark, place) => {
    const isHourly = isFirstOf(hours, Math.floor(mark.savedAtMs / hourMs), limits.hourly);
    const isDaily = isFirstOf(days, Math.floor(mark.savedAtMs / dayMs), limits.daily);
    const wanted = place < limits.newest || isHourly || isDaily;
    const fits = place < limits.always || length + mark.length <= limits.length;
    if (wanted && fits) length += mark.length;
    else forgotten.push(mark.revision);
  });
  return forgotten;
}

function isFirstOf(seen: Set<number>, period: number, atMost: number): boolean {
  if (seen.has(period) || seen.size >= atMost) return false;
  seen.add(period);
  return true;
}
