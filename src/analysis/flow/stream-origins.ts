import { assertNever } from "#src/base/assert-never.ts";
import type { AnalysisModel, Program } from "../model/program.ts";
import { type Conditions, copyConditions, sameConditions } from "./conditions.ts";
import { ProgramFlow, splitCalls } from "./program-flow.ts";
import { callsOf } from "./program-walk.ts";
import type { RoutineGraph } from "./routine-graph.ts";
import { strongComponents } from "./strong-components.ts";
import type { Traffic } from "./traffic.ts";

/** A part of the arrivals of a station that left another station before. */
export interface Inflow {
  /** The station that they left last. */
  readonly origin: number;
  /** Their share of the arrivals. */
  readonly share: number;
  /** The share of what that station completes that they are. 0 to 1. */
  readonly kept: number;
}

/**
 * Where the arrivals of the stations come from. What is missing to 1 in the shares comes from outside, or goes round: a station
 * from which requests come back to where they were is not an origin there.
 */
export interface StreamOrigins {
  /** By station. */
  readonly into: readonly (readonly Inflow[])[];
  /** Stations, origins first. */
  readonly order: readonly number[];
  /** Stations among which requests go round, by the number of the group; −1 for a station to which none comes back. */
  readonly loopOf: readonly number[];
  /** By call of a round-robin router: what the router got to hand out over it, shares of that call. */
  readonly behindCall: ReadonlyMap<number, readonly Inflow[]>;
}

/** Origins by shares that add up to 1: stations by index, and the two below. */
type Mix = ReadonlyMap<number, number>;

const OUTSIDE = -1;
/** Stands for whatever came into a routine, while it is not known. */
const ENTRY = -2;
const fromOutside: Mix = new Map([[OUTSIDE, 1]]);
const fromEntry: Mix = new Map([[ENTRY, 1]]);

/** Mixes of a loop of calls count as settled when no share moves by more. */
const SETTLED = 1e-10;
const MOST_SWEEPS = 200;

/**
 * Follows requests from station to station: which part of the arrivals of each station left which other one just before.
 * A delay, a limiter and a server that is held during calls do not change where a stream comes from; a join takes the
 * origins of its branches in equal parts.
 */
export function streamOrigins(
  model: AnalysisModel,
  graph: RoutineGraph,
  conditions: Conditions,
  traffic: Traffic,
  rotatedCalls: ReadonlySet<number>,
): StreamOrigins {
  const exits: Mix[] = model.routines.map(() => fromEntry);
  const upwards = new OriginWalk(model, conditions, exits, { arrive: ignore, call: ignore });
  for (let place = graph.components.length - 1; place >= 0; place--) {
    const members = graph.components[place] ?? [];
    settle(members, graph, () =>
      members.reduce((moved, routine) => {
        const program = model.routines[routine]?.program;
        const before = exits[routine] ?? fromEntry;
        const after = program === undefined ? before : upwards.run(program, fromEntry, 1).mix;
        exits[routine] = after;
        return Math.max(moved, difference(before, after));
      }, 0),
    );
  }
  return downwards(model, graph, conditions, traffic, rotatedCalls, exits);
}

function downwards(
  model: AnalysisModel,
  graph: RoutineGraph,
  conditions: Conditions,
  traffic: Traffic,
  rotatedCalls: ReadonlySet<number>,
  exits: readonly Mix[],
): StreamOrigins {
  const entries: Map<number, number>[] = model.routines.map(() => new Map());
  const arrivals: Map<number, number>[] = model.stations.map(() => new Map());
  const behind = new Map<number, Map<number, number>>();
  for (const { routine, ratePerSecond } of model.journeys) addTo(entries[routine], fromOutside, ratePerSecond);
  for (const members of graph.components) {
    const inside = new Set(members);
    const outer = members.map((routine) => entries[routine] ?? new Map<number, number>());
    const visitAll = (sink: OriginSink): void => {
      const walk = new OriginWalk(model, conditions, exits, sink);
      for (const routine of members) {
        const program = model.routines[routine]?.program;
        const rate = traffic.visits[routine] ?? 0;
        if (program !== undefined && rate > 0) walk.run(program, normalized(entries[routine]), rate);
      }
    };
    settle(members, graph, () => {
      const next = outer.map((entry) => new Map(entry));
      visitAll({
        arrive: ignore,
        call: (call, mix, rate) => {
          const target = model.calls[call]?.routine ?? -1;
          if (inside.has(target)) addTo(next[members.indexOf(target)], mix, rate);
        },
      });
      let moved = 0;
      members.forEach((routine, index) => {
        moved = Math.max(moved, difference(normalized(entries[routine]), normalized(next[index])));
        entries[routine] = next[index] ?? new Map();
      });
      return moved;
    });
    visitAll({
      arrive: (station, mix, rate) => addTo(arrivals[station], mix, rate),
      call: (call, mix, rate) => {
        const target = model.calls[call]?.routine ?? -1;
        if (!inside.has(target)) addTo(entries[target], mix, rate);
        if (!rotatedCalls.has(call)) return;
        const part = behind.get(call) ?? new Map<number, number>();
        addTo(part, mix, rate);
        behind.set(call, part);
      },
    });
  }
  const completed = model.stations.map(
    (_, station) => (traffic.arrivals[station] ?? 0) * (conditions.completed[station] ?? 1),
  );
  const inflows = (rates: ReadonlyMap<number, number> | undefined): readonly Inflow[] =>
    [...normalized(rates)].flatMap(([origin, share]) => {
      const rate = rates?.get(origin) ?? 0;
      const left = completed[origin] ?? 0;
      return origin < 0 || left <= 0 ? [] : [{ origin, share, kept: Math.min(1, rate / left) }];
    });
  return {
    ...withoutReturns(arrivals.map(inflows)),
    behindCall: new Map([...behind].map(([call, rates]) => [call, inflows(rates)])),
  };
}

