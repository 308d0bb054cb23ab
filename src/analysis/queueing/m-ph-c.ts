import {
  factorPassage,
  type Matrix,
  multiply,
  type Passage,
  rowSums,
  rowTimes,
  solveLinear,
  solvePassage,
  solvePassageFromLeft,
  sumOf,
  zeroMatrix,
} from "./matrix.ts";
import type { PhaseType } from "./phase-type.ts";
import { copyOf, firstPassageDown } from "./quasi-birth-death.ts";
import { type BusyServers, busyServers } from "./servers-in-phases.ts";

/** M/PH/c in units of the mean service time. */
export interface QueueMPHc {
  readonly waitProbability: number;
  readonly meanWait: number;
  readonly secondMomentOfWait: number;
  /** Probabilities of the phases with c − 1 and with c requests in the system. */
  readonly oneFree: Float64Array;
  readonly allBusy: Float64Array;
  readonly servers: BusyServers;
}

/**
 * M/PH/c, exact: Poisson arrivals, `servers` servers, service of phase type, one line without a limit.
 *
 * From c requests on, the process is a level-independent quasi-birth-death process over the ways to spread c servers over
 * the phases (Neuts 1981); G by logarithmic reduction (Latouche and Ramaswami 1993), the levels below by block elimination
 * (Gaver, Jacobs and Latouche 1984). The moments of the wait are those of the waiting requests by the distributional form
 * of Little's law (Keilson and Servi 1988): E[Q] = λE[W], E[Q(Q − 1)] = λ²E[W²].
 *
 * Time grows with the cube of the number of those ways: c + 1 for two phases. About 1e-15/(1 − ρ) relative.
 *
 * @param servers c, an integer from 1
 * @param utilization ρ, above 0 and below 1
 */
export function solveMPHc(servers: number, utilization: number, service: PhaseType): QueueMPHc {
  const arrivals = servers * utilization;
  const busy = busyServers(servers, service);
  const { passages, decay } = passagesOf(busy, arrivals);
  let row: Float64Array = new Float64Array([1]);
  const rows = [row];
  for (let n = 1; n <= servers; n += 1) {
    const start = busy.levels[n - 1]?.start ?? null;
    const passage = passages[n];
    if (start === null || passage === undefined) throw new Error("solveMPHc: a level is missing");
    const entered = rowTimes(row, start);
    for (let x = 0; x < entered.length; x += 1) entered[x] = (entered[x] ?? 0) * arrivals;
    row = solvePassageFromLeft(passage, entered);
    rows.push(row);
  }
  const allBusy = row;
  const size = allBusy.length;

  // With R = λS⁻¹ and K = S − λ: (I − R)⁻¹ = I + λK⁻¹ and R(I − R)⁻¹ = λK⁻¹ =: V.
  const inverse = solveLinear(decay, identity(size));
  const once = times(inverse, new Float64Array(size).fill(arrivals));
  const twice = times(inverse, scaled(once, arrivals));
  const thrice = times(inverse, scaled(twice, arrivals));
  let waiting = 0;
  let queue = 0;
  let pairs = 0;
  for (let x = 0; x < size; x += 1) {
    const here = allBusy[x] ?? 0;
    // Σ Rⁿ1 = 1 + V1, Σ nRⁿ1 = V1 + V²1 and Σ n(n − 1)Rⁿ1 = 2(V²1 + V³1), from n = 0
    waiting += here * (1 + (once[x] ?? 0));
    queue += here * ((once[x] ?? 0) + (twice[x] ?? 0));
    pairs += 2 * here * ((twice[x] ?? 0) + (thrice[x] ?? 0));
  }
  let total = waiting;
  for (let n = 0; n < servers; n += 1) total += sumOf(rows[n] ?? row);
  return {
    waitProbability: waiting / total,
    meanWait: queue / total / arrivals,
    secondMomentOfWait: pairs / total / (arrivals * arrivals),
    oneFree: scaled(rows[servers - 1] ?? row, 1 / total),
    allBusy: scaled(allBusy, 1 / total),
    servers: busy,
  };
}

/**
 * S of each level, S⁻¹ being the expected times in its phases before the next lower level is reached, factored; and
 * K = S − λ of the levels from c on, unfactored.
 */
function passagesOf({ levels, endAndStart }: BusyServers, arrivals: number) {
  const passages: Passage[] = [];
  const top = levels.length - 1;
  let decay = zeroMatrix(0, 0);
  let below: Matrix | null = null;
  for (let n = top; n >= 1; n -= 1) {
    const level = levels[n];
    if (level === undefined) break;
    // Up, and back by G: with all servers busy an arrival leaves the phases alone, else it starts one.
    const back: Matrix =
      below === null || level.start === null
        ? firstPassageDown(arrivals, level.within, endAndStart)
        : multiply(level.start, below);
    const rates = copyOf(level.within);
    for (let k = 0; k < rates.cells.length; k += 1) {
      rates.cells[k] = (rates.cells[k] ?? 0) + arrivals * (back.cells[k] ?? 0);
    }
    const exits = rowSums(level.end);
    if (n === top) decay = decayOf(rates, exits, arrivals);
    const passage = factorPassage(rates, exits);
    passages[n] = passage;
    below = solvePassage(passage, copyOf(level.end));
  }
  return { passages, decay };
}

function decayOf(rates: Matrix, exits: Float64Array, arrivals: number): Matrix {
  const { rows: size } = rates;
  const decay = zeroMatrix(size, size);
  for (let x = 0; x < size; x += 1) {
    let leaving = exits[x] ?? 0;
    for (let y = 0; y < size; y += 1) {
      if (y === x) continue;
      const rate = rates.cells[x * size + y] ?? 0;
      leaving += rate;
      decay.cells[x * size + y] = -rate;
    }
    decay.cells[x * size + x] = leaving - arrivals;
  }
  return decay;
}

function identity(size: number): Matrix {
  const matrix = zeroMatrix(size, size);
  for (let x = 0; x < size; x += 1) matrix.cells[x * size + x] = 1;
  return matrix;
}

/** A·x for a column x. */
function times(a: Matrix, x: Float64Array): Float64Array {
  return multiply(a, { rows: x.length, columns: 1, cells: x }).cells;
}

function scaled(x: Float64Array, factor: number): Float64Array {
  return x.map((value) => value * factor);
}
