import type { AnalysisModel, CallSite, Limiter, Program, Routine, Station } from "#src/analysis/model/program.ts";
import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design, DesignEdge, Problem } from "#src/design/document.ts";
import { type CallLinker, type PlanContext, sequenceOf } from "./call-plan.ts";
import { partitionsInFront } from "./consumer-partitions.ts";
import { type EdgeStations, passageProgram, stationsOfEdge } from "./edge-stations.ts";
import { declaredRatePerSecond, declaredUsers } from "./journey-rates.ts";
import { routersInFront, stationOf } from "./node-station.ts";
import { limiterOf, limitProgram, type RateLimitPlace, shaperOf } from "./rate-limits.ts";
import { readRates } from "./read-rates.ts";
import { resolveCaches } from "./resolve-caches.ts";
import { resolveEdgesOf } from "./resolve-edges.ts";
import {
  type Catalogue,
  type ResolvedDesign,
  type ResolvedEdge,
  type ResolvedNode,
  resolveNodes,
} from "./resolved-design.ts";
import { type ScenarioState, undisturbed } from "./scenario.ts";
import { keysOverInstances } from "./target-shares.ts";
import { visitContext } from "./visit-context.ts";

export interface CompiledDesign {
  readonly resolved: ResolvedDesign;
  readonly model: AnalysisModel;
  /** Station of each node, or null where nothing is served. */
  readonly stationOfNode: readonly (number | null)[];
  /** Call sites of each edge. */
  readonly callsOfEdge: readonly (readonly number[])[];
  /** Stations of each edge that has any. */
  readonly stationsOfEdge: ReadonlyMap<number, EdgeStations>;
  /** Where the rate limits stand, by node index. */
  readonly rateLimits: ReadonlyMap<number, RateLimitPlace>;
  /** Routines that stand for what lies behind a cut edge: no node is visited there. */
  readonly unreachable: ReadonlySet<number>;
  /** The scenario that it was compiled under. */
  readonly state: ScenarioState;
}

/** Design and catalogue to the analysis model: every default filled in, every visit linked. */
export function compileDesign(
  design: Design,
  catalogue: Catalogue,
  state: ScenarioState = undisturbed(design),
): Result<CompiledDesign, readonly Problem[]> {
  const nodes = resolveNodes(state.design, catalogue);
  if (!nodes.ok) return nodes;
  const withNodes = (placed: readonly ResolvedNode[]): ResolvedDesign =>
    withoutLost(resolveDesign(state.design, placed), state);
  const stated = withNodes(nodes.value);
  const faults = edgeFaults(stated);
  if (faults.length > 0) return fail(faults);
  const resolved = resolveCaches(stated, withNodes, (tried) => readRates(new Linker(tried, state).link()));
  return succeed(new Linker(resolved, state).link());
}

function resolveDesign(design: Design, nodes: readonly ResolvedNode[]): ResolvedDesign {
  const nodeById = new Map(nodes.map((node) => [node.node.id, node]));
  const bySource = new Map<string, { edge: DesignEdge; index: number; target: ResolvedNode }[]>();
  let index = 0;
  for (const edge of design.edges.values()) {
    const target = nodeById.get(edge.target);
    if (target !== undefined) {
      const list = bySource.get(edge.source) ?? [];
      list.push({ edge, index, target });
      bySource.set(edge.source, list);
    }
    index += 1;
  }
  const targetsOf = (node: ResolvedNode): readonly ResolvedNode[] =>
    (bySource.get(node.node.id) ?? []).map(({ target }) => target);
  const outgoing = nodes.map((node) => resolveEdgesOf(design, node, bySource.get(node.node.id) ?? [], targetsOf));
  const edges: ResolvedEdge[] = [];
  for (const list of outgoing) for (const edge of list) edges[edge.index] = edge;
  return { design, nodes, edges, nodeById, outgoing };
}

/**
 * Routers send nothing to targets that are down as long as one is left, and a caller goes on without a lost cache that it
 * asked aside: it takes every read for a miss. Other calls to what is down stay and fail.
 */
