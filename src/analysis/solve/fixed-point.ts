import { approach, type Conditions, copyConditions, flattened, putFlattened } from "../flow/conditions.ts";
import { solveTraffic, type Traffic } from "../flow/traffic.ts";
import { limiterLoss } from "../limiting/limiter-loss.ts";
import { AndersonMixing } from "./anderson-mixing.ts";
import { callOutcome } from "./call-outcome.ts";
import { type SettledBreaker, settleBreakers } from "./circuit-breakers.ts";
import { Evaluation } from "./evaluate.ts";
import { HeldAdmission } from "./held-admission.ts";
import { answerRatio, failureRatio, nothing } from "./outcome.ts";
import type { PreparedModel } from "./prepare-model.ts";

/** Shares may still move by this much when flows and outcomes count as consistent. */
const TOLERANCE = 1e-9;
const MOST_ROUNDS = 400;
/** Of one guess of what circuit breakers let through: flows that take longer are near a jump. */
const MOST_ROUNDS_OF_A_GUESS = 80;
/** Rounds that must have come closer by a tenth, else the steps are halved. */
const PATIENCE = 12;
const SMALLEST_WEIGHT = 1 / 16;
/** Shares that move by more than this are not on their last way yet, and which state they go to is still open. */
const MIXED_BELOW = 0.05;
/** Rounds without mixing after it has led away; twice as many after each time. */
const ROUNDS_UNMIXED = 4;

export interface SettledFlows {
  readonly traffic: Traffic;
  readonly evaluation: Evaluation;
  readonly conditions: Conditions;
  readonly rounds: number;
  /** Largest share that was still moving; 0 when the first round was consistent. */
  readonly residual: number;
  readonly settled: boolean;
  /** Stations whose held servers wait for each other, so that no flow is steady: see `HeldAdmission`. */
  readonly atEdge: readonly number[];
  readonly breakers: readonly SettledBreaker[];
}

/**
 * Flows go down the graph and outcomes come up: what is rejected, times out or stands in a backlog changes what is sent
 * where. Repeated from "all is answered at once" until no share moves by more than 1e-9, full steps first and smaller ones
 * when they do not come closer; once they come to rest, rounds that creep or swing are mixed (see `AndersonMixing`). Without
 * rejections, timeouts or saturation the first round is the answer. Starting from below, retries that feed themselves end
 * on the low branch.
 */
export function settleFlows(prepared: PreparedModel, load: number): SettledFlows {
  const flows = settleAdmitted(prepared, load, null);
  return settleBreakers(prepared.model, flows, (admitted) => settleAdmitted(prepared, load, admitted));
}

/** With circuit breakers that let through these shares of the uses of each call; null for all. */
function settleAdmitted(prepared: PreparedModel, load: number, admitted: Float64Array | null): SettledFlows {
  const { model, graph } = prepared;
  const conditions = copyConditions(prepared.conditions);
  admitted?.forEach((share, call) => {
    conditions.admitted[call] = share;
    conditions.attempts[call] = share * (conditions.attempts[call] ?? 1);
    conditions.answered[call] = share * (conditions.answered[call] ?? 1);
    conditions.failed[call] = share * (conditions.failed[call] ?? 0) + 1 - share;
  });
  const admissions = prepared.stations.map((use) => (use.holds.length > 0 ? new HeldAdmission() : null));
  let traffic = admitted === null ? scaled(prepared.unclipped, load) : solveTraffic(model, graph, conditions, load);
  let evaluation = new Evaluation(prepared, traffic, conditions).run();
  const mostRounds = admitted === null ? MOST_ROUNDS : MOST_ROUNDS_OF_A_GUESS;
  // A search with steps of its own is no iteration of one map.
  const mixing = admissions.every((admission) => admission === null) ? new MixedSteps() : null;
  let weight = 1;
  let best = Number.POSITIVE_INFINITY;
  let sinceBest = 0;
  for (let round = 0; ; round++) {
    const { next, gap } = conditionsAfter(prepared, conditions, traffic, evaluation, admissions);
    const before = copyConditions(conditions);
    const residual = Math.max(gap, approach(conditions, next, weight));
    mixing?.improve(conditions, before, next, residual);
    const settled = residual <= TOLERANCE;
    if (settled || round === mostRounds) {
      // The answer belongs to the conditions that made its flows.
      const atEdge = admissions.flatMap((admission, station) => (admission?.atEdge === true ? [station] : []));
      return { traffic, evaluation, conditions: before, rounds: round + 1, residual, settled, atEdge, breakers: [] };
    }
    if (residual < 0.9 * best) {
      best = residual;
      sinceBest = 0;
    } else if (mixing?.isCreeping === true) {
      // Smaller steps help against swings; on the way past a state that nearly exists they only take longer.
      sinceBest = 0;
    } else if (++sinceBest >= PATIENCE) {
      weight = Math.max(SMALLEST_WEIGHT, weight / 2);
      best = residual;
      sinceBest = 0;
    }
    for (const [station, admission] of admissions.entries()) {
      // A search with steps of its own is not damped a second time.
      if (admission !== null) conditions.completed[station] = admission.share;
    }
    traffic = solveTraffic(model, graph, conditions, load);
    evaluation = new Evaluation(prepared, traffic, conditions).run();
  }
}

