import { fail, type Result, succeed } from "#src/base/result.ts";
import { type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design, Problem } from "#src/design/document.ts";
import type { Progress } from "../sensitivity/certainty.ts";
import { defaultHeadroom, type InstancePlan, type PlannedTarget, type PlanOptions } from "./instance-plan.ts";
import { partsToPlan, type ScalablePart } from "./scalable-parts.ts";
import {
  progress,
  raiseForAvailability,
  raiseForCapacity,
  raiseForTargets,
  type Search,
  trim,
} from "./search-counts.ts";
import {
  type Counts,
  type Demands,
  excess,
  finite,
  firstBreach,
  isWithin,
  type Target,
  type Trial,
  TrialRoom,
  withCounts,
} from "./trial.ts";
import { emptySystem, whereTimeGoes } from "./where-time-goes.ts";

type Planned = Result<InstancePlan, readonly Problem[]>;

/** Utilisation of the parts when instances are as good as free: what is missed then, instances do not help. */
const ampleUtilization = 0.02;
const mostAmple = 2_000;

/**
 * The least instances with which every part that can be scaled keeps the headroom and every latency target that instances can
 * meet is met at the load. First station by station (the utilisation law gives the number), then one by one where each lowers
 * the missed percentiles most, then back: in the end no single instance can go without a breach, which is the reason of each
 * change. One solution between two yields, so that a caller can stop.
 */
export function* planInstances(
  design: Design,
  catalogue: Catalogue,
  options: PlanOptions = {},
): Generator<Progress, Planned, undefined> {
  const { load = 1, headroom = defaultHeadroom, mayReduce = false } = options;
  const prepared = prepareAnalysis(design, catalogue);
  if (!prepared.ok) return fail(prepared.problem);
  const analysis = prepared.value;
  const { model } = analysis.compiled;
  const { scalable: parts, fixed: others } = partsToPlan(analysis);
  const targets = model.journeys.flatMap(({ latencyTargets }, journey) =>
    latencyTargets.map((target): Target => ({ journey, ...target })),
  );
  const line = 1 - headroom;
  const room = new TrialRoom(design, catalogue, parts, load, targets);
  const present = parts.map(({ instances }) => instances);
  const least = parts.map(({ instances }) => (mayReduce ? Math.min(instances, 2) : instances));
  const before = room.try(present);
  yield progress(room);

  const empty = emptySystem(analysis, targets);
  const possible = new Set([...targets.keys()].filter((index) => isWithin(empty[index] ?? 0, targets[index]?.ms ?? 0)));
  const demands: Demands = {
    journeyIds: model.journeyIds,
    mostUtilization: parts.map(() => line),
    parts,
    targets,
    active: possible,
    availability: wantedAvailability(design, model.journeyIds).filter(
      ({ journey, target }) => (before.availability[journey] ?? 1) >= target,
    ),
  };

  const enough = yield* raiseForCapacity(room, demands, least);
  const sized = room.try(enough);
  const isOver = (node: number, trial: Trial): boolean => (trial.utilization[node] ?? 0) > line * (1 + 1e-9);
  // A part that is over the line with as many as can be planned is told, and keeps what helps it at all.
  const kept: Demands = {
    ...demands,
    mostUtilization: parts.map(({ node }) => (isOver(node, sized) ? (sized.utilization[node] ?? line) : line)),
  };
  const available = yield* raiseForAvailability(room, kept, enough, present);

  const ample = parts.map((part, index) => {
    const count = available[index] ?? 1;
    const utilization = finite(room.try(available).utilization[part.node] ?? 0) ?? 1;
    return Math.min(
      part.mostInstances,
      Math.max(count, Math.min(mostAmple, Math.ceil((count * utilization) / ampleUtilization))),
    );
  });
  const best = room.try(ample);
  yield progress(room);
  const reachable = { ...kept, active: new Set([...possible].filter((index) => isMet(best.actualMs, targets, index))) };
  const met = yield* meetTargets(room, reachable, available, ample);
  const final = yield* trim(room, reachable, met, least);
  const after = room.try(final);

  const atMost = reached(design, catalogue, parts, ample) ?? analysis;
  const plannedTargets = targets.map(({ journey, percentile, ms }, index): PlannedTarget => {
    const isMissed = !isMet(after.actualMs, targets, index);
    const outcome = !isMissed ? "met" : possible.has(index) ? "stuck" : "impossible";
    return {
      journey: model.journeyIds[journey] ?? "",
      percentile,
      ms,
      beforeMs: finite(before.actualMs[index] ?? 0),
      afterMs: finite(after.actualMs[index] ?? 0),
      floorMs: finite(empty[index] ?? 0),
      outcome,
      contributors: outcome === "met" ? [] : whereTimeGoes(atMost, outcome === "impossible" ? 0 : load, journey),
    };
  });
  const figures = (trial: Trial, counts: Counts) => ({
    instances: counts.reduce((sum, count) => sum + count, 0),
    maxLoad: trial.maxLoad,
    targetsMet: [...targets.keys()].filter((index) => isMet(trial.actualMs, targets, index)).length,
  });
  const changes = parts.flatMap((part, index) => {
    const to = final[index] ?? part.instances;
    if (to === part.instances) return [];
    const fewer = final.map((count, place) => (place === index ? count - 1 : count));
    return [
      {
        node: part.id,
        from: part.instances,
        to,
        because: to - 1 < (least[index] ?? 1) ? null : firstBreach(room.try(fewer), reachable),
        utilizationBefore: finite(before.utilization[part.node] ?? 0),
        utilizationAfter: finite(after.utilization[part.node] ?? 0),
      },
    ];
  });
  const stuck = [
    ...others,
    ...parts.map(({ id, node, mostInstances }, index) => ({
      id,
      node,
      reason:
        final[index] === mostInstances
          ? `More than ${mostInstances} instances are not planned.`
          : "More instances do not help it: partitions, a connection or a limit of its own hold it back.",
    })),
  ]
    .filter(({ node }) => isOver(node, after))
    .map(({ id, node, reason }) => ({ node: id, utilization: finite(after.utilization[node] ?? 0), reason }));
  return succeed({
    load,
    headroom,
    mayReduce,
    changes,
    stuck,
    targets: plannedTargets,
    before: figures(before, present),
    after: figures(after, final),
    evaluations: room.evaluations,
  });
}