function withoutLost(resolved: ResolvedDesign, state: ScenarioState): ResolvedDesign {
  if (state.down.size === 0 && state.cutEdges.size === 0) return resolved;
  const isLost = (edge: ResolvedEdge): boolean =>
    state.down.has(edge.target.node.id) || state.cutEdges.has(edge.edge.id);
  const outgoing = resolved.outgoing.map((edges) => {
    const isRouter = edges[0]?.source.kind.role === "router";
    if (isRouter) return edges.some((edge) => !isLost(edge)) ? edges.filter((edge) => !isLost(edge)) : edges;
    const bypassed = new Set(
      edges
        .filter(
          (edge) =>
            isLost(edge) &&
            edge.target.kind.role === "cache" &&
            edges.some((other) => other.of === edge.target.node.id),
        )
        .map((edge) => edge.target.node.id),
    );
    if (bypassed.size === 0) return edges;
    return edges
      .filter((edge) => !bypassed.has(edge.target.node.id))
      .flatMap((edge) => {
        if (edge.of === null || !bypassed.has(edge.of)) return [edge];
        return edge.condition === "hit" ? [] : [{ ...edge, condition: "always" as const, of: null }];
      });
  });
  return { ...resolved, outgoing };
}

/** Faults that need kinds to be seen: edges at containers, and conditions on what is not a cache. */
function edgeFaults(resolved: ResolvedDesign): readonly Problem[] {
  const problems: Problem[] = [];
  for (const edge of resolved.edges) {
    const path = `$.edges[${edge.index}]`;
    for (const [end, node] of [
      ["source", edge.source],
      ["target", edge.target],
    ] as const) {
      if (node.kind.isContainer) {
        problems.push({
          code: "not-allowed",
          path: `${path}.${end}`,
          message: `"${node.node.id}" is a ${node.kind.title.toLowerCase()} and cannot be an end of an edge.`,
          expected: "a node that is not a container",
        });
      }
    }
    if (edge.condition === "hit" || edge.condition === "miss") {
      const cache = edge.of === null ? undefined : resolved.nodeById.get(edge.of);
      if (cache === undefined || cache.hitRatio === null) {
        problems.push({
          code: "bad-value",
          path: `${path}.settings.${cache === undefined && edge.of === null ? "condition" : "of"}`,
          message: `The condition "${edge.condition}" needs a cache that the source asks.`,
          expected: "the id of a cache in `of`, or an edge from the source to a cache",
        });
      }
    }
  }
  for (const journey of resolved.design.journeys.values()) {
    const source = resolved.nodeById.get(journey.source);
    if (source?.kind.isContainer === true) {
      problems.push({
        code: "not-allowed",
        path: `$.journeys[${[...resolved.design.journeys.keys()].indexOf(journey.id)}].source`,
        message: `"${journey.source}" is a container and cannot start a journey.`,
        expected: "the id of a client or another node that is not a container",
      });
    }
  }
  return problems;
}

/** Makes routines on demand: one a node, journey and outcome. */
class Linker {
  private readonly routines: Routine[] = [];
  /** Routines whose programs are still to be written. */
  private readonly unwritten: { readonly index: number; readonly node: ResolvedNode }[] = [];
  private readonly unreachableRoutines = new Set<number>();
  private readonly routineIndex = new Map<string, number>();
  private readonly calls: CallSite[] = [];
  private readonly callIndex = new Map<string, number>();
  private readonly stations: Station[] = [];
  private readonly limiters: Limiter[] = [];
  private readonly stationOfNode: (number | null)[];
  private readonly callsOfEdge: number[][];
  private readonly rateLimits = new Map<number, RateLimitPlace>();
  private readonly stationsOfEdge = new Map<number, EdgeStations>();
  private readonly journeyIds: readonly string[];
  private readonly resolved: ResolvedDesign;
  private readonly state: ScenarioState;

