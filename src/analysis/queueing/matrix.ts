/** A dense matrix, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly cells: Float64Array;
}

export function zeroMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, cells: new Float64Array(rows * columns) };
}

/** A·B, added to `into` (a new matrix when it is left out). Zeros of A cost nothing. */
export function multiply(a: Matrix, b: Matrix, into: Matrix = zeroMatrix(a.rows, b.columns)): Matrix {
  const { rows, columns: inner } = a;
  const { columns } = b;
  const sum = into.cells;
  const whole = inner - (inner % 4);
  for (let i = 0; i < rows; i += 1) {
    const row = i * columns;
    let k = 0;
    // Four rows of B at a time, so that the sum is read and written a quarter as often.
    for (; k < whole; k += 4) {
      const at = i * inner + k;
      const f0 = a.cells[at] ?? 0;
      const f1 = a.cells[at + 1] ?? 0;
      const f2 = a.cells[at + 2] ?? 0;
      const f3 = a.cells[at + 3] ?? 0;
      if (f0 === 0 && f1 === 0 && f2 === 0 && f3 === 0) continue;
      const b0 = k * columns;
      const b1 = b0 + columns;
      const b2 = b1 + columns;
      const b3 = b2 + columns;
      for (let j = 0; j < columns; j += 1) {
        sum[row + j] =
          (sum[row + j] ?? 0) +
          f0 * (b.cells[b0 + j] ?? 0) +
          f1 * (b.cells[b1 + j] ?? 0) +
          f2 * (b.cells[b2 + j] ?? 0) +
          f3 * (b.cells[b3 + j] ?? 0);
      }
    }
    for (; k < inner; k += 1) {
      const factor = a.cells[i * inner + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < columns; j += 1)
        sum[row + j] = (sum[row + j] ?? 0) + factor * (b.cells[k * columns + j] ?? 0);
    }
  }
  return into;
}

/** x·A for a row x. */
export function rowTimes(x: Float64Array, a: Matrix): Float64Array {
  return multiply({ rows: 1, columns: x.length, cells: x }, a).cells;
}

export function rowSums({ rows, columns, cells }: Matrix): Float64Array {
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    let sum = 0;
    for (let j = 0; j < columns; j += 1) sum += cells[i * columns + j] ?? 0;
    sums[i] = sum;
  }
  return sums;
}

export function sumOf(x: Float64Array): number {
  let sum = 0;
  for (const value of x) sum += value;
  return sum;
}

/**
 * S = D − B for rates B ≥ 0 between states, factored without one subtraction (Grassmann, Taksar and Heyman 1985). D holds
 * what leaves each state: to the other states, and `exits` out of all of them. So small probabilities keep their digits.
 */
export interface Passage {
  readonly size: number;
  /** B after elimination on and above the diagonal, the multipliers below it. */
  readonly cells: Float64Array;
  readonly pivots: Float64Array;
}

/** Both arguments are written over. The diagonal of `rates` is not read. */
export function factorPassage(rates: Matrix, exits: Float64Array): Passage {
  const { rows: size, cells } = rates;
  const pivots = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    const row = k * size;
    const exit = exits[k] ?? 0;
    let pivot = exit;
    for (let j = k + 1; j < size; j += 1) pivot += cells[row + j] ?? 0;
    pivots[k] = pivot;
    for (let i = k + 1; i < size; i += 1) {
      const at = i * size;
      const factor = (cells[at + k] ?? 0) / pivot;
      cells[at + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < size; j += 1) cells[at + j] = (cells[at + j] ?? 0) + factor * (cells[row + j] ?? 0);
      exits[i] = (exits[i] ?? 0) + factor * exit;
    }
  }
  return { size, cells, pivots };
}

/** X with S·X = `right`, which is written over. */
export function solvePassage({ size, cells, pivots }: Passage, right: Matrix): Matrix {
  const { columns, cells: x } = right;
  for (let k = 0; k < size; k += 1) {
    for (let i = k + 1; i < size; i += 1) {
      const factor = cells[i * size + k] ?? 0;
      if (factor !== 0) addRow(x, columns, i, k, factor);
    }
  }
  for (let k = size - 1; k >= 0; k -= 1) {
    for (let j = k + 1; j < size; j += 1) {
      const factor = cells[k * size + j] ?? 0;
      if (factor !== 0) addRow(x, columns, k, j, factor);
    }
    const pivot = pivots[k] ?? 1;
    for (let j = 0; j < columns; j += 1) x[k * columns + j] = (x[k * columns + j] ?? 0) / pivot;
  }
  return right;
}

function addRow(x: Float64Array, columns: number, to: number, from: number, factor: number): void {
  for (let j = 0; j < columns; j += 1) {
    x[to * columns + j] = (x[to * columns + j] ?? 0) + factor * (x[from * columns + j] ?? 0);
  }
}

/** The row y with y·S = `left`. */
export function solvePassageFromLeft({ size, cells, pivots }: Passage, left: Float64Array): Float64Array {
  const y = Float64Array.from(left);
  for (let k = 0; k < size; k += 1) {
    const value = (y[k] ?? 0) / (pivots[k] ?? 1);
    y[k] = value;
    for (let j = k + 1; j < size; j += 1) y[j] = (y[j] ?? 0) + value * (cells[k * size + j] ?? 0);
  }
  for (let k = size - 1; k >= 0; k -= 1) {
    const value = y[k] ?? 0;
    for (let i = 0; i < k; i += 1) y[i] = (y[i] ?? 0) + value * (cells[k * size + i] ?? 0);
  }
  return y;
}

/** Solves A·x = `right` for several right sides by elimination with partial pivoting; both arguments are written over. */
export function solveLinear(a: Matrix, right: Matrix): Matrix {
  const { rows: size, cells } = a;
  const { columns, cells: x } = right;
  for (let k = 0; k < size; k += 1) {
    let best = k;
    for (let i = k + 1; i < size; i += 1) {
      if (Math.abs(cells[i * size + k] ?? 0) > Math.abs(cells[best * size + k] ?? 0)) best = i;
    }
    if (best !== k) {
      swapRows(cells, size, k, best);
      swapRows(x, columns, k, best);
    }
    const pivot = cells[k * size + k] ?? 0;
    for (let i = k + 1; i < size; i += 1) {
      const factor = -(cells[i * size + k] ?? 0) / pivot;
      if (factor === 0) continue;
      addRow(cells, size, i, k, factor);
      addRow(x, columns, i, k, factor);
    }
  }
  for (let k = size - 1; k >= 0; k -= 1) {
    for (let j = k + 1; j < size; j += 1) addRow(x, columns, k, j, -(cells[k * size + j] ?? 0));
    const pivot = cells[k * size + k] ?? 1;
    for (let j = 0; j < columns; j += 1) x[k * columns + j] = (x[k * columns + j] ?? 0) / pivot;
  }
  return right;
}

function swapRows(cells: Float64Array, columns: number, one: number, other: number): void {
  for (let j = 0; j < columns; j += 1) {
    const kept = cells[one * columns + j] ?? 0;
    cells[one * columns + j] = cells[other * columns + j] ?? 0;
    cells[other * columns + j] = kept;
  }
}
