/**
 * Spearman's rank correlation of two samples of one length (C. Spearman, American Journal of Psychology 15, 1904): the
 * correlation of the ranks, equal values sharing the mean of theirs. −1 to 1; null when one of them does not vary.
 */
export function rankCorrelation(left: readonly number[], right: readonly number[]): number | null {
  const a = ranks(left);
  const b = ranks(right);
  const mean = (a.length + 1) / 2;
  let together = 0;
  let ofLeft = 0;
  let ofRight = 0;
  for (const [index, rank] of a.entries()) {
    const other = b[index] ?? mean;
    together += (rank - mean) * (other - mean);
    ofLeft += (rank - mean) ** 2;
    ofRight += (other - mean) ** 2;
  }
  return ofLeft === 0 || ofRight === 0 ? null : together / Math.sqrt(ofLeft * ofRight);
}

/** Ranks from 1, equal values with the mean of theirs. */
function ranks(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value || a.index - b.index);
  const found = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (order[last + 1]?.value === order[first]?.value && last + 1 < order.length) last++;
    for (let place = first; place <= last; place++) {
      const item = order[place];
      if (item !== undefined) found[item.index] = (first + last) / 2 + 1;
    }
    first = last + 1;
  }
  return found;
}
