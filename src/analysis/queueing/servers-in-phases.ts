import { type Matrix, multiply, zeroMatrix } from "./matrix.ts";
import type { PhaseType } from "./phase-type.ts";

/** Where a number of busy servers can stand: every way to spread them over the phases, and the ways that differ by one. */
interface Spread {
  readonly count: number;
  /** Servers in phase i at state x: `inPhase[x·phases + i]`. */
  readonly inPhase: Int32Array;
  /** State with one server more, or one less, in phase i; −1 for none. */
  readonly more: Int32Array;
  readonly less: Int32Array;
}

const known = new Map<string, readonly Spread[]>();
const MOST_KNOWN = 64;

/** The states with 0 … `servers` busy servers over `phases` phases. */
function spreadsOf(servers: number, phases: number): readonly Spread[] {
  const key = `${servers}/${phases}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const code = (state: readonly number[]): number => state.reduce((sum, n) => sum * (servers + 2) + n, 0);
  const levels = Array.from({ length: servers + 1 }, (_, busy) => spreadsOver(busy, phases));
  const places = levels.map((states) => new Map(states.map((state, x) => [code(state), x])));
  const spreads = levels.map((states, busy): Spread => {
    const shifted = (by: 1 | -1): Int32Array =>
      Int32Array.from(
        states.flatMap((state) =>
          state.map((_, i) => places[busy + by]?.get(code(state.map((n, k) => (k === i ? n + by : n)))) ?? -1),
        ),
      );
    return { count: states.length, inPhase: Int32Array.from(states.flat()), more: shifted(1), less: shifted(-1) };
  });
  known.set(key, spreads);
  return spreads;
}

function spreadsOver(servers: number, phases: number): number[][] {
  if (phases === 1) return [[servers]];
  const states: number[][] = [];
  for (let first = servers; first >= 0; first -= 1) {
    for (const rest of spreadsOver(servers - first, phases - 1)) states.push([first, ...rest]);
  }
  return states;
}

/** How many ways there are to spread the servers over the phases: the order of the matrices. */
export function spreadCount(servers: number, phases: number): number {
  let count = 1;
  for (let k = 1; k < phases; k += 1) count = (count * (servers + k)) / k;
  return Math.round(count);
}

/** Rates between the states of a number of busy servers, and to one more (per arrival) or one less. */
export interface BusyLevel {
  readonly count: number;
  /** Rates of going from phase to phase. */
  readonly within: Matrix;
  /** Probabilities of where an arrival puts its server; null when all are busy. */
  readonly start: Matrix | null;
  /** Rates of a service that ends while nobody waits. */
  readonly end: Matrix;
}

/** All numbers of busy servers, and `endAndStart`: rates of a service that ends and hands its server to the next. */
export interface BusyServers {
  readonly levels: readonly BusyLevel[];
  readonly endAndStart: Matrix;
}

export function busyServers(servers: number, { initial, rates, next }: PhaseType): BusyServers {
  const phases = initial.length;
  const spreads = spreadsOf(servers, phases);
  const levels = spreads.map((spread, busy): BusyLevel => {
    const below = spreads[busy - 1];
    const above = spreads[busy + 1];
    const within = zeroMatrix(spread.count, spread.count);
    const end = zeroMatrix(spread.count, below?.count ?? 0);
    const start = above === undefined ? null : zeroMatrix(spread.count, above.count);
    for (let x = 0; x < spread.count; x += 1) {
      for (let i = 0; i < phases; i += 1) {
        const at = x * phases + i;
        if (start !== null) add(start, x, spread.more[at] ?? 0, initial[i] ?? 0);
        const without = spread.less[at] ?? -1;
        if (without < 0 || below === undefined) continue;
        const rate = (spread.inPhase[at] ?? 0) * (rates[i] ?? 0);
        const following = next[i] ?? null;
        if (following === null) add(end, x, without, rate);
        else add(within, x, below.more[without * phases + following] ?? 0, rate);
      }
    }
    return { count: spread.count, within, start, end };
  });
  const start = levels[servers - 1]?.start ?? null;
  const end = levels[servers]?.end;
  if (start === null || end === undefined) throw new Error("busyServers: there is no server");
  return { levels, endAndStart: multiply(end, start) };
}

function add(matrix: Matrix, row: number, column: number, amount: number): void {
  const at = row * matrix.columns + column;
  matrix.cells[at] = (matrix.cells[at] ?? 0) + amount;
}
