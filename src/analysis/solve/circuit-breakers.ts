import { type BreakerCycle, type BreakerLoad, circuitBreakerCycle } from "../limiting/circuit-breaker.ts";
import type { AnalysisModel, CircuitBreaker } from "../model/program.ts";
import { callOutcome } from "./call-outcome.ts";
import type { SettledFlows } from "./fixed-point.ts";
import { nothing } from "./outcome.ts";

/** A breaker in its steady state, as its edge sees it. */
export interface SettledBreaker {
  readonly edge: number;
  readonly calls: readonly number[];
  /** Share of the uses that it lets through. */
  readonly share: number;
  readonly load: BreakerLoad;
  readonly cycle: BreakerCycle;
  /** How it ended: at a share that solves its equation, at a jump between two states, or without either. */
  readonly end: "steady" | "jump" | "unsettled";
}

interface EdgeBreaker {
  readonly edge: number;
  readonly breaker: CircuitBreaker;
  readonly calls: readonly number[];
}

/** A share and what the breaker then lets through may differ by this much, relative to the share. */
const TOLERANCE = 1e-7;
/** Shares this close, relative to themselves, with a solution on neither side, stand on the two sides of a jump. */
const JUMP = 1e-3;
const MOST_SOLUTIONS = 40;
const MOST_SWEEPS = 6;

/**
 * The steady states of the circuit breakers. The more a breaker lets through, the more its callee is loaded and the more
 * fails, so that the share x solves x = admitted(failures(x)) with a right side that falls; false position in logarithms,
 * with bisection, finds it, for one breaker after another until none moves. At each share the flows are settled anew from
 * "all is answered at once", so that retries that feed themselves are on their low branch; where failures jump, the share
 * just below the jump is taken. A breaker that never opens costs nothing and changes nothing.
 */
export function settleBreakers(
  model: AnalysisModel,
  atFirst: SettledFlows,
  settleAt: (admitted: Float64Array) => SettledFlows,
): SettledFlows {
  const breakers = breakersOf(model);
  if (breakers.length === 0) return atFirst;
  const shares = breakers.map(() => 1);
  const ends: SettledBreaker["end"][] = breakers.map(() => "steady");
  let flows = atFirst;
  let solutions = 0;
  const at = (index: number, share: number): number => {
    shares[index] = share;
    const admitted = new Float64Array(model.calls.length).fill(1);
    breakers.forEach(({ calls }, other) => {
      for (const call of calls) admitted[call] = shares[other] ?? 1;
    });
    flows = settleAt(admitted);
    solutions++;
    // Flows that do not settle are on their way to the state above a jump.
    return flows.settled ? wanted(index) : Math.min(wanted(index), share / Math.E);
  };
  const wanted = (index: number): number => {
    const breaker = breakers[index];
    if (breaker === undefined) return 1;
    return circuitBreakerCycle(breaker.breaker, loadOf(model, breaker, flows)).admittedShare;
  };
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let moved = false;
    for (const index of breakers.keys()) {
      const share = shares[index] ?? 1;
      const now = wanted(index);
      if (Math.abs(now - share) <= TOLERANCE * share) continue;
      moved = true;
      ends[index] = searchShare(share, now, (guess) => (solutions < MOST_SOLUTIONS ? at(index, guess) : null));
    }
    if (!moved) break;
    // The last sweep has to find all at rest.
    if (sweep === MOST_SWEEPS - 1) ends.fill("unsettled");
    if (breakers.length === 1) break;
  }
  return {
    ...flows,
    breakers: breakers.map((breaker, index) => {
      const load = loadOf(model, breaker, flows);
      const { edge, calls } = breaker;
      return {
        edge,
        calls,
        share: shares[index] ?? 1,
        load,
        cycle: circuitBreakerCycle(breaker.breaker, load),
        end: ends[index] ?? "unsettled",
      };
    }),
  };
}

/** `first` wants `wanted`; `at` works out what a share wants (null when there is no time left) and keeps its solution. */
function searchShare(first: number, wanted: number, at: (share: number) => number | null): SettledBreaker["end"] {
  // Shares below which more is wanted, and above which less is, with the logarithm of wanted over share there.
  let low = wanted > first ? first : 0;
  let high = wanted > first ? 1 : first;
  let atLow = wanted > first ? Math.log(wanted / first) : Number.NaN;
  let atHigh = wanted > first ? Number.NaN : Math.log(wanted / first);
  // What is wanted at the worst, less a little, is surely too low; it is the first guess.
  let guess = wanted > first ? Math.min(1, wanted) : wanted;
  for (;;) {
    const found = at(guess);
    if (found === null) return "unsettled";
    const gap = Math.log(found / guess);
    if (Math.abs(gap) <= TOLERANCE) return "steady";
    if (gap > 0) {
      low = guess;
      atLow = gap;
    } else {
      high = guess;
      atHigh = gap;
    }
    if (low === 1) return "steady";
    if (high / low - 1 < JUMP) {
      // The solution kept must be that of the lower side.
      if (guess !== low) at(low);
      return "jump";
    }
    const width = Math.log(high / low);
    const straight = low * Math.exp((width * atLow) / (atLow - atHigh));
    const middle = low > 0 ? Math.sqrt(low * high) : high / 2;
    const inside = straight > low * (1 + 0.05 * width) && straight < high / (1 + 0.05 * width);
    guess = low === 0 ? Math.min(found, middle) : inside ? straight : middle;
  }
}

function breakersOf(model: AnalysisModel): readonly EdgeBreaker[] {
  const byEdge = new Map<number, { breaker: CircuitBreaker; calls: number[] }>();
  model.calls.forEach(({ edge, circuitBreaker }, call) => {
    if (circuitBreaker === null) return;
    const known = byEdge.get(edge);
    if (known === undefined) byEdge.set(edge, { breaker: circuitBreaker, calls: [call] });
    else known.calls.push(call);
  });
  return [...byEdge].map(([edge, { breaker, calls }]) => ({ edge, breaker, calls }));
}

/** What one breaker of an edge would see if it let everything through: attempts, and how they end. */
function loadOf(model: AnalysisModel, { breaker, calls }: EdgeBreaker, flows: SettledFlows): BreakerLoad {
  const { conditions, traffic, evaluation } = flows;
  let [attempts, failures, resultMs] = [0, 0, 0];
  for (const call of calls) {
    const site = model.calls[call];
    const perUse = conditions.attempts[call] ?? 1;
    if (site === undefined || perUse === 0) continue;
    const { seen } = evaluation.calls[call] ?? callOutcome(site, evaluation.routines[site.routine] ?? nothing);
    const rate = ((traffic.attempts[call] ?? 0) / perUse) * seen.attemptsPerUse;
    attempts += rate;
    failures += rate * seen.failureRatio;
    resultMs += rate * seen.meanResultMs;
  }
  if (attempts === 0) return { ratePerSecond: 0, failureRatio: 0, meanResultMs: 0 };
  return {
    ratePerSecond: attempts / breaker.instances,
    failureRatio: Math.min(1, failures / attempts),
    meanResultMs: resultMs / attempts,
  };
}
