import { assertNever } from "#src/base/assert-never.ts";
import type { Conditions } from "../flow/conditions.ts";
import type { FlowVariability } from "../flow/flow-variability.ts";
import { absence } from "../flow/program-flow.ts";
import { eachStep } from "../flow/program-walk.ts";
import type { Traffic } from "../flow/traffic.ts";
import { constantLaw } from "../latency/constant-law.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { Program } from "../model/program.ts";
import { type CallOutcome, callOutcome } from "./call-outcome.ts";
import { commonWaiting } from "./common-waiting.ts";
import { groupOutcome } from "./group-outcome.ts";
import { LoopLaws, momentStandIn } from "./loop-law.ts";
import {
  answeredAfter,
  blend,
  inSequence,
  neverEnds,
  nothing,
  type Outcome,
  oneOf,
  refused,
  withFallback,
} from "./outcome.ts";
import type { PreparedModel, SolveStep } from "./prepare-model.ts";
import { behindPool } from "./queue-behind-pool.ts";
import { repeatedOutcome } from "./repeated-outcome.ts";
import { type Demand, type StationState, stateFor, stationState, visitOutcome } from "./station-state.ts";
import { rotatedFlows, variabilityOfFlows } from "./variability-of-flows.ts";

/** Relative change of mean times between sweeps at which routines that need each other are settled. */
const SETTLED = 1e-11;
/** Loops of calls close in at the rate of their gain, held stations much faster or not at all. */
const MOST_SWEEPS_OF_A_LOOP = 5000;
const MOST_SWEEPS = 200;

/**
 * One way up the graph at given flows: stations are solved and the outcomes of all programs composed, callees before
 * callers. `conditions` are those that made the flows.
 */
export class Evaluation {
  readonly stations: StationState[] = [];
  readonly variability: FlowVariability;
  readonly routines: (Outcome | undefined)[];
  readonly calls: (CallOutcome | undefined)[];
  /** Groups of routines whose relaxation did not settle. */
  readonly unsettled: (readonly number[])[] = [];
  private readonly prepared: PreparedModel;
  private readonly traffic: Traffic;
  private readonly conditions: Conditions;
  private readonly factor: number;
  private readonly ownDemand: (Outcome | undefined)[] = [];
  private readonly groups = new Map<Program, Outcome>();
  private relaxing = false;
  private standIns: ReadonlyMap<number, LatencyLaw> = new Map();

  /** `factor` multiplies the flows; `only` limits the plain stations that are solved. */
  constructor(
    prepared: PreparedModel,
    traffic: Traffic,
    conditions: Conditions,
    factor = 1,
    only: Iterable<number> = prepared.plainStations,
  ) {
    this.prepared = prepared;
    this.traffic = traffic;
    this.conditions = conditions;
    this.factor = factor;
    this.variability = variabilityOfFlows(prepared, traffic, conditions, factor);
    this.routines = new Array(prepared.model.routines.length);
    this.calls = new Array(prepared.model.calls.length);
    for (const station of only) this.stations[station] = this.solveStation(station);
  }

  /** Works out the given steps; they must be in the order of `PreparedModel.steps` and complete downwards. */
  run(steps: readonly SolveStep[] = this.prepared.steps): this {
    for (const step of steps) {
      if (step.mutual) {
        this.relaxing = true;
        this.relax(step);
        this.relaxing = false;
      }
      if (!step.mutual) this.sweep(step);
    }
    return this;
  }

  /** How a program ends; `routine` is the one that it stands in. */
  outcomeOf(program: Program, routine: number): Outcome {
    switch (program.op) {
      case "sequence":
        return inSequence(program.steps.map((step) => this.outcomeOf(step, routine)));
      case "work":
        return this.workOutcome(program, routine);
      case "hold":
        return this.holdOutcome(program, routine);
      case "delay":
        return answeredAfter(this.prepared.lawOf(program.time));
      case "call":
        return this.useCall(program.call, routine);
      case "send":
        return nothing;
      case "parallel":
        return this.groupOutcome(program, routine);
      case "choice":
        return oneOf(
          program.options.map(({ probability, step }) => ({ probability, outcome: this.outcomeOf(step, routine) })),
        );
      case "route":
        return oneOf(
          program.options.map(({ share, step }) => ({ probability: share, outcome: this.outcomeOf(step, routine) })),
        );
      case "repeat":
        return repeatedOutcome(program.meanCalls, this.outcomeOf(program.step, routine));
      case "lookup":
        return this.lookupOutcome(program, routine);
      case "fallback":
        return withFallback(this.outcomeOf(program.attempt, routine), this.outcomeOf(program.otherwise, routine));
      case "reject":
        return refused(program.probability);
      case "limit":
        return refused(1 - (this.conditions.passed[program.limiter] ?? 1));
      default:
        return assertNever(program, "outcome");
    }
  }

  /** The law of the time that a body keeps its server, however it ends; null when it may keep it endlessly. */
  holdingLaw(body: Outcome): LatencyLaw | null {
    if (body.answeredLate + body.failedLate + neverEnds(body) > 1e-12) return null;
    return blend([
      { weight: body.answered, law: body.law },
      { weight: body.failed, law: body.failureLaw },
    ]);
  }