  constructor(resolved: ResolvedDesign, state: ScenarioState) {
    this.resolved = resolved;
    this.state = state;
    this.journeyIds = [...resolved.design.journeys.keys()];
    this.callsOfEdge = resolved.edges.map(() => []);
    const routers = routersInFront(resolved);
    const partitions = partitionsInFront(resolved);
    const add = (station: Station | null): number | null => (station === null ? null : this.stations.push(station) - 1);
    this.stationOfNode = resolved.nodes.map((node) => {
      const router = routers.get(node.index);
      return add(
        stationOf(node, router, partitions.get(node.index) ?? null, keysOverInstances(resolved, node, router)),
      );
    });
    for (const { index, kind, rawSettings } of resolved.nodes) {
      const limit = kind.rateLimit(rawSettings);
      if (limit === null) continue;
      const limiter = limiterOf(index, limit);
      this.rateLimits.set(
        index,
        limiter === null
          ? { type: "shaper", station: this.stations.push(shaperOf(index, limit)) - 1, limit }
          : { type: "limiter", limiter: this.limiters.push(limiter) - 1 },
      );
    }
    for (const edge of resolved.edges) {
      const { pool, link } = stationsOfEdge(edge, this.stations[this.stationOfNode[edge.source.index] ?? -1] ?? null);
      if (pool !== null || link !== null) this.stationsOfEdge.set(edge.index, { pool: add(pool), link: add(link) });
    }
  }

  link(): CompiledDesign {
    const { resolved } = this;
    const journeys = [...resolved.design.journeys.values()].map((journey, index) => {
      const source = resolved.nodeById.get(journey.source);
      if (source === undefined) throw new Error(`Journey ${journey.id} starts nowhere`);
      return {
        ratePerSecond: declaredRatePerSecond(resolved.design, journey),
        closed: declaredUsers(journey),
        routine: this.routineOf(source, index, null),
        latencyTargets: journey.latencyTargets ?? [],
      };
    });
    for (let next = this.unwritten.pop(); next !== undefined; next = this.unwritten.pop()) this.write(next);
    const model: AnalysisModel = {
      nodeIds: resolved.nodes.map(({ node }) => node.id),
      edgeIds: resolved.edges.map(({ edge }) => edge.id),
      journeyIds: this.journeyIds,
      stations: this.stations,
      limiters: this.limiters,
      routines: this.routines,
      calls: this.calls,
      journeys,
    };
    return {
      resolved,
      model,
      stationOfNode: this.stationOfNode,
      callsOfEdge: this.callsOfEdge,
      stationsOfEdge: this.stationsOfEdge,
      rateLimits: this.rateLimits,
      unreachable: this.unreachableRoutines,
      state: this.state,
    };
  }

  private routineOf(node: ResolvedNode, journey: number, outcome: "hit" | "miss" | null): number {
    const drawn = node.kind.role === "cache" ? outcome : null;
    const key = `${node.index}|${journey}|${drawn ?? ""}`;
    const earlier = this.routineIndex.get(key);
    if (earlier !== undefined) return earlier;
    const index = this.routines.length;
    this.routineIndex.set(key, index);
    // The program comes later: a chain of calls may be longer than the stack is deep, and a loop finds its own routine.
    this.routines.push({ node: node.index, edge: null, journey, outcome: drawn, program: sequenceOf([]) });
    this.unwritten.push({ index, node });
    return index;
  }

  private write({ index, node }: { readonly index: number; readonly node: ResolvedNode }): void {
    const routine = this.routines[index];
    if (routine === undefined) throw new Error(`No routine ${index}`);
    const { journey, outcome } = routine;
    this.routines[index] = { ...routine, program: this.programOf(node, journey, outcome) };
  }

