import { expect, test } from "vitest";
import { simulateBulkService } from "./bulk-service-simulation.ts";
import { messagingFidelity } from "./fidelity/messaging.ts";
import table from "./tables/bulk-service.json" with { type: "json" };

test.each(messagingFidelity())(
  "$model: $figure",
  ({ worstErrorPercent, tolerancePercent, meanErrorPercent, cases }) => {
    expect(cases).toBeGreaterThan(0);
    expect(meanErrorPercent).toBeLessThanOrEqual(worstErrorPercent);
    expect(worstErrorPercent).toBeLessThanOrEqual(tolerancePercent);
  },
);

test("the table is what the simulation gives", () => {
  const rows = table.rows.filter(({ load, variability }) => load === 0.3 && variability <= 1);
  for (const row of rows) {
    const { servers, load, fixedMs, itemMs, size } = row;
    const arrivalsPerMs = (load * servers) / (fixedMs / size + itemMs);
    const { meanWaitMs } = simulateBulkService({ ...row, arrivalsPerMs }, 40_000, 4);
    expect(Math.abs(meanWaitMs / row.meanWaitMs - 1)).toBeLessThan(0.1);
  }
  expect(rows.length).toBeGreaterThan(10);
});
