import { sharedBatchMs } from "#library/contract/serving.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program, RoutingPolicy, TimeLaw } from "#src/analysis/model/program.ts";
import {
  applicableEdges,
  edgeProgram,
  meanCalls,
  type PlanContext,
  planCallsInOrder,
  sequenceOf,
  withFallbacks,
} from "./call-plan.ts";
import type { ResolvedEdge, ResolvedNode } from "./resolved-design.ts";
import { targetShares } from "./target-shares.ts";

/** What the kind of `node` gets to say its visit with, for one journey and one outcome. */
export function visitContext(
  node: ResolvedNode,
  edges: readonly ResolvedEdge[],
  station: number | null,
  outcome: "hit" | "miss" | null,
  plan: PlanContext,
): Omit<VisitContext<unknown>, "settings"> {
  const applicable = applicableEdges(edges, plan);
  return {
    operation: plan.operation,
    journeyId: plan.journeyId,
    outcome,
    hitRatio: node.hitRatio,
    refreshRatio: refreshRatioOf(node),
    outgoing: applicable.map((edge) => ({
      edgeId: edge.edge.id,
      targetId: edge.target.node.id,
      targetRole: edge.target.kind.role,
      weight: edge.weight,
    })),
    serve: (after, parts) => serve(node, station, after, parts),
    callsInOrder: () => planCallsInOrder(edges, plan),
    routeToOne: (policy) => routeToOne(node, applicable, policy, plan),
    askAll: () => askAll(applicable, plan),
    callsForOutcome: (hitRatio) => callsForOutcome(node, edges, hitRatio, outcome, plan),
    deliver: (to) => deliver(node, applicable, to, plan),
    replicate: (synchronous) => replicate(edges, synchronous, plan),
    sequence: (...steps) => sequenceOf(steps),
    nothing: () => sequenceOf([]),
  };
}

/** Refreshes per hit where objects expire at a known rate of reads and the part of their life is stated. */
function refreshRatioOf({ cache }: ResolvedNode): number | null {
  const computed = cache?.computed ?? null;
  if (computed === null || computed.readsPerSecond === null || computed.content.refreshWindow === 0) return null;
  return computed.cache.refreshRatio;
}

function serve(node: ResolvedNode, station: number | null, after: Program | undefined, parts = 1): Program {
  const { serving } = node;
  if (serving === null || station === null) return after ?? sequenceOf([]);
  const serviceTimeMs = (serving.concurrency / serving.capacityPerSecond) * 1000;
  const demand: TimeLaw = { meanMs: serviceTimeMs + sharedBatchMs(serving), variability: serving.variability };
  const delayMs = Math.max(0, serving.latencyMs - serviceTimeMs);
  // Rounding of latencyMs against concurrency / capacity is not a delay.
  const pure: Program[] =
    delayMs > 1e-9 * serviceTimeMs ? [{ op: "delay", time: { meanMs: delayMs, variability: 0 } }] : [];
  const rest = after === undefined ? [] : [after];
  if (parts > 1) {
    const part = (): Program =>
      serving.holdsWorkerWhileWaiting
        ? { op: "hold", station, body: sequenceOf([{ op: "delay", time: demand }, ...pure]) }
        : sequenceOf([{ op: "work", station, demand }, ...pure]);
    return sequenceOf([{ op: "parallel", branches: Array.from({ length: parts }, part), needed: null }, ...rest]);
  }
  return serving.holdsWorkerWhileWaiting
    ? { op: "hold", station, body: sequenceOf([{ op: "delay", time: demand }, ...pure, ...rest]) }
    : sequenceOf([{ op: "work", station, demand }, ...pure, ...rest]);
}

/**
 * An edge that names the journey in its `calls` takes it (api-gateway); else every edge that names no journeys may. A router
 * asks no cache, so that its `hit` and `miss` edges never run; its fallbacks stand behind the pick.
 */
function routeToOne(
  router: ResolvedNode,
  routable: readonly ResolvedEdge[],
  policy: RoutingPolicy,
  plan: PlanContext,
): Program {
  const fallbacks = routable.filter((edge) => edge.condition === "fallback");
  const applicable = routable.filter(
    (edge) => edge.condition === "always" || edge.condition === "read" || edge.condition === "write",
  );
  const waited = applicable.filter((edge) => edge.mode === "synchronous" || edge.target.kind.role === "broker");
  const named = waited.filter((edge) => typeof edge.calls !== "number");
  const targets = policy === "by-journey" && named.length > 0 ? named : waited;
  const sent = applicable.filter((edge) => !waited.includes(edge));
  const shares = targetShares(router, targets, policy);
  const route: Program[] =
    targets.length === 0
      ? []
      : targets.length === 1 && targets[0] !== undefined
        ? [edgeProgram(targets[0], plan, true)]
        : [
            {
              op: "route",
              policy,
              options: targets.map((edge, index) => ({
                share: shares[index] ?? 0,
                step: edgeProgram(edge, plan, true),
              })),
            },
          ];
  const steps = [...sent.map((edge) => edgeProgram(edge, plan, false)), ...route];
  return steps.length === 0 ? sequenceOf([]) : withFallbacks(sequenceOf(steps), { fallbacks }, plan);
}

