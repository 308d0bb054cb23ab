import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fidelityMarkdown } from "#src/exchange/fidelity-markdown.ts";
import { fidelityTable } from "#src/insights/fidelity/fidelity-table.ts";
import { measureFidelity } from "./fidelity/sections.ts";

const tableFile = new URL("../../src/insights/fidelity/fidelity-table.json", import.meta.url);
const pageFile = new URL("../../public/fidelity.md", import.meta.url);
const sections = measureFidelity();
const rows = sections.flatMap((section) => section.rows);

if (process.env.PLIMSOLL_FIDELITY === "write") {
  writeFileSync(tableFile, `${JSON.stringify(sections, null, 2)}\n`);
  writeFileSync(pageFile, fidelityMarkdown(sections));
}

test.each(rows.map((row) => [`${row.model}, ${row.figure}, against ${row.against}`, row] as const))(
  "%s stays within its tolerance",
  (_, row) => {
    expect(row.cases).toBeGreaterThan(0);
    expect(row.worstErrorPercent).toBeLessThanOrEqual(row.tolerancePercent);
    expect(row.meanErrorPercent).toBeLessThanOrEqual(row.worstErrorPercent);
    // Who says approximation says where it must not be trusted.
    if (row.exactness === "approximation") expect(row.breaksWhere).not.toBe("");
    // An exact model may differ from its truth by no more than the truth's own digits or its interval.
    if (row.exactness === "exact" && row.tolerancePercent > 0.01)
      expect(row.against).toMatch(/table|digits|simulat|example/i);
  },
);

test("the page says what the tests measure: else run `npm run fidelity`", () => {
  const committed = process.env.PLIMSOLL_FIDELITY === "write" ? sections : fidelityTable;
  expect(committed.map(({ subject }) => subject)).toEqual(sections.map(({ subject }) => subject));
  const shown = committed.flatMap((section) => section.rows);
  expect(shown.length).toBe(rows.length);
  for (const [index, row] of rows.entries()) {
    const { meanErrorPercent, worstErrorPercent, worstCase, ...words } = row;
    expect(shown[index]).toMatchObject(words);
    // Rounding errors differ between processors; measured errors do not.
    if (worstErrorPercent > 1e-4) {
      expect(shown[index]?.worstErrorPercent).toBeCloseTo(worstErrorPercent, 1);
      expect(shown[index]?.meanErrorPercent).toBeCloseTo(meanErrorPercent, 1);
    }
  }
  expect(readFileSync(pageFile, "utf8")).toBe(fidelityMarkdown(committed));
});
