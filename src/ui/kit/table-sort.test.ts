import { expect, test } from "vitest";
import { nextSort, sortRows } from "./table-sort.ts";

const identity = (value: number | string | null) => value;

test("unknown values stand last in both directions", () => {
  expect(sortRows([null, 2, Number.NaN, 10, 1], identity, "ascending")).toEqual([1, 2, 10, null, Number.NaN]);
  expect(sortRows([null, 2, Number.NaN, 10, 1], identity, "descending")).toEqual([10, 2, 1, null, Number.NaN]);
});

test("words sort as people count", () => {
  expect(sortRows(["shard 10", "shard 2", "Api"], identity, "ascending")).toEqual(["Api", "shard 2", "shard 10"]);
});

test("infinities compare, and equal rows keep their order", () => {
  const infinite = Number.POSITIVE_INFINITY;
  expect(sortRows([infinite, 1, infinite], identity, "ascending")).toEqual([1, infinite, infinite]);
  const rows = [
    { id: "a", at: 1 },
    { id: "b", at: 1 },
  ];
  expect(sortRows(rows, (row) => row.at, "descending")).toEqual(rows);
});

test("figures start with the largest, words with A, and a second press turns round", () => {
  expect(nextSort(null, "rate", 3)).toEqual({ columnId: "rate", direction: "descending" });
  expect(nextSort(null, "name", "x")).toEqual({ columnId: "name", direction: "ascending" });
  expect(nextSort({ columnId: "rate", direction: "descending" }, "rate", 3).direction).toBe("ascending");
});
