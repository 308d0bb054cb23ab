import { type BreakerCycle, type BreakerLoad, circuitBreakerCycle } from "../limiting/circuit-breaker.ts";
import type { AnalysisModel, CircuitBreaker } from "../model/program.ts";
import { BroydenSearch } from "./broyden.ts";
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
/** What is let through on either side of a jump is so far from the share, relative to it. */
const CLEAR = 0.05;
const MOST_SOLUTIONS = 25;
/** Of all guesses together. */
const MOST_ROUNDS = 600;
/** So often a search may find that others have moved its solution. */
const MOST_RESTARTS = 3;

/**
 * The steady states of the circuit breakers. The more a breaker lets through, the more its callee is loaded and the more
 * fails, so that the share x solves x = admitted(failures(x)) with a right side that falls. Several breakers are first looked
 * for together, by Broyden's method in logarithms. A single one, and those whose equations jump, are found by false position
 * in logarithms, with bisection. At each guess the flows are settled anew from "all is answered at once", so that retries
 * that feed themselves are on their low branch; where failures jump, the share just below the jump is taken. A breaker that
 * never opens costs nothing and changes nothing.
 */
export function settleBreakers(
  model: AnalysisModel,
  atFirst: SettledFlows,
  settleAt: (admitted: Float64Array) => SettledFlows,
): SettledFlows {
  const breakers = breakersOf(model);
  const admittedBy = (flows: SettledFlows): readonly number[] =>
    breakers.map((breaker) => circuitBreakerCycle(breaker.breaker, loadOf(model, breaker, flows)).admittedShare);
  const flowsAt = (shares: readonly number[]): SettledFlows => {
    const admitted = new Float64Array(model.calls.length).fill(1);
    breakers.forEach(({ calls }, index) => {
      for (const call of calls) admitted[call] = shares[index] ?? 1;
    });
    return settleAt(admitted);
  };
  const problem = { atFirst, admittedBy, flowsAt };
  const { flows, shares, ends } = (breakers.length > 1 ? foundTogether(problem) : null) ?? foundApart(problem);
  return {
    ...flows,
    breakers: breakers.map((breaker, index) => {
      const load = loadOf(model, breaker, flows);
      const cycle = circuitBreakerCycle(breaker.breaker, load);
      return {
        edge: breaker.edge,
        calls: breaker.calls,
        share: shares[index] ?? 1,
        load,
        cycle,
        end: ends[index] ?? "unsettled",
      };
    }),
  };
}

interface SharesWanted {
  readonly atFirst: SettledFlows;
  readonly admittedBy: (flows: SettledFlows) => readonly number[];
  readonly flowsAt: (shares: readonly number[]) => SettledFlows;
}

interface SharesFound {
  readonly flows: SettledFlows;
  readonly shares: readonly number[];
  readonly ends: readonly SettledBreaker["end"][];
}

/** All shares at once, where their equations are smooth enough; null where they are not, or flows do not settle. */
function foundTogether({ atFirst, admittedBy, flowsAt }: SharesWanted): SharesFound | null {
  const search = new BroydenSearch();
  let flows = atFirst;
  let shares: readonly number[] = admittedBy(flows).map(() => 1);
  for (let solution = 0; solution < MOST_SOLUTIONS; solution++) {
    const gaps = admittedBy(flows).map((admitted, index) => Math.log(admitted / (shares[index] ?? 1)));
    if (gaps.every((gap) => Math.abs(gap) <= TOLERANCE)) return { flows, shares, ends: shares.map(() => "steady") };
    const next = search.next(shares.map(Math.log), gaps);
    if (next === null) return null;
    shares = next.map((logarithm) => (logarithm > -TOLERANCE ? 1 : Math.exp(logarithm)));
    flows = flowsAt(shares);
    if (!flows.settled) return null;
  }
  return null;
}

/** Each share by a search of its own, side by side. */
function foundApart({ atFirst, admittedBy, flowsAt }: SharesWanted): SharesFound {
  let flows = atFirst;
  let rounds = 0;
  const first = admittedBy(flows);
  const searches = first.map(() => new ShareSearch(first.length === 1));
  for (let solution = 0; ; solution++) {
    let moved = false;
    // Flows that do not settle are on their way to the state above a jump.
    const isLost = !flows.settled && solution > 0;
    for (const [index, share] of (solution === 0 ? first : admittedBy(flows)).entries()) {
      moved = searches[index]?.learn(share, isLost) === true || moved;
    }
    if (!moved || solution === MOST_SOLUTIONS || rounds > MOST_ROUNDS) break;
    flows = flowsAt(searches.map(({ share }) => share));
    rounds += flows.rounds;
  }
  return { flows, shares: searches.map(({ share }) => share), ends: searches.map(({ end }) => end) };
}

/** Looks for the share at which as much is let through; others may move what it looks for at the same time. */
class ShareSearch {
  share = 1;
  end: SettledBreaker["end"] = "unsettled";
  private low = 0;
  private high = 1;
  private atLow = 0;
  private atHigh = 0;
  /** Which end moved last: 1 for the lower, −1 for the upper. */
  private lastSide = 0;
  /** What the gap at the end that stays is taken to be, as a part of itself (Illinois: Dowell & Jarratt 1971); 1 beside other searches. */
  private stays = 1;
  private restarts: number;
  private readonly isAlone: boolean;

  constructor(isAlone: boolean) {
    this.isAlone = isAlone;
    this.restarts = isAlone ? 0 : MOST_RESTARTS;
  }

  /** Takes what is let through at the present share; true when there is another share to try. */
  learn(admitted: number, isLost: boolean): boolean {
    const { share } = this;
    const gap = isLost ? Math.min(-1, Math.log(admitted / share)) : Math.log(admitted / share);
    if (Math.abs(gap) <= TOLERANCE || (gap > 0 && share === 1)) {
      this.end = "steady";
      return false;
    }
    if (this.end === "jump" && gap > 0) return false;
    this.end = "unsettled";
    this.stays = this.isAlone && Math.sign(gap) === this.lastSide ? this.stays / 2 : 1;
    this.lastSide = Math.sign(gap);
    if (gap > 0) [this.low, this.atLow] = [share, gap];
    else [this.high, this.atHigh] = [share, gap];
    const width = this.high / this.low - 1;
    if (width < TOLERANCE || (width < JUMP && Math.min(this.atLow, -this.atHigh) > CLEAR)) {
      if (this.restarts > 0) {
        this.restarts--;
        [this.low, this.high] = [this.low / (1 + 8 * JUMP), Math.min(1, this.high * (1 + 8 * JUMP))];
        this.share = gap > 0 ? this.high : this.low;
        return true;
      }
      // The solution that is kept must be that of the lower side.
      this.end = "jump";
      this.share = this.low;
      return share !== this.low;
    }
    this.share = this.guess(admitted);
    return true;
  }

  private guess(admitted: number): number {
    const { low, high, atLow, atHigh } = this;
    // What is wanted at the worst is the first guess: it is the answer where failures do not depend on the share.
    if (low === 0) return admitted < high ? admitted : high / 2;
    if (atHigh === 0) return high;
    const width = Math.log(high / low);
    const [fromLow, fromHigh] = this.lastSide > 0 ? [atLow, this.stays * atHigh] : [this.stays * atLow, atHigh];
    const straight = (width * fromLow) / (fromLow - fromHigh);
    // A guess at the very edge of the bracket narrows one side only.
    const isInside = straight > 0.02 * width && straight < 0.98 * width;
    return low * Math.exp(isInside ? straight : width / 2);
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
