import type { AnalysisModel } from "../model/program.ts";
import type { Conditions } from "./conditions.ts";
import { ProgramFlow } from "./program-flow.ts";

/** Mean number of visits of routine `to` that one visit of routine `from` causes directly. */
export interface Multiplicity {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
}

/** The multiplicities between the members of one component. */
export function callMultiplicities(
  model: AnalysisModel,
  members: readonly number[],
  conditions: Conditions,
): readonly Multiplicity[] {
  const inside = new Set(members);
  const found: Multiplicity[] = [];
  for (const from of members) {
    const means = new Map<number, number>();
    const flow = new ProgramFlow(conditions, {
      call: (call, attempts) => {
        const to = model.calls[call]?.routine ?? -1;
        if (inside.has(to)) means.set(to, (means.get(to) ?? 0) + attempts);
      },
      arrive: () => undefined,
    });
    const routine = model.routines[from];
    if (routine !== undefined) flow.run(routine.program, 1);
    for (const [to, mean] of means) found.push({ from, to, mean });
  }
  return found;
}

/** A pivot this small means that the visits do not stay finite within double precision. */
const SMALLEST_PIVOT = 1e-10;

/**
 * Visits of the members of a loop, v = e + vM, by elimination without pivoting. For non-negative M all pivots of I − M are
 * positive exactly when the spectral radius of M is below 1 (I − M is a nonsingular M-matrix: Berman and Plemmons 1979,
 * ch. 6). A pivot at or below zero is replaced by a very small one; `loopGainIsBelowOne` tells beforehand.
 */
export function solveLoop(
  members: readonly number[],
  multiplicities: readonly Multiplicity[],
  inflow: readonly number[],
): readonly number[] {
  const { rows, right } = eliminated(members, multiplicities, inflow);
  const size = members.length;
  const visits = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] ?? 0;
    for (let column = row + 1; column < size; column++) sum -= (rows[row]?.[column] ?? 0) * (visits[column] ?? 0);
    visits[row] = sum / Math.max(rows[row]?.[row] ?? 0, SMALLEST_PIVOT);
  }
  return visits;
}

/** Whether a loop dampens: the spectral radius of its multiplicities is below 1. */
export function loopGainIsBelowOne(members: readonly number[], multiplicities: readonly Multiplicity[]): boolean {
  return eliminated(members, multiplicities, []).smallestPivot > SMALLEST_PIVOT;
}

function eliminated(members: readonly number[], multiplicities: readonly Multiplicity[], inflow: readonly number[]) {
  const size = members.length;
  const position = new Map(members.map((routine, index) => [routine, index]));
  const rows = members.map((_, index) => {
    const row = new Float64Array(size);
    row[index] = 1;
    return row;
  });
  const right = Float64Array.from(members, (_, index) => inflow[index] ?? 0);
  // Transposed: the unknowns are visits, a row collects what comes in.
  for (const { from, to, mean } of multiplicities) {
    const row = rows[position.get(to) ?? -1];
    const column = position.get(from);
    if (row !== undefined && column !== undefined) row[column] = (row[column] ?? 0) - mean;
  }
  let smallestPivot = 1;
  for (let pivotRow = 0; pivotRow < size; pivotRow++) {
    const pivots = rows[pivotRow];
    if (pivots === undefined) continue;
    const pivot = pivots[pivotRow] ?? 0;
    smallestPivot = Math.min(smallestPivot, pivot);
    const divisor = Math.max(pivot, SMALLEST_PIVOT);
    for (let row = pivotRow + 1; row < size; row++) {
      const target = rows[row];
      const head = target?.[pivotRow] ?? 0;
      if (target === undefined || head === 0) continue;
      const factor = head / divisor;
      for (let column = pivotRow; column < size; column++) {
        target[column] = (target[column] ?? 0) - factor * (pivots[column] ?? 0);
      }
      right[row] = (right[row] ?? 0) - factor * (right[pivotRow] ?? 0);
    }
  }
  return { rows, right, smallestPivot };
}
