import { factorPassage, type Matrix, multiply, rowSums, solvePassage, sumOf, zeroMatrix } from "./matrix.ts";

/** Each step doubles the levels that are looked at; beyond 2^60 of them nothing is left. */
const MOST_STEPS = 60;
const SETTLED = 1e-16;

/**
 * G of a level-independent quasi-birth-death process that goes up at the one rate `up` from every phase: the probability of
 * each phase when the next lower level is first reached. Logarithmic reduction (Latouche and Ramaswami 1993), subtraction-free.
 *
 * @param up rate of going one level up, above 0; the phase stays
 * @param within rates from phase to phase of a level; the diagonal is not read
 * @param down rates to the phases of the next lower level
 */
export function firstPassageDown(up: number, within: Matrix, down: Matrix): Matrix {
  const size = within.rows;
  const exits = rowSums(down);
  for (let i = 0; i < size; i += 1) exits[i] = (exits[i] ?? 0) + up;
  const first = factorPassage(copyOf(within), exits);
  let higher = zeroMatrix(size, size);
  for (let i = 0; i < size; i += 1) higher.cells[i * size + i] = up;
  higher = solvePassage(first, higher);
  let lower = solvePassage(first, copyOf(down));
  const passage = copyOf(lower);
  let reach = copyOf(higher);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const back = multiply(lower, higher, multiply(higher, lower));
    higher = multiply(higher, higher);
    lower = multiply(lower, lower);
    const leaving = rowSums(higher);
    for (const [i, sum] of rowSums(lower).entries()) leaving[i] = (leaving[i] ?? 0) + sum;
    const factored = factorPassage(back, leaving);
    solvePassage(factored, higher);
    solvePassage(factored, lower);
    const gained = multiply(reach, lower);
    for (let k = 0; k < gained.cells.length; k += 1)
      passage.cells[k] = (passage.cells[k] ?? 0) + (gained.cells[k] ?? 0);
    if (sumOf(gained.cells) <= SETTLED * size) break;
    reach = multiply(reach, higher);
  }
  return passage;
}

export function copyOf({ rows, columns, cells }: Matrix): Matrix {
  return { rows, columns, cells: Float64Array.from(cells) };
}