/** Cuts rounds short that creep or swing in the same way; where that leads away it is taken back. */
class MixedSteps {
  private readonly mixing = new AndersonMixing();
  /** What stood in place of a mixed step, and how far the shares moved before it. */
  private instead: { readonly conditions: Conditions; readonly residual: number } | null = null;
  private last = Number.POSITIVE_INFINITY;
  private unmixed = 0;
  private pause = ROUNDS_UNMIXED;

  /** Whether shares move as they did in the round before. */
  get isCreeping(): boolean {
    return this.mixing.isCreeping;
  }

  /** Puts a better step, if there is one, in place of that which `conditions` have taken from `before` towards `next`. */
  improve(conditions: Conditions, before: Conditions, next: Conditions, residual: number): void {
    const { instead, last } = this;
    this.instead = null;
    this.last = residual;
    if (instead !== null && residual > instead.residual) {
      putFlattened(conditions, flattened(instead.conditions));
      this.mixing.forget();
      this.last = instead.residual;
      this.unmixed = this.pause;
      this.pause *= 2;
      return;
    }
    const mixed = this.mixing.next(flattened(before), flattened(next));
    this.unmixed--;
    if (mixed === null || this.unmixed > 0 || residual > MIXED_BELOW || residual > 1.5 * last) return;
    this.instead = { conditions: copyConditions(conditions), residual };
    putFlattened(conditions, mixed);
  }
}

/** The unclipped flows at another load. */
function scaled(traffic: Traffic, load: number): Traffic {
  const times = (values: Float64Array): Float64Array => values.map((value) => value * load);
  const arrivalsBy = new Map<Parameters<Traffic["arrivalsBy"]["get"]>[0], number>();
  for (const [step, rate] of traffic.arrivalsBy) arrivalsBy.set(step, rate * load);
  return {
    visits: times(traffic.visits),
    attempts: times(traffic.attempts),
    arrivals: times(traffic.arrivals),
    asked: times(traffic.asked),
    arrivalsBy,
  };
}

function conditionsAfter(
  prepared: PreparedModel,
  conditions: Conditions,
  traffic: Traffic,
  evaluation: Evaluation,
  admissions: readonly (HeldAdmission | null)[],
): { readonly next: Conditions; readonly gap: number } {
  const next = copyConditions(conditions);
  let gap = 0;
  prepared.model.stations.forEach((station, index) => {
    const state = evaluation.stations[index];
    const admission = admissions[index] ?? null;
    if (state === undefined) return;
    if (admission === null) {
      next.completed[index] = state.completedShare;
      next.rejected[index] = state.rejectedShare;
      return;
    }
    const share = admission.improve(state.completedShare);
    gap = Math.max(gap, admission.gap);
    next.completed[index] = share;
    next.rejected[index] = station.queueLimit === null && station.patienceMs === null ? 0 : 1 - share;
  });
  prepared.model.limiters.forEach((limiter, index) => {
    next.passed[index] = 1 - limiterLoss(limiter, traffic.asked[index] ?? 0);
  });
  prepared.model.calls.forEach((site, index) => {
    const result = evaluation.calls[index];
    if (result === undefined) {
      // A message that is only sent is sent again like a call; nobody waits for how it ends.
      if (site.retries === 0 && site.circuitBreaker === null) return;
      const target = evaluation.routines[site.routine] ?? nothing;
      next.attempts[index] = callOutcome(site, target, conditions.admitted[index]).attempts;
      return;
    }
    next.answered[index] = answerRatio(result.outcome);
    next.failed[index] = failureRatio(result.outcome);
    next.attempts[index] = result.attempts;
  });
  return { next, gap };
}