/** Runs to the end, for callers that need not stop. */
export function instancePlanOf(design: Design, catalogue: Catalogue, options: PlanOptions = {}): Planned {
  const run = planInstances(design, catalogue, options);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

/** Counts that meet the active targets: step by step, or, where single steps show no gain, on the way to the ample counts. */
function* meetTargets(room: TrialRoom, demands: Demands, start: Counts, ample: Counts): Search<Counts> {
  const raised = yield* raiseForTargets(room, demands, start);
  if (excess(room.try(raised), demands) === 0) return raised;
  const between = (share: number): Counts =>
    raised.map((count, index) => Math.ceil(count + share * (Math.max(count, ample[index] ?? count) - count)));
  let low = 0;
  let high = 1;
  while (high - low > 1 / 1024) {
    const middle = (low + high) / 2;
    const isEnough = firstBreach(room.try(between(middle)), demands) === null;
    yield progress(room);
    if (isEnough) high = middle;
    else low = middle;
  }
  return between(high);
}

function isMet(actualMs: readonly number[], targets: readonly Target[], index: number): boolean {
  return isWithin(actualMs[index] ?? 0, targets[index]?.ms ?? 0);
}

function wantedAvailability(design: Design, journeyIds: readonly string[]): Demands["availability"] {
  return journeyIds.flatMap((id, journey) => {
    const target = design.journeys.get(id)?.availabilityTarget;
    return target === undefined ? [] : [{ journey, target }];
  });
}

function reached(
  design: Design,
  catalogue: Catalogue,
  parts: readonly ScalablePart[],
  counts: Counts,
): PreparedAnalysis | null {
  const prepared = prepareAnalysis(withCounts(design, parts, counts), catalogue);
  return prepared.ok ? prepared.value : null;
}
