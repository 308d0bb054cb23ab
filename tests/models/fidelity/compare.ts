import type { FidelityRow } from "./row.ts";

/** One figure of a model against what it should be. */
export interface Compared {
  /** The case in words. */
  readonly name: string;
  readonly model: number;
  readonly truth: number;
}

/** Number of cases, mean and largest relative error in percent, and where the largest is. */
export function compared(
  cases: readonly Compared[],
): Pick<FidelityRow, "cases" | "meanErrorPercent" | "worstErrorPercent" | "worstCase"> {
  let sum = 0;
  let worstErrorPercent = -1;
  let worstCase = "";
  for (const { name, model, truth } of cases) {
    const error = 100 * (model === truth ? 0 : Math.abs(model / truth - 1));
    sum += error;
    if (error > worstErrorPercent) {
      worstErrorPercent = error;
      worstCase = name;
    }
  }
  return { cases: cases.length, meanErrorPercent: sum / cases.length, worstErrorPercent, worstCase };
}
