import { assertNever } from "#src/base/assert-never.ts";
import { absence, ProgramFlow } from "../flow/program-flow.ts";
import { callsOf, eachStep } from "../flow/program-walk.ts";
import { type Multiplicity, solveLoop } from "../flow/visits.ts";
import type { Program } from "../model/program.ts";
import type { JourneyResult } from "../model/solution.ts";
import type { SettledFlows } from "./fixed-point.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { servedWaitMs } from "./station-state.ts";

/** Mean times of one answered visit of a routine, its own and those of its calls on the way. */
interface VisitTimes {
  serviceMs: number;
  delayMs: number;
  /** Infinite where a station on the way has no steady state. */
  waitMs: number;
  /** Mean uses of each routine that is called and waited for. */
  readonly calls: Map<number, number>;
  /** Network time and time lost in failed attempts, by the routine called. */
  readonly networkMs: Map<number, number>;
  readonly lostMs: Map<number, number>;
}

/**
 * Mean visits and mean times by node on the waited-for part of a journey, per completed request. Network time and the time
 * of failed attempts (as waiting) are counted at the node that is called. Branches that run in parallel are all counted,
 * so the times add up to the mean latency where nothing runs in parallel. A held station's service is the first delay of
 * its body. Waiting for a connection or a link counts at the caller, and so does the time on the link, as network time.
 */
export function breakdownOf(prepared: PreparedModel, flows: SettledFlows, journey: number): JourneyResult["breakdown"] {
  const entry = prepared.model.journeys[journey]?.routine ?? -1;
  const weights = new Map<number, number>([[entry, 1]]);
  const rows = new Map<
    number,
    { visits: number; serviceMs: number; delayMs: number; waitMs: number; networkMs: number }
  >();
  const inJourney = new Set(prepared.routinesOfJourney[journey] ?? []);
  const rowOf = (routine: number) => {
    const node = prepared.model.routines[routine]?.node ?? -1;
    const row = rows.get(node) ?? { visits: 0, serviceMs: 0, delayMs: 0, waitMs: 0, networkMs: 0 };
    rows.set(node, row);
    return row;
  };
  const add = (weight: number, times: VisitTimes, routine: number): void => {
    const row = rowOf(routine);
    // A passage over an edge is no visit of its source; what it waits for counts there.
    if (prepared.model.routines[routine]?.edge === null) row.visits += weight;
    row.serviceMs += weight * times.serviceMs;
    row.delayMs += weight * times.delayMs;
    row.waitMs += weight * times.waitMs;
    for (const [to, ms] of times.networkMs) rowOf(to).networkMs += weight * ms;
    for (const [to, ms] of times.lostMs) rowOf(visitBehind(prepared, to)).waitMs += weight * ms;
  };
  for (const members of componentsOf(prepared, inJourney)) {
    if (!members.some((member) => (weights.get(member) ?? 0) > 0)) continue;
    const times = members.map((member) => visitTimes(prepared, flows, member));
    const inside = new Set(members);
    const within: Multiplicity[] = members.flatMap((from, index) =>
      [...(times[index]?.calls ?? [])].flatMap(([to, mean]) => (inside.has(to) ? [{ from, to, mean }] : [])),
    );
    const inflow = members.map((member) => weights.get(member) ?? 0);
    const solved = within.length === 0 ? inflow : solveLoop(members, within, inflow);
    members.forEach((member, index) => {
      const weight = solved[index] ?? 0;
      const own = times[index];
      if (weight === 0 || own === undefined) return;
      add(weight, own, member);
      for (const [to, mean] of own.calls) if (!inside.has(to)) weights.set(to, (weights.get(to) ?? 0) + weight * mean);
    });
  }
  return [...rows].map(([node, row]) => ({
    node,
    visits: row.visits,
    serviceMs: row.serviceMs,
    delayMs: row.delayMs,
    waitMs: Number.isFinite(row.waitMs) ? row.waitMs : null,
    networkMs: row.networkMs,
  }));
}

/** The visit at the end of a passage over an edge; any other routine is its own. */
function visitBehind({ model }: PreparedModel, routine: number): number {
  const { edge = null, program } = model.routines[routine] ?? {};
  let visit = routine;
  if (edge !== null && program !== undefined) {
    eachStep(program, (step) => {
      for (const { call } of callsOf(step)) visit = model.calls[call]?.routine ?? visit;
    });
  }
  return visit;
}

/** Components with members in the journey, callers before callees. */
function* componentsOf(prepared: PreparedModel, inJourney: ReadonlySet<number>): Generator<readonly number[]> {
  const components = prepared.componentOf;
  let last = -1;
  for (const routine of inJourney) {
    const component = components[routine] ?? -1;
    if (component !== last) yield prepared.graph.components[component] ?? [];
    last = component;
  }
}

function visitTimes(prepared: PreparedModel, flows: SettledFlows, routine: number): VisitTimes {
  const times: VisitTimes = {
    serviceMs: 0,
    delayMs: 0,
    waitMs: 0,
    calls: new Map(),
    networkMs: new Map(),
    lostMs: new Map(),
  };
  const program = prepared.model.routines[routine]?.program;
  if (program !== undefined) new TimeCollector(prepared, flows, routine, times).collect(program, 1);
  return times;
}

