import type { Program } from "#src/analysis/model/program.ts";
import type { ResolvedEdge, ResolvedNode } from "./resolved-design.ts";

/** How a plan gets at the linked call of an edge, for the journey at hand. */
export interface CallLinker {
  /** Index of the call over this edge; `outcome` asks for the cache's routine given that draw. */
  link(edge: ResolvedEdge, outcome: "hit" | "miss" | null): number;
}

export interface PlanContext {
  readonly journeyId: string;
  readonly operation: "read" | "write";
  readonly linker: CallLinker;
  /** Whether a node calls others itself (a cache that can answer its own misses). */
  hasOwnCalls(node: ResolvedNode): boolean;
}

const nothing: Program = { op: "sequence", steps: [] };

export function sequenceOf(steps: readonly Program[]): Program {
  const flat = steps.flatMap((step) => (step.op === "sequence" ? step.steps : [step]));
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { op: "sequence", steps: flat };
}

/** Mean calls over an edge per visit for this journey; a journey that a `calls` object does not name makes none. */
export function meanCalls(edge: ResolvedEdge, journeyId: string): number {
  if (typeof edge.calls === "number") return edge.calls;
  return Object.hasOwn(edge.calls, journeyId) ? (edge.calls[journeyId] ?? 0) : 0;
}

/** One program for the edge: called or sent, as often as it says. */
export function edgeProgram(edge: ResolvedEdge, context: PlanContext, waitedFor: boolean): Program {
  const calls = meanCalls(edge, context.journeyId);
  if (calls <= 0) return nothing;
  const call = context.linker.link(edge, null);
  // A broker's own visit is waited for (the acknowledgement), whatever the mode; what it hands on is not.
  const sent = !waitedFor || (edge.mode !== "synchronous" && edge.target.kind.role !== "broker");
  const step: Program = sent ? { op: "send", call } : { op: "call", call };
  return calls === 1 ? step : { op: "repeat", meanCalls: calls, step };
}

/** Edges that this journey may follow here as calls; replication is apart. Reads of hit and miss are decided later. */
export function applicableEdges(edges: readonly ResolvedEdge[], context: PlanContext): readonly ResolvedEdge[] {
  return edges.filter((edge) => {
    if (edge.mode === "replication") return false;
    if (meanCalls(edge, context.journeyId) <= 0) return false;
    if (edge.condition === "read") return context.operation === "read";
    if (edge.condition === "write") return context.operation === "write";
    if (context.operation === "write") {
      if (edge.target.kind.role === "replica") return false;
      if (edge.condition === "hit") return false;
      if (edge.target.kind.role === "cache" && edge.target.expectations.writes === "around") return false;
    }
    return true;
  });
}

interface Group {
  readonly edges: readonly ResolvedEdge[];
  readonly fallbacks: readonly ResolvedEdge[];
}

/**
 * All calls of a visit in `order`: equal orders run in parallel and join (with their quorum), different ones one after
 * another; asking a cache branches what follows on its draw; a fallback stands behind the group before it.
 */
export function planCallsInOrder(edges: readonly ResolvedEdge[], context: PlanContext): Program {
  const applicable = applicableEdges(edges, context);
  return context.operation === "read"
    ? planFrom(groupByOrder(applicable), new Map(), context)
    : planFrom(groupByOrder(applicable.filter((edge) => writesThere(edge, applicable, context))), new Map(), context);
}

/** On a write the store behind a cache is written by the caller, unless the cache passes writes on by itself. */
function writesThere(edge: ResolvedEdge, edges: readonly ResolvedEdge[], context: PlanContext): boolean {
  if (edge.condition !== "miss") return true;
  const cache = edges.find((other) => other.target.node.id === edge.of)?.target;
  if (cache === undefined) return true;
  const policy = cache.expectations.writes;
  return !((policy === "through" || policy === "behind") && context.hasOwnCalls(cache));
}