/** Every target at once; the last answer ends it. Fallbacks stand behind the whole. */
function askAll(routable: readonly ResolvedEdge[], plan: PlanContext): Program {
  const fallbacks = routable.filter((edge) => edge.condition === "fallback");
  const targets = routable.filter(
    (edge) => edge.condition === "always" || edge.condition === "read" || edge.condition === "write",
  );
  const waited = targets.filter((edge) => edge.mode === "synchronous" || edge.target.kind.role === "broker");
  const sent = targets.filter((edge) => !waited.includes(edge));
  const branches = waited.map((edge) => edgeProgram(edge, plan, true));
  const [only] = branches;
  const joined: readonly Program[] =
    only === undefined ? [] : branches.length === 1 ? [only] : [{ op: "parallel", branches, needed: null }];
  return withFallbacks(
    sequenceOf([...sent.map((edge) => edgeProgram(edge, plan, false)), ...joined]),
    { fallbacks },
    plan,
  );
}

/** A cache that answers its own misses: its `miss` edges by the draw of this visit; a write goes through or comes behind. */
function callsForOutcome(
  node: ResolvedNode,
  edges: readonly ResolvedEdge[],
  hitRatio: number,
  outcome: "hit" | "miss" | null,
  plan: PlanContext,
): Program {
  const isOwn = (edge: ResolvedEdge): boolean =>
    (edge.condition === "hit" || edge.condition === "miss") && edge.of === node.node.id;
  const given = (draw: "hit" | "miss"): Program =>
    planCallsInOrder(
      edges
        .filter((edge) => !isOwn(edge) || edge.condition === draw)
        .map((edge) => (isOwn(edge) ? { ...edge, condition: "always" as const, of: null } : edge)),
      plan,
    );
  // A write goes to what answers the misses.
  if (plan.operation === "write") return given("miss");
  if (outcome !== null) return given(outcome);
  return {
    op: "choice",
    options: [
      { probability: hitRatio, step: given("hit") },
      { probability: 1 - hitRatio, step: given("miss") },
    ],
  };
}

/** Messages are sent, never waited for: to one consumer by weight, or to each. A cache sends to what answers its misses. */
function deliver(
  node: ResolvedNode,
  outgoing: readonly ResolvedEdge[],
  to: "one" | "each",
  plan: PlanContext,
): Program {
  const applicable = outgoing.filter((edge) =>
    edge.condition === "miss" ? edge.of === node.node.id : edge.condition !== "hit" && edge.condition !== "fallback",
  );
  const sends = applicable.map((edge) => edgeProgram(edge, plan, false));
  if (to === "each" || sends.length <= 1) return sequenceOf(sends);
  const total = applicable.reduce((sum, edge) => sum + edge.weight, 0);
  return {
    op: "route",
    policy: "random",
    options: applicable.map((edge, index) => ({
      share: total > 0 ? edge.weight / total : 1 / applicable.length,
      step: sends[index] ?? sequenceOf([]),
    })),
  };
}

function replicate(edges: readonly ResolvedEdge[], synchronous: boolean, plan: PlanContext): Program {
  if (plan.operation !== "write") return sequenceOf([]);
  const copies = edges.filter((edge) => edge.mode === "replication" && meanCalls(edge, plan.journeyId) > 0);
  if (!synchronous) return sequenceOf(copies.map((edge) => edgeProgram(edge, plan, false)));
  const [only] = copies;
  if (only === undefined) return sequenceOf([]);
  const waits = copies.map((edge) => waitedCopy(edge, plan));
  const quorum = copies.find((edge) => edge.quorum !== null)?.quorum ?? null;
  return copies.length === 1 ? waitedCopy(only, plan) : { op: "parallel", branches: waits, needed: quorum };
}

function waitedCopy(edge: ResolvedEdge, plan: PlanContext): Program {
  const calls = meanCalls(edge, plan.journeyId);
  const call: Program = { op: "call", call: plan.linker.link(edge, null) };
  return calls === 1 ? call : { op: "repeat", meanCalls: calls, step: call };
}
