import type { FidelitySection } from "./fidelity-row.ts";
import measured from "./fidelity-table.json" with { type: "json" };

/** What the tests measured last; they fail when it is no longer so. Written by `npm run fidelity`. */
export const fidelityTable: readonly FidelitySection[] = measured.map(({ subject, rows }) => ({
  subject,
  rows: rows.map((row) => ({ ...row, exactness: row.exactness === "exact" ? "exact" : "approximation" })),
}));