  /** Share of waiting that the branches of a group have in common; see `slowestOf`. */
  commonWaiting(program: Program & { readonly op: "parallel" }): number {
    return commonWaiting(program, this.prepared, this.traffic, this.stations);
  }

  private groupOutcome(program: Program & { readonly op: "parallel" }, routine: number): Outcome {
    const known = this.groups.get(program);
    if (known !== undefined) return known;
    const branches = program.branches.map((branch) => {
      const absent = absence(branch);
      const step = absent > 0 && branch.op === "repeat" ? branch.step : branch;
      return { absent, outcome: this.outcomeOf(step, routine) };
    });
    const outcome = groupOutcome(branches, program.needed, this.commonWaiting(program));
    // While routines are relaxed the parts still move.
    if (!this.relaxing) this.groups.set(program, outcome);
    return outcome;
  }

  private lookupOutcome(program: Program & { readonly op: "lookup" }, routine: number): Outcome {
    const option = (probability: number, call: number, then: Program) => ({
      probability,
      outcome: inSequence([this.useCall(call, routine), this.outcomeOf(then, routine)]),
    });
    return oneOf([
      option(program.hitRatio, program.callOnHit, program.hit),
      option(1 - program.hitRatio, program.callOnMiss, program.miss),
    ]);
  }

  /** A station as the requests meet that run a routine. */
  stationFor(station: number, routine: number): StationState | undefined {
    return stateFor(this.stations[station], this.prepared.model.routines[routine]?.journey ?? -1);
  }

  private workOutcome(step: Program & { readonly op: "work" }, routine: number): Outcome {
    const state = this.stationFor(step.station, routine);
    if (state === undefined) return nothing;
    const admitted = this.conditions.completed[step.station] ?? 1;
    if (this.prepared.stations[step.station]?.onlyDemand === null) {
      return visitOutcome(state, admitted, this.prepared.lawOf(step.demand));
    }
    if (state !== this.stations[step.station]) return visitOutcome(state, state.completedShare, null);
    const known = this.ownDemand[step.station] ?? visitOutcome(state, state.completedShare, null);
    this.ownDemand[step.station] = known;
    return known;
  }

  private holdOutcome(step: Program & { readonly op: "hold" }, routine: number): Outcome {
    const body = this.outcomeOf(step.body, routine);
    const state = this.stationFor(step.station, routine);
    if (state === undefined) return body;
    const admitted = this.conditions.completed[step.station] ?? 1;
    return inSequence([visitOutcome(state, admitted, constantLaw(0)), body]);
  }

  private useCall(call: number, routine: number): Outcome {
    const known = this.calls[call];
    if (known !== undefined) return known.outcome;
    const site = this.prepared.model.calls[call];
    if (site === undefined) throw new Error(`Call ${call} is not in the model`);
    const standIn =
      this.prepared.loopOf[routine] === this.prepared.loopOf[site.routine]
        ? this.standIns.get(site.routine)
        : undefined;
    const target = this.routines[site.routine] ?? nothing;
    const result = callOutcome(
      site,
      standIn === undefined ? target : standingIn(target, standIn),
      this.conditions.admitted[call] ?? 1,
    );
    this.calls[call] = result;
    return result.outcome;
  }

  private solveStation(index: number): StationState {
    const use = this.prepared.stations[index];
    const rateOf = (step: Program): number => this.factor * (this.traffic.arrivalsBy.get(step) ?? 0);
    const demands: Demand[] = (use?.works ?? []).map((step) => ({
      ratePerSecond: rateOf(step),
      law: this.prepared.lawOf(step.demand),
    }));
    for (const { step, routine } of use?.holds ?? []) {
      demands.push({ ratePerSecond: rateOf(step), law: this.holdingLaw(this.outcomeOf(step.body, routine)) });
    }
    const arrivals = this.traffic.arrivals[index] ?? 0;
    const rotated = use === undefined ? [] : rotatedFlows(use, this.prepared, this.traffic, this.conditions, arrivals);
    const { variability } = this;
    const state = stationState(this.prepared, this.traffic, this.factor, index, demands, { variability, rotated });
    const queue = this.stations[this.prepared.queueBehind.get(index) ?? -1];
    if (queue === undefined) return state;
    const { servers = 1, queues = 1, dispatch } = this.prepared.model.stations[index] ?? {};
    const ofOne = dispatch === "shared-queue" ? servers * queues : servers;
    return behindPool(state, queue, this.conditions.completed[index] ?? 1, ofOne);
  }

  private sweep(step: SolveStep): void {
    for (const station of step.heldStations) this.stations[station] = this.solveStation(station);
    for (const routine of step.routines) {
      const program = this.prepared.model.routines[routine]?.program;
      if (program !== undefined) this.routines[routine] = this.outcomeOf(program, routine);
    }
  }

