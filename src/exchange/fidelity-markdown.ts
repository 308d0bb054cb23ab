import { errorText, type FidelitySection } from "#src/insights/fidelity/fidelity-row.ts";
import { markdownTable, plainMarkdown } from "./markdown-text.ts";

/** The fidelity table as a Markdown page: every model with its error, its worst case and where it breaks. */
export function fidelityMarkdown(sections: readonly FidelitySection[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const cases = rows.reduce((sum, row) => sum + row.cases, 0);
  return [
    "# How right the numbers are",
    "",
    `Measured by the tests: ${cases} cases in ${rows.length} comparisons. A comparison that leaves its tolerance fails the tests, and so does a page that no longer says what they measure.`,
    ...sections.flatMap(({ subject, rows: own }) => [
      "",
      `## ${plainMarkdown(subject)}`,
      "",
      ...markdownTable(
        [
          "Model",
          "Figure",
          "Compared with",
          "Cases",
          "Mean error",
          "Worst error",
          "Worst case",
          "Allowed",
          "Breaks where",
        ],
        own.map((row) => [
          row.model,
          row.figure,
          row.against,
          String(row.cases),
          errorText(row.meanErrorPercent),
          errorText(row.worstErrorPercent),
          row.worstCase,
          errorText(row.tolerancePercent),
          row.exactness === "exact" ? "exact" : row.breaksWhere,
        ]),
      ),
    ]),
    "",
  ].join("\n");
}
