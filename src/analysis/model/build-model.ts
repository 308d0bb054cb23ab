import type {
  AnalysisModel,
  CallSite,
  Dispatch,
  JourneyEntry,
  Limiter,
  Program,
  Routine,
  Scalability,
  Station,
  TimeLaw,
} from "./program.ts";

export interface StationSettings {
  readonly serviceMs?: number;
  readonly servers?: number;
  readonly queues?: number;
  readonly dispatch?: Dispatch;
  readonly shares?: readonly number[];
  readonly queueLimit?: number;
  readonly discipline?: Station["discipline"];
  readonly patienceMs?: number;
  readonly scalability?: Scalability;
  /** Index of an edge, for connections and links. */
  readonly edge?: number;
}

/** Writes an analysis model by hand, node by node: for reference problems from the literature. */
export class ModelBuilder {
  private readonly nodeIds: string[] = [];
  private readonly edgeIds: string[] = [];
  private readonly journeyIds: string[] = [];
  private readonly stations: Station[] = [];
  private readonly routines: Routine[] = [];
  private readonly limiters: Limiter[] = [];
  private readonly calls: CallSite[] = [];
  private readonly journeys: JourneyEntry[] = [];

  station(node: string, settings: StationSettings = {}): number {
    const {
      serviceMs = 0,
      servers = 1,
      queues = 1,
      dispatch = "shared-queue",
      shares = null,
      queueLimit = null,
      discipline = "first-come",
      patienceMs = null,
      scalability = null,
      edge = null,
    } = settings;
    this.stations.push({
      node: this.nodeIndex(node),
      edge,
      servers,
      queues,
      dispatch,
      shares,
      queueLimit,
      nominalServiceMs: serviceMs,
      discipline,
      patienceMs,
      scalability,
    });
    return this.stations.length - 1;
  }

  /** A token bucket unless `settings` say otherwise; gives the step that asks it. */
  limiter(node: string, ratePerSecond: number, settings: Partial<Limiter> = {}): Program {
    this.limiters.push({
      node: this.nodeIndex(node),
      policy: "token-bucket",
      ratePerSecond,
      burst: 1,
      windowMs: 1000,
      ...settings,
    });
    return { op: "limit", limiter: this.limiters.length - 1 };
  }

  /** A routine of a node; its program may be given later with `define`, so that loops can be written. */
  routine(node: string, program: Program = sequence(), journey = 0, outcome: "hit" | "miss" | null = null): number {
    this.routines.push({ node: this.nodeIndex(node), edge: null, journey, outcome, program });
    return this.routines.length - 1;
  }

  define(routine: number, program: Program): void {
    const before = this.routines[routine];
    if (before === undefined) throw new RangeError(`Routine ${routine} was not made`);
    this.routines[routine] = { ...before, program };
  }

  /** A node of one station with exponential service, or as `variability` says, followed by `after`. */
  server(
    node: string,
    settings: StationSettings & { readonly variability?: number },
    after?: Program,
    journey = 0,
  ): number {
    const station = this.station(node, settings);
    const visit = work(station, settings.serviceMs ?? 0, settings.variability ?? 1);
    return this.routine(node, after === undefined ? visit : sequence(visit, after), journey);
  }

  callIndex(routine: number, settings: Partial<CallSite> = {}): number {
    this.edgeIds.push(`edge-${this.edgeIds.length}`);
    this.calls.push({
      edge: this.edgeIds.length - 1,
      routine,
      networkMs: 0,
      payloadBytes: 0,
      timeoutMs: null,
      retries: 0,
      backoffMs: 0,
      jitter: false,
      hedgeAfterMs: null,
      circuitBreaker: null,
      ...settings,
    });
    return this.calls.length - 1;
  }

  call(routine: number, settings: Partial<CallSite> = {}): Program {
    return { op: "call", call: this.callIndex(routine, settings) };
  }

  send(routine: number, settings: Partial<CallSite> = {}): Program {
    return { op: "send", call: this.callIndex(routine, settings) };
  }

  journey(ratePerSecond: number, routine: number, latencyTargets: JourneyEntry["latencyTargets"] = []): number {
    this.journeyIds.push(`journey-${this.journeyIds.length}`);
    this.journeys.push({ ratePerSecond, closed: null, routine, latencyTargets });
    return this.journeys.length - 1;
  }

  /** A journey of users who each ask again a mean `thinkTimeMs` after the last answer. */
  closedJourney(
    users: number,
    thinkTimeMs: number,
    routine: number,
    latencyTargets: JourneyEntry["latencyTargets"] = [],
  ): number {
    this.journeyIds.push(`journey-${this.journeyIds.length}`);
    this.journeys.push({ ratePerSecond: 0, closed: { users, thinkTimeMs }, routine, latencyTargets });
    return this.journeys.length - 1;
  }

  build(): AnalysisModel {
    return {
      nodeIds: this.nodeIds,
      edgeIds: this.edgeIds,
      journeyIds: this.journeyIds,
      stations: this.stations,
      limiters: this.limiters,
      routines: this.routines,
      calls: this.calls,
      journeys: this.journeys,
    };
  }

  private nodeIndex(node: string): number {
    const index = this.nodeIds.indexOf(node);
    if (index >= 0) return index;
    this.nodeIds.push(node);
    return this.nodeIds.length - 1;
  }
}

function time(meanMs: number, variability = 1): TimeLaw {
  return { meanMs, variability };
}

export function work(station: number, meanMs: number, variability = 1): Program {
  return { op: "work", station, demand: time(meanMs, variability) };
}

export function delay(meanMs: number, variability = 0): Program {
  return { op: "delay", time: time(meanMs, variability) };
}

export function hold(station: number, ...steps: readonly Program[]): Program {
  return { op: "hold", station, body: sequence(...steps) };
}

export function sequence(...steps: readonly Program[]): Program {
  return { op: "sequence", steps };
}

export function parallel(needed: number | null, ...branches: readonly Program[]): Program {
  return { op: "parallel", branches, needed };
}

export function choice(...options: readonly (readonly [probability: number, step: Program])[]): Program {
  return { op: "choice", options: options.map(([probability, step]) => ({ probability, step })) };
}

export function repeated(meanCalls: number, step: Program): Program {
  return { op: "repeat", meanCalls, step };
}
