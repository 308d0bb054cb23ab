/** `count` queues that get the share `share` of the arrivals each. */
export interface ShareGroup {
  readonly share: number;
  readonly count: number;
}

/** With more different shares than this, neighbours are put together; the largest shares stay by themselves. */
const MOST_GROUPS = 64;
const KEPT_LARGEST = 16;

/**
 * Queues of the same share of the arrivals, the largest share first. Shares are scaled to add up to 1. With more than 64 different
 * shares the 16 largest are kept as they are and the others averaged in equal parts of the list; totals stay exact.
 *
 * @param shares 0 or more each, not all 0; empty for equal shares
 * @param queues number of queues
 */
export function groupShares(shares: readonly number[], queues: number): readonly ShareGroup[] {
  if (shares.length === 0) return [{ share: 1 / queues, count: queues }];
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0 && total < Number.POSITIVE_INFINITY) || shares.some((share) => !(share >= 0))) {
    throw new RangeError("groupShares: shares must be 0 or more and not all 0");
  }
  const sorted = shares.map((share) => share / total).sort((a, b) => b - a);
  const equal: ShareGroup[] = [];
  for (const share of sorted) {
    const last = equal.at(-1);
    if (last !== undefined && last.share === share) equal[equal.length - 1] = { share, count: last.count + 1 };
    else equal.push({ share, count: 1 });
  }
  if (equal.length <= MOST_GROUPS) return equal;
  const groups = equal.slice(0, KEPT_LARGEST);
  const others = equal.slice(KEPT_LARGEST);
  const size = Math.ceil(others.length / (MOST_GROUPS - KEPT_LARGEST));
  for (let start = 0; start < others.length; start += size) {
    const part = others.slice(start, start + size);
    const count = part.reduce((sum, group) => sum + group.count, 0);
    groups.push({ share: part.reduce((sum, group) => sum + group.share * group.count, 0) / count, count });
  }
  return groups;
}
