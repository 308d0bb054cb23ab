import type { Tolerance } from "../tolerances.ts";
import { type Compared, compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";

/** A row from its cases and its line in the table of tolerances. */
export function fidelityRow(
  described: Pick<FidelityRow, "model" | "exactness" | "against" | "figure">,
  tolerance: Tolerance,
  cases: readonly Compared[],
): FidelityRow {
  const { percent: tolerancePercent, breaksWhere } = tolerance;
  return { ...described, ...compared(cases), tolerancePercent, breaksWhere };
}