  /** What a call over a cut edge meets: it fails and loads nothing. */
  private unreachable(node: ResolvedNode, journey: number): number {
    const key = `${node.index}|${journey}|unreachable`;
    const earlier = this.routineIndex.get(key);
    if (earlier !== undefined) return earlier;
    this.routines.push({
      node: node.index,
      edge: null,
      journey,
      outcome: null,
      program: { op: "reject", probability: 1 },
    });
    this.routineIndex.set(key, this.routines.length - 1);
    this.unreachableRoutines.add(this.routines.length - 1);
    return this.routines.length - 1;
  }

  private programOf(node: ResolvedNode, journey: number, outcome: "hit" | "miss" | null): Program {
    const journeyId = this.journeyIds[journey] ?? "";
    const operation = this.resolved.design.journeys.get(journeyId)?.operation ?? "read";
    const linker: CallLinker = { link: (edge, drawn) => this.callOver(edge, journey, drawn) };
    const plan: PlanContext = {
      journeyId,
      operation,
      linker,
      hasOwnCalls: (other) => (this.resolved.outgoing[other.index] ?? []).length > 0,
    };
    const context = visitContext(
      node,
      this.resolved.outgoing[node.index] ?? [],
      this.stationOfNode[node.index] ?? null,
      outcome,
      plan,
    );
    const visit = node.kind.visit(node.rawSettings, context) ?? sequenceOf([]);
    const failing = this.state.down.has(node.node.id) ? 1 : (this.state.errorRatio.get(node.node.id) ?? 0);
    if (failing === 1) return { op: "reject", probability: 1 };
    const limit = this.rateLimits.get(node.index);
    if (failing === 0 && limit === undefined) return visit;
    return sequenceOf([
      ...(failing > 0 ? [{ op: "reject", probability: failing } as const] : []),
      ...(limit === undefined ? [] : [limitProgram(limit)]),
      visit,
    ]);
  }

  private callOver(edge: ResolvedEdge, journey: number, outcome: "hit" | "miss" | null): number {
    if (this.state.cutEdges.has(edge.edge.id)) return this.callTo(edge, this.unreachable(edge.target, journey));
    const visit = this.routineOf(edge.target, journey, outcome);
    const stations = this.stationsOfEdge.get(edge.index);
    return stations === undefined
      ? this.callTo(edge, visit)
      : this.callTo(edge, this.passage(edge, stations, visit, journey), 0);
  }

  /** The way of a call over an edge with connections or a link of its own, and the visit at its end. */
  private passage(edge: ResolvedEdge, stations: EdgeStations, visit: number, journey: number): number {
    const key = `edge ${edge.index}|${visit}`;
    const earlier = this.routineIndex.get(key);
    if (earlier !== undefined) return earlier;
    const call = this.calls.push({ ...unprotected, edge: edge.index, routine: visit, networkMs: edge.networkMs }) - 1;
    const program = passageProgram(edge, stations, { op: "call", call });
    const index =
      this.routines.push({ node: edge.source.index, edge: edge.index, journey, outcome: null, program }) - 1;
    this.routineIndex.set(key, index);
    return index;
  }

  private callTo(edge: ResolvedEdge, routine: number, networkMs = edge.networkMs): number {
    const key = `${edge.index}|${routine}`;
    const earlier = this.callIndex.get(key);
    if (earlier !== undefined) return earlier;
    const index = this.calls.length;
    this.callIndex.set(key, index);
    this.calls.push({
      edge: edge.index,
      routine,
      networkMs,
      payloadBytes: edge.payloadBytes,
      timeoutMs: edge.timeoutMs,
      retries: edge.retries,
      backoffMs: edge.backoffMs,
      jitter: edge.jitter,
      hedgeAfterMs: edge.hedgeAfterMs,
      circuitBreaker: edge.circuitBreaker,
    });
    this.callsOfEdge[edge.index]?.push(index);
    return index;
  }
}

/** The inner call of a passage: timeouts, retries and all else stand on the call of the edge itself. */
const unprotected = {
  payloadBytes: 0,
  timeoutMs: null,
  retries: 0,
  backoffMs: 0,
  jitter: false,
  hedgeAfterMs: null,
  circuitBreaker: null,
} as const;