  /** Gauss–Seidel over routines and held stations that need each other, until no mean, variance or share moves. */
  private relax(step: SolveStep): void {
    const inside = new Set(step.routines);
    const looping = step.routines.filter((routine) => (this.prepared.loopOf[routine] ?? -1) >= 0);
    const callsInside = this.prepared.model.calls.flatMap((call, index) => (inside.has(call.routine) ? [index] : []));
    let before: readonly number[] = [];
    let settled = false;
    // Sums and mixtures converge slowly in a loop that nearly feeds itself, and cost little; timeouts, joins and holds cost much.
    const cheap = looping.length > 0 && looping.every((routine) => keepsTransforms(this.prepared, routine));
    const most = cheap ? MOST_SWEEPS_OF_A_LOOP : MOST_SWEEPS;
    for (let sweep = 0; sweep < most && !settled; sweep++) {
      this.standIns = new Map(
        looping.map((routine) => {
          const law = this.routines[routine]?.law ?? null;
          return [routine, law === null ? constantLaw(0) : momentStandIn(law.meanMs, law.varianceMs2)];
        }),
      );
      for (const call of callsInside) this.calls[call] = undefined;
      this.sweep(step);
      const after = this.figuresOf(step);
      settled = after.every((value, index) => closeEnough(value, before[index] ?? 0)) && before.length > 0;
      before = after;
    }
    if (!settled) this.unsettled.push(step.routines);
    if (cheap) {
      this.refineLoops(step, looping, callsInside);
    }
    this.standIns = new Map();
  }

  /** Puts the laws of a loop in place of the stand-ins that had only the right mean and variance. */
  private refineLoops(step: SolveStep, looping: readonly number[], callsInside: readonly number[]): void {
    const laws = new LoopLaws(looping);
    if (looping.some((routine) => (this.routines[routine]?.law ?? null) === null)) return;
    this.standIns = new Map(
      looping.map((routine) => {
        const law = this.routines[routine]?.law ?? constantLaw(0);
        return [routine, laws.standIn(routine, law.meanMs, law.varianceMs2)];
      }),
    );
    for (const call of callsInside) this.calls[call] = undefined;
    const bodies = new Map<number, LatencyLaw>();
    for (const routine of looping) {
      const program = this.prepared.model.routines[routine]?.program;
      const law = program === undefined ? null : this.outcomeOf(program, routine).law;
      if (law !== null) bodies.set(routine, law);
    }
    laws.define(bodies);
    for (const routine of looping) {
      const outcome = this.routines[routine];
      if (outcome !== undefined) this.routines[routine] = { ...outcome, law: laws.lawOf(routine) };
    }
    this.standIns = new Map();
    for (const call of callsInside) this.calls[call] = undefined;
    for (const routine of step.routines) {
      const program = this.prepared.model.routines[routine]?.program;
      if (program !== undefined && !looping.includes(routine))
        this.routines[routine] = this.outcomeOf(program, routine);
      // Calls inside the loop are asked for again, so that callers from outside find them with their laws.
      else if (program !== undefined) this.outcomeOf(program, routine);
    }
  }

  private figuresOf(step: SolveStep): readonly number[] {
    const figures: number[] = [];
    for (const station of step.heldStations) {
      const state = this.stations[station];
      const endless = state === undefined || state.solution === null;
      figures.push(endless ? -1 : state.meanServiceMs, endless ? -1 : (state.solution?.meanWaitMs ?? -1));
    }
    for (const routine of step.routines) {
      const outcome = this.routines[routine];
      figures.push(outcome?.answered ?? 0, outcome?.failed ?? 0, outcome?.answeredLate ?? 0);
      figures.push(outcome?.law?.meanMs ?? 0, outcome?.law?.varianceMs2 ?? 0);
    }
    return figures;
  }
}

function closeEnough(value: number, before: number): boolean {
  return Math.abs(value - before) <= SETTLED * Math.max(Math.abs(value), 1e-9);
}

/** A routine of a loop as its callers in the loop see it; a failure comes after its mean time. */
function standingIn(target: Outcome, law: LatencyLaw): Outcome {
  const { failureLaw } = target;
  return {
    ...target,
    law: target.law === null ? null : law,
    failureLaw: failureLaw === null ? null : constantLaw(failureLaw.meanMs),
  };
}

/** Whether a program composes only sums and mixtures, so that the transform of a loop can be worked out point by point. */
function keepsTransforms(prepared: PreparedModel, routine: number): boolean {
  const loop = prepared.loopOf[routine];
  let keeps = true;
  const program = prepared.model.routines[routine]?.program;
  if (program === undefined) return false;
  eachStep(program, (step) => {
    if (step.op === "parallel" && step.branches.length > 1) keeps = false;
    if (step.op === "hold") keeps = false;
    const called = step.op === "call" ? [step.call] : step.op === "lookup" ? [step.callOnHit, step.callOnMiss] : [];
    for (const call of called) {
      const site = prepared.model.calls[call];
      if (site === undefined || prepared.loopOf[site.routine] !== loop) continue;
      if (site.timeoutMs !== null || site.hedgeAfterMs !== null) keeps = false;
    }
  });
  return keeps;
}