function withoutReturns(into: readonly (readonly Inflow[])[]): Omit<StreamOrigins, "behindCall"> {
  const components = strongComponents(into.map((inflows) => inflows.map(({ origin }) => origin)));
  const componentOf = new Int32Array(into.length);
  components.forEach((members, component) => {
    for (const station of members) componentOf[station] = component;
  });
  return {
    into: into.map((inflows, station) => inflows.filter(({ origin }) => componentOf[origin] !== componentOf[station])),
    order: components.flat(),
    loopOf: into.map((inflows, station) => {
      const component = componentOf[station] ?? -1;
      return inflows.some(({ origin }) => componentOf[origin] === component) ? component : -1;
    }),
  };
}

/** Once, or for routines that call each other until nothing moves. */
function settle(members: readonly number[], graph: RoutineGraph, sweep: () => number): void {
  const [only] = members;
  const loops = members.length > 1 || (only !== undefined && (graph.all[only] ?? []).includes(only));
  for (let round = 0; round < (loops ? MOST_SWEEPS : 1); round++) if (sweep() <= SETTLED) return;
}

interface OriginSink {
  arrive(station: number, mix: Mix, ratePerSecond: number): void;
  call(call: number, mix: Mix, ratePerSecond: number): void;
}

const ignore = (): void => undefined;

interface Stream {
  readonly mix: Mix;
  readonly rate: number;
}

class OriginWalk {
  private readonly model: AnalysisModel;
  private readonly conditions: Conditions;
  private readonly exits: readonly Mix[];
  private readonly sink: OriginSink;

  constructor(model: AnalysisModel, conditions: Conditions, exits: readonly Mix[], sink: OriginSink) {
    this.model = model;
    this.conditions = conditions;
    this.exits = exits;
    this.sink = sink;
  }

  /** Runs a program for a stream; what comes out is what was answered. */
  run(program: Program, mix: Mix, rate: number): Stream {
    if (rate === 0) return { mix, rate };
    switch (program.op) {
      case "sequence":
        return program.steps.reduce((stream, step) => this.run(step, stream.mix, stream.rate), { mix, rate } as Stream);
      case "work":
        this.sink.arrive(program.station, mix, rate);
        return { mix: new Map([[program.station, 1]]), rate: rate * (this.conditions.completed[program.station] ?? 1) };
      case "hold":
        this.sink.arrive(program.station, mix, rate);
        return this.run(program.body, mix, rate * (this.conditions.completed[program.station] ?? 1));
      case "delay":
        return { mix, rate };
      case "call":
        return this.useCall(program.call, mix, rate);
      case "send":
        for (const { call } of callsOf(program))
          this.sink.call(call, mix, rate * (this.conditions.attempts[call] ?? 1));
        return { mix, rate };
      case "parallel":
        return {
          mix: mixed(program.branches.map((branch) => this.run(branch, mix, rate))),
          rate: this.flowOf(program, rate).answered,
        };
      case "choice":
        return merged(program.options.map(({ probability, step }) => this.run(step, mix, rate * probability)));
      case "route":
        return merged(program.options.map(({ share, step }) => this.run(step, mix, rate * share)));
      case "repeat":
        return this.runRepeat(program.meanCalls, program.step, mix, rate);
      case "lookup": {
        const hit = this.useCall(program.callOnHit, mix, rate * program.hitRatio);
        const miss = this.useCall(program.callOnMiss, mix, rate * (1 - program.hitRatio));
        return merged([this.run(program.hit, hit.mix, hit.rate), this.run(program.miss, miss.mix, miss.rate)]);
      }
      case "fallback": {
        const answered = this.run(program.attempt, mix, rate);
        const { failed } = this.flowOf(program.attempt, rate);
        return merged([answered, this.run(program.otherwise, mix, failed)]);
      }
      case "reject":
        return { mix, rate: rate * (1 - program.probability) };
      case "limit":
        return { mix, rate: rate * (this.conditions.passed[program.limiter] ?? 1) };
      default:
        return assertNever(program, "stream");
    }
  }