function groupByOrder(edges: readonly ResolvedEdge[]): readonly Group[] {
  const places = new Map<string, number>();
  for (const edge of edges) if (edge.target.kind.role === "cache") places.set(edge.target.node.id, edge.order);
  const orderOf = (edge: ResolvedEdge): number => {
    const cacheOrder = edge.of === null || edge.orderStated ? undefined : places.get(edge.of);
    // A store listed before its cache is still asked after it.
    return cacheOrder !== undefined && edge.order <= cacheOrder ? cacheOrder + 0.5 : edge.order;
  };
  const byOrder = new Map<number, { edges: ResolvedEdge[]; fallbacks: ResolvedEdge[] }>();
  const sorted = [...edges].sort((first, second) => orderOf(first) - orderOf(second));
  for (const edge of sorted) {
    if (edge.condition === "fallback") continue;
    const group = byOrder.get(orderOf(edge)) ?? { edges: [], fallbacks: [] };
    group.edges.push(edge);
    byOrder.set(orderOf(edge), group);
  }
  const groups = [...byOrder];
  for (const edge of sorted) {
    if (edge.condition !== "fallback") continue;
    // Behind the call of its own order, else the one before it, else the first; without another call it never runs.
    const before = groups.filter(([order]) => order <= orderOf(edge)).at(-1);
    (before ?? groups[0])?.[1].fallbacks.push(edge);
  }
  return groups.map(([, group]) => group);
}

type Draws = ReadonlyMap<string, "hit" | "miss">;

function planFrom(groups: readonly Group[], draws: Draws, context: PlanContext): Program {
  const steps: Program[] = [];
  // Without recursion from group to group: a caller may have thousands.
  for (const [place, group] of groups.entries()) {
    const edges = group.edges.filter((edge) => runsGiven(edge, draws, context));
    if (edges.length === 0) continue;
    const asked = edges.find(
      (edge) =>
        edge.target.kind.role === "cache" &&
        !draws.has(edge.target.node.id) &&
        dependents(edge, groups.slice(place + 1)).length > 0,
    );
    if (asked === undefined || context.operation === "write") {
      steps.push(withFallbacks(planGroup(edges, context, draws), group, context));
      continue;
    }
    // What comes later is planned there, by the draw.
    steps.push(planLookup(asked, edges, group, groups.slice(place + 1), draws, context));
    break;
  }
  return sequenceOf(steps);
}

function dependents(asked: ResolvedEdge, groups: readonly Group[]): readonly ResolvedEdge[] {
  return groups.flatMap((group) => group.edges).filter((edge) => isAbout(edge, asked));
}

function isAbout(edge: ResolvedEdge, asked: ResolvedEdge): boolean {
  return (edge.condition === "hit" || edge.condition === "miss") && edge.of === asked.target.node.id;
}

function runsGiven(edge: ResolvedEdge, draws: Draws, context: PlanContext): boolean {
  if (edge.condition !== "hit" && edge.condition !== "miss") return true;
  if (context.operation === "write") return true;
  // Where the cache was not asked, neither hit nor miss edges run.
  return edge.of !== null && draws.get(edge.of) === edge.condition;
}

