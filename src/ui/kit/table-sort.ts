export type SortValue = number | string | null;

export interface Sort {
  readonly columnId: string;
  readonly direction: "ascending" | "descending";
}

/** Unknown values (null, NaN) stand last in both directions; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortValue: (row: Row) => SortValue,
  direction: Sort["direction"],
): readonly Row[] {
  const sign = direction === "ascending" ? 1 : -1;
  const isUnknown = (value: SortValue): boolean => value === null || Number.isNaN(value);
  return rows
    .map((row) => ({ row, value: sortValue(row) }))
    .sort((a, b) => {
      if (isUnknown(a.value) || isUnknown(b.value)) return Number(isUnknown(a.value)) - Number(isUnknown(b.value));
      if (typeof a.value === "number" && typeof b.value === "number") return sign * Math.sign(a.value - b.value || 0);
      return sign * String(a.value).localeCompare(String(b.value), "en", { numeric: true });
    })
    .map(({ row }) => row);
}

/** A press on the head of a column: figures start with the largest, words with A; a second press turns it round. */
export function nextSort(sort: Sort | null, columnId: string, sample: SortValue): Sort {
  if (sort?.columnId === columnId) {
    return { columnId, direction: sort.direction === "ascending" ? "descending" : "ascending" };
  }
  return { columnId, direction: typeof sample === "number" ? "descending" : "ascending" };
}