class TimeCollector {
  private readonly prepared: PreparedModel;
  private readonly flows: SettledFlows;
  private readonly routine: number;
  private readonly times: VisitTimes;
  private readonly chances: ProgramFlow;

  constructor(prepared: PreparedModel, flows: SettledFlows, routine: number, times: VisitTimes) {
    this.prepared = prepared;
    this.flows = flows;
    this.routine = routine;
    this.times = times;
    this.chances = new ProgramFlow(flows.conditions);
  }

  /** Adds `weight` runs of a program that end well. */
  collect(program: Program, weight: number): void {
    if (weight === 0) return;
    switch (program.op) {
      case "sequence":
        for (const step of program.steps) this.collect(step, weight);
        return;
      case "work":
        this.wait(program.station, weight, program.demand.meanMs);
        if (this.prepared.model.stations[program.station]?.edge === null) {
          const { serviceStretch = 1 } = this.flows.evaluation.stations[program.station]?.solution ?? {};
          this.times.serviceMs += weight * program.demand.meanMs * serviceStretch;
        } else this.pass(this.routine, weight * program.demand.meanMs);
        return;
      case "hold":
        this.wait(program.station, weight, null);
        this.collectBody(program.body, weight);
        return;
      case "delay":
        this.times.delayMs += weight * program.time.meanMs;
        return;
      case "call":
        this.useCall(program.call, weight);
        return;
      case "parallel":
        for (const branch of program.branches) {
          const absent = absence(branch);
          const step = absent > 0 && branch.op === "repeat" ? branch.step : branch;
          this.collect(step, weight * (1 - absent));
        }
        return;
      case "choice":
        this.collectOne(
          program.options.map(({ probability, step }) => ({ chance: probability * this.chances.run(step, 1), step })),
          weight,
        );
        return;
      case "route":
        this.collectOne(
          program.options.map(({ share, step }) => ({ chance: share * this.chances.run(step, 1), step })),
          weight,
        );
        return;
      case "repeat":
        this.collect(program.step, weight * program.meanCalls);
        return;
      case "lookup": {
        const hit = program.hitRatio * this.answered(program.callOnHit) * this.chances.run(program.hit, 1);
        const miss = (1 - program.hitRatio) * this.answered(program.callOnMiss) * this.chances.run(program.miss, 1);
        if (hit + miss === 0) return;
        const hitWeight = (weight * hit) / (hit + miss);
        this.useCall(program.callOnHit, hitWeight);
        this.collect(program.hit, hitWeight);
        this.useCall(program.callOnMiss, weight - hitWeight);
        this.collect(program.miss, weight - hitWeight);
        return;
      }
      case "fallback": {
        const direct = this.chances.run(program.attempt, 1);
        const second = this.chances.failed * this.chances.run(program.otherwise, 1);
        if (direct + second === 0) return;
        const secondWeight = (weight * second) / (direct + second);
        this.collect(program.attempt, weight - secondWeight);
        if (secondWeight === 0) return;
        const lost = this.flows.evaluation.outcomeOf(program.attempt, this.routine).failureLaw;
        this.times.waitMs += secondWeight * (lost?.meanMs ?? Number.POSITIVE_INFINITY);
        this.collect(program.otherwise, secondWeight);
        return;
      }
      case "send":
      case "reject":
      case "limit":
        return;
      default:
        assertNever(program, "breakdown");
    }
  }

  private collectBody(body: Program, weight: number): void {
    const steps = body.op === "sequence" ? body.steps : [body];
    const [first, ...rest] = steps;
    if (first?.op === "delay") this.times.serviceMs += weight * first.time.meanMs;
    else if (first !== undefined) this.collect(first, weight);
    for (const step of rest) this.collect(step, weight);
  }

  private collectOne(options: readonly { readonly chance: number; readonly step: Program }[], weight: number): void {
    const total = options.reduce((sum, { chance }) => sum + chance, 0);
    if (total > 0) for (const { chance, step } of options) this.collect(step, (weight * chance) / total);
  }

  /** `demandMs` is what is asked for; null for a held server. */
  private wait(station: number, weight: number, demandMs: number | null): void {
    const state = this.flows.evaluation.stationFor(station, this.routine);
    const waitMs = state === undefined ? null : servedWaitMs(state, demandMs ?? state.meanServiceMs);
    this.times.waitMs += waitMs === null ? Number.POSITIVE_INFINITY : weight * waitMs;
  }

  private pass(routine: number, ms: number): void {
    const { networkMs } = this.times;
    networkMs.set(routine, (networkMs.get(routine) ?? 0) + ms);
  }

  private answered(call: number): number {
    return this.flows.conditions.answered[call] ?? 1;
  }

  private useCall(call: number, weight: number): void {
    const site = this.prepared.model.calls[call];
    if (site === undefined || weight === 0) return;
    const { calls, lostMs } = this.times;
    calls.set(site.routine, (calls.get(site.routine) ?? 0) + weight);
    this.pass(site.routine, weight * site.networkMs);
    const lost = this.flows.evaluation.calls[call]?.lostLaw?.meanMs ?? 0;
    if (lost > 0) lostMs.set(site.routine, (lostMs.get(site.routine) ?? 0) + weight * lost);
  }
}
