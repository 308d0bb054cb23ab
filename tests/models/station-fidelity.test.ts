import { describe, expect, test } from "vitest";
import { stationFidelity } from "./fidelity/stations.ts";
import ggcTable from "./tables/ggc-simulated.json" with { type: "json" };
import mgcTable from "./tables/mgc.json" with { type: "json" };

const rows = stationFidelity();

describe("models of stations are as good as the table of tolerances says", () => {
  test.each(rows)("$model, $figure, against $against", ({ cases, worstErrorPercent, tolerancePercent, worstCase }) => {
    expect(cases).toBeGreaterThan(2);
    expect(worstErrorPercent, worstCase).toBeLessThanOrEqual(tolerancePercent);
  });

  test("no row of the tables is left out", () => {
    const countOf = (pattern: RegExp, figure: RegExp): number =>
      rows
        .filter((row) => pattern.test(row.against) && figure.test(row.figure))
        .reduce((sum, row) => sum + row.cases, 0);
    const exponentialBeyond = mgcTable.rows.filter(({ c, cs2 }) => c > 16 && cs2 === 1).length;
    expect(exponentialBeyond).toBeGreaterThan(0);
    expect(countOf(/quasi-birth-death/, /mean/)).toBe(mgcTable.rows.length);
    expect(countOf(/discrete-event/, /p999/)).toBe(5 * ggcTable.rows.length);
  });

  test("what is called exact is exact to the digits of its truth, and approximations are no worse than they say", () => {
    for (const row of rows) {
      expect(row.exactness === "approximation" || row.breaksWhere === "").toBe(true);
      expect(row.meanErrorPercent).toBeLessThanOrEqual(row.worstErrorPercent);
    }
  });
});