/** The draw is made where the cache is asked; everything up to the last edge that depends on it branches. */
function planLookup(
  asked: ResolvedEdge,
  edges: readonly ResolvedEdge[],
  group: Group,
  rest: readonly Group[],
  draws: Draws,
  context: PlanContext,
): Program {
  const cacheId = asked.target.node.id;
  const calls = meanCalls(asked, context.journeyId);
  const hitRatio = asked.target.hitRatio ?? 0;
  const lastDependent = rest.findLastIndex((later) => later.edges.some((edge) => isAbout(edge, asked)));
  const after = planFrom(rest.slice(lastDependent + 1), draws, context);
  const branching = rest.slice(0, lastDependent + 1);
  const given = (draw: "hit" | "miss"): Program => planFrom(branching, new Map([...draws, [cacheId, draw]]), context);

  if (calls > 1) {
    // Each of the n questions is a visit with a draw of its own, and each miss has its own calls behind it.
    const about = branching.map((later) => ({ ...later, edges: later.edges.filter((edge) => isAbout(edge, asked)) }));
    const others = branching.map((later) => ({ ...later, edges: later.edges.filter((edge) => !isAbout(edge, asked)) }));
    const perDraw = (draw: "hit" | "miss"): Program => planFrom(about, new Map([...draws, [cacheId, draw]]), context);
    const lookup = lookupOf(asked, hitRatio, perDraw("hit"), perDraw("miss"), context);
    const companions = edges.filter((edge) => edge !== asked);
    const question: Program = { op: "repeat", meanCalls: calls, step: lookup };
    const first: Program =
      companions.length === 0
        ? question
        : joinOf([question, ...companions.map((edge) => edgeProgram(edge, context, true))], null);
    return sequenceOf([withFallbacks(first, group, context), planFrom(others, draws, context), after]);
  }
  if (edges.length === 1) {
    const lookup = lookupOf(asked, hitRatio, given("hit"), given("miss"), context);
    const protectedLookup = withFallbacks(lookup, group, context);
    const step: Program =
      calls < 1
        ? {
            op: "choice",
            options: [
              { probability: calls, step: protectedLookup },
              { probability: 1 - calls, step: planFrom(branching, draws, context) },
            ],
          }
        : protectedLookup;
    return sequenceOf([step, after]);
  }
  // Asked in parallel with other calls: the join must wait for all of them before the branch, so the draw comes first.
  const option = (draw: "hit" | "miss", probability: number) => ({
    probability,
    step: sequenceOf([
      withFallbacks(
        planGroup(edges, context, draws, (edge) => (edge === asked ? draw : null)),
        group,
        context,
      ),
      given(draw),
    ]),
  });
  return sequenceOf([{ op: "choice", options: [option("hit", hitRatio), option("miss", 1 - hitRatio)] }, after]);
}

function lookupOf(asked: ResolvedEdge, hitRatio: number, hit: Program, miss: Program, context: PlanContext): Program {
  return {
    op: "lookup",
    hitRatio,
    callOnHit: context.linker.link(asked, "hit"),
    callOnMiss: context.linker.link(asked, "miss"),
    hit,
    miss,
  };
}

function planGroup(
  edges: readonly ResolvedEdge[],
  context: PlanContext,
  draws: Draws,
  drawOf: (edge: ResolvedEdge) => "hit" | "miss" | null = (edge) => draws.get(edge.target.node.id) ?? null,
): Program {
  const waited = edges.filter((edge) => edge.mode === "synchronous" || edge.target.kind.role === "broker");
  const sent = edges.filter((edge) => !waited.includes(edge));
  const branches = waited.map((edge) => {
    const draw = drawOf(edge);
    return draw === null
      ? edgeProgram(edge, context, true)
      : ({ op: "call", call: context.linker.link(edge, draw) } as const);
  });
  const quorum = waited.find((edge) => edge.quorum !== null)?.quorum ?? null;
  return sequenceOf([...sent.map((edge) => edgeProgram(edge, context, false)), joinOf(branches, quorum)]);
}

function joinOf(branches: readonly Program[], quorum: number | null): Program {
  const [only] = branches;
  if (only === undefined) return nothing;
  return branches.length === 1 ? only : { op: "parallel", branches, needed: quorum };
}

/** Tries the fallbacks one after another when the attempt has failed. */
export function withFallbacks(
  attempt: Program,
  group: { readonly fallbacks: readonly ResolvedEdge[] },
  context: PlanContext,
): Program {
  return group.fallbacks.reduce<Program>(
    (tried, edge) => ({ op: "fallback", attempt: tried, otherwise: edgeProgram(edge, context, true) }),
    attempt,
  );
}