  private useCall(call: number, mix: Mix, rate: number): Stream {
    if (rate === 0) return { mix, rate };
    this.sink.call(call, mix, rate * (this.conditions.attempts[call] ?? 1));
    const exit = this.exits[this.model.calls[call]?.routine ?? -1] ?? fromEntry;
    return { mix: enteredWith(exit, mix), rate: rate * (this.conditions.answered[call] ?? 1) };
  }

  /** The first round comes from where the stream does, every further one from the round before it. */
  private runRepeat(meanCalls: number, step: Program, mix: Mix, rate: number): Stream {
    const { whole, extra } = splitCalls(meanCalls);
    if (whole === 0) return merged([{ mix, rate: rate * (1 - extra) }, this.run(step, mix, rate * extra)]);
    const first = this.run(step, mix, rate);
    const all = this.flowOf({ op: "repeat", meanCalls, step }, rate).answered;
    const rounds = whole - 1 + extra;
    if (rounds === 0) return first;
    const answer = first.rate / rate;
    const started =
      answer === 1 ? rounds : (answer * (1 - answer ** (whole - 1))) / (1 - answer) + answer ** whole * extra;
    const last = this.run(step, first.mix, rate * started);
    return { mix: last.mix, rate: all };
  }

  private flowOf(program: Program, rate: number): { readonly answered: number; readonly failed: number } {
    const flow = new ProgramFlow(this.conditions);
    const answered = flow.run(program, rate);
    return { answered, failed: flow.failed };
  }
}

function enteredWith(exit: Mix, mix: Mix): Mix {
  const through = exit.get(ENTRY) ?? 0;
  if (through === 0) return exit;
  if (through === 1 && exit.size === 1) return mix;
  const result = new Map(exit);
  result.delete(ENTRY);
  addTo(result, mix, through);
  return result;
}

function merged(streams: readonly Stream[]): Stream {
  return { mix: mixed(streams), rate: streams.reduce((sum, { rate }) => sum + rate, 0) };
}

function mixed(streams: readonly Stream[]): Mix {
  const running = streams.filter(({ rate }) => rate > 0);
  const [first] = running.length > 0 ? running : streams;
  if (running.length <= 1) return first?.mix ?? fromEntry;
  const sum = new Map<number, number>();
  for (const { mix, rate } of running) addTo(sum, mix, rate);
  return normalized(sum);
}

function addTo(sum: Map<number, number> | undefined, mix: Mix, rate: number): void {
  if (sum !== undefined) for (const [origin, share] of mix) sum.set(origin, (sum.get(origin) ?? 0) + share * rate);
}

function normalized(rates: ReadonlyMap<number, number> | undefined): Mix {
  const total = rates === undefined ? 0 : [...rates.values()].reduce((sum, rate) => sum + rate, 0);
  if (rates === undefined || total <= 0) return fromOutside;
  return new Map([...rates].map(([origin, rate]) => [origin, rate / total]));
}

function difference(before: Mix, after: Mix): number {
  let largest = 0;
  for (const origin of new Set([...before.keys(), ...after.keys()])) {
    largest = Math.max(largest, Math.abs((before.get(origin) ?? 0) - (after.get(origin) ?? 0)));
  }
  return largest;
}

/** Origins do not change with the load while the same shares fail, so that the first and the last answer are kept. */
export class RememberedOrigins {
  private readonly known: { readonly conditions: Conditions; readonly origins: StreamOrigins }[] = [];
  private readonly work: (conditions: Conditions, traffic: Traffic) => StreamOrigins;

  constructor(work: (conditions: Conditions, traffic: Traffic) => StreamOrigins) {
    this.work = work;
  }

  /** For the same model with other rates of its journeys. */
  forgotten(): RememberedOrigins {
    return new RememberedOrigins(this.work);
  }

  at(conditions: Conditions, traffic: Traffic): StreamOrigins {
    const found = this.known.find((one) => sameConditions(one.conditions, conditions));
    if (found !== undefined) return found.origins;
    const origins = this.work(conditions, traffic);
    // Without flows there are no origins, which says nothing about other loads.
    if (traffic.visits.every((rate) => rate === 0)) return origins;
    if (this.known.length > 1) this.known.pop();
    this.known.push({ conditions: copyConditions(conditions), origins });
    return origins;
  }
}
