import { solveModel } from "#src/analysis/solve/solve-model.ts";
import {
  formatCount,
  formatDurationMs,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import { type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import { connectedParts } from "#src/compile/connected-parts.ts";
import { type AnalysisReport, type NodeReport, type Risk, safeUtilization } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import { singlePointsOfFailure } from "#src/compile/single-points.ts";
import type { Design } from "#src/design/document.ts";
import { findCallRisks } from "./find-call-risks.ts";
import { findRetrograde } from "./find-retrograde.ts";
import { findUnneeded } from "./find-unneeded.ts";

interface RiskContext {
  readonly analysis: PreparedAnalysis;
  readonly catalogue: Catalogue;
  readonly report: AnalysisReport;
  nameOf(id: string): string;
}

const severityRank = { critical: 0, high: 1, medium: 2, low: 3 } as const;
const millisecondsPerYear = 365.25 * 24 * 3_600_000;

/** Findings of a report, the gravest first, then in the order of the design. */
export function findRisks(analysis: PreparedAnalysis, catalogue: Catalogue, report: AnalysisReport): readonly Risk[] {
  const { design } = analysis.compiled.resolved;
  const context: RiskContext = { analysis, catalogue, report, nameOf: (id) => design.nodes.get(id)?.name ?? id };
  const risks = [
    ...saturated(context),
    ...rejecting(context),
    ...lostCaches(context),
    ...missedTargets(context),
    ...singlePoints(context),
    ...aboveSafeLine(context),
    ...findCallRisks({ report, design }),
    ...findRetrograde(analysis, context.nameOf),
    ...findUnneeded(analysis, context.nameOf),
  ];
  return risks.sort((first, second) => severityRank[first.severity] - severityRank[second.severity]);
}

/** More arrives than is served; else a saturated part works exactly at its capacity, as behind one that holds back. */
function isOverflowing(node: NodeReport): boolean {
  return node.backlogGrowthPerSecond > 1e-6 * node.arrivalsPerSecond;
}

function saturated({ report, nameOf }: RiskContext): readonly Risk[] {
  return report.nodes
    .filter((node) => node.saturatedBy?.resource === "servers")
    .map((node) => ({
      rule: "node.saturated",
      severity: isOverflowing(node) ? "critical" : "high",
      nodes: [node.id],
      edges: [],
      title: isOverflowing(node)
        ? `${nameOf(node.id)} is offered more than it can serve`
        : `${nameOf(node.id)} has nothing to spare`,
      evidence: {
        arrivalsPerSecond: node.arrivalsPerSecond,
        capacityPerSecond: node.capacityPerSecond,
        backlogGrowthPerSecond: node.backlogGrowthPerSecond,
      },
      impact: isOverflowing(node)
        ? `${formatRate(node.arrivalsPerSecond)} arrive and ${formatRate(node.capacityPerSecond)} can be served; the queue grows by ${formatRate(node.backlogGrowthPerSecond)} and no latency holds.`
        : `${formatRate(node.arrivalsPerSecond)} arrive, which is all that it can serve: its queue has no bound and no latency holds.`,
      detection: `Utilisation of ${nameOf(node.id)} at 100 % and a queue that grows.`,
      response: "Shed load at the entrance or add instances at once.",
      prevention: `${formatCount(node.instancesNeeded)} instances keep it below ${formatPercent(safeUtilization)}.`,
    }));
}

/** From one request in a thousand on, what a full queue turns away is worth a word. */
const noticeableRejection = 0.001;

function rejectsNoticeably(node: NodeReport): boolean {
  return node.rejectedPerSecond > noticeableRejection * node.arrivalsPerSecond;
}

/** Most of what it does not serve has given up waiting. */
function isLeft({ abandonedPerSecond, rejectedPerSecond }: NodeReport): boolean {
  return abandonedPerSecond > rejectedPerSecond / 2;
}

/** Most of what it turns away is over its rate limit, not in front of a full queue. */
function isLimited({ rateLimit, rejectedPerSecond }: NodeReport): boolean {
  return rateLimit !== null && rateLimit.rejectedPerSecond > rejectedPerSecond / 2;
}

function rejecting({ analysis, report, nameOf }: RiskContext): readonly Risk[] {
  const { down, errorRatio } = analysis.compiled.state;
  // What a scenario lets fail is no full queue.
  const fails = (id: string): boolean => down.has(id) || errorRatio.has(id);
  return report.nodes
    .filter((node) => rejectsNoticeably(node) && !fails(node.id))
    .map((node) => {
      const share = node.rejectedPerSecond / node.arrivalsPerSecond;
      return {
        rule: "node.rejects",
        severity: share > 0.01 ? "critical" : "high",
        nodes: [node.id],
        edges: [],
        title: `${nameOf(node.id)} turns requests away`,
        evidence: {
          rejectedPerSecond: node.rejectedPerSecond,
          arrivalsPerSecond: node.arrivalsPerSecond,
          share,
          offeredUtilization: node.offeredUtilization,
        },
        impact: `${formatRate(node.rejectedPerSecond)} of ${formatRate(node.arrivalsPerSecond)} ${isLimited(node) ? "are over its rate limit" : isLeft(node) ? "give up waiting" : "find its queue full"} and fail.`,
        detection: `Rejected requests at ${nameOf(node.id)} above ${formatPercent(noticeableRejection)} of arrivals.`,
        response: isLimited(node)
          ? "Raise the limit or its burst, or slow the callers down."
          : "Add instances, or slow the callers down.",
        prevention: isLimited(node)
          ? `A limit of ${formatRate((node.rateLimit?.askedPerSecond ?? 0) / safeUtilization)} is asked for ${formatPercent(safeUtilization)} of itself.`
          : `${formatCount(node.instancesNeeded)} instances keep it below ${formatPercent(safeUtilization)}.`,
      };
    });
}

function aboveSafeLine({ report, nameOf }: RiskContext): readonly Risk[] {
  return report.nodes
    .filter((node) => !node.saturated && !rejectsNoticeably(node) && node.offeredUtilization > safeUtilization)
    .map((node) =>
      isNearItsLimit(node)
        ? nearLimit(node, nameOf(node.id))
        : {
            rule: "node.above-safe-line",
            severity: node.offeredUtilization > 0.9 ? "high" : "medium",
            nodes: [node.id],
            edges: [],
            title: `${nameOf(node.id)} works above the safe line`,
            evidence: {
              utilization: node.offeredUtilization,
              waitMsMean: node.waitMs.mean,
              waitMsP99: node.waitMs.p99,
              headroom: node.headroom,
            },
            impact: `At ${formatPercent(node.offeredUtilization)} a request waits ${formatDurationMs(node.waitMs.mean)} on average and ${formatDurationMs(node.waitMs.p99)} one time in a hundred; ${formatMultiple(node.headroom)} the load fills it.`,
            detection: `Utilisation of ${nameOf(node.id)} above ${formatPercent(safeUtilization)} for five minutes.`,
            response: "Add an instance before the next peak.",
            prevention: `${formatCount(node.instancesNeeded)} instances keep it below ${formatPercent(safeUtilization)}.`,
          },
    );
}

/** Its rate limit is nearer than its capacity. */
function isNearItsLimit({ rateLimit, offeredUtilization }: NodeReport): boolean {
  return rateLimit !== null && rateLimit.utilization >= offeredUtilization;
}

function nearLimit(node: NodeReport, name: string): Risk {
  return {
    rule: "node.near-rate-limit",
    severity: node.offeredUtilization > 0.9 ? "high" : "medium",
    nodes: [node.id],
    edges: [],
    title: `${name} is asked for most of its rate limit`,
    evidence: {
      askedPerSecond: node.rateLimit?.askedPerSecond ?? null,
      limitPerSecond: node.rateLimit?.ratePerSecond ?? null,
      utilization: node.offeredUtilization,
      headroom: node.headroom,
    },
    impact: `${formatRate(node.rateLimit?.askedPerSecond ?? null)} of ${formatRate(node.rateLimit?.ratePerSecond ?? null)}; above ${formatMultiple(node.headroom)} the load the rest is rejected.`,
    detection: `Requests at ${name} above ${formatPercent(safeUtilization)} of the limit for five minutes.`,
    response: "Slow the callers down, or ask for a higher limit.",
    prevention: "Cache answers or batch calls, and agree a limit with room for the peak.",
  };
}

function missedTargets({ report, analysis }: RiskContext): readonly Risk[] {
  const { journeys } = analysis.compiled.resolved.design;
  return report.journeys.flatMap((journey): readonly Risk[] => {
    const name = journeys.get(journey.id)?.name ?? journey.id;
    const slow = journey.targets
      .filter((target) => !target.met && target.actualMs !== null)
      .map(
        (target): Risk => ({
          rule: "target.latency-missed",
          severity: "high",
          nodes: journey.bottleneck === null ? [] : [journey.bottleneck],
          edges: [],
          title: `${name} misses its p${formatNumber(target.percentile)} target`,
          evidence: { percentile: target.percentile, targetMs: target.ms, actualMs: target.actualMs },
          impact: `p${formatNumber(target.percentile)} is ${formatDurationMs(target.actualMs)} and the target is ${formatDurationMs(target.ms)}.`,
          detection: `p${formatNumber(target.percentile)} of ${name} above ${formatDurationMs(target.ms)}.`,
          response: "Lower the load or relieve the part with the longest wait.",
          prevention: "See the waterfall of this journey for the part that takes the time.",
        }),
      );
    const wanted = journeys.get(journey.id)?.availabilityTarget;
    if (wanted === undefined || journey.availability >= wanted) return slow;
    return [
      ...slow,
      {
        rule: "target.availability-missed",
        severity: "high",
        nodes: [],
        edges: [],
        title: `${name} misses its availability target`,
        evidence: { availability: journey.availability, target: wanted },
        impact: `${formatPercent(journey.availability)} is ${formatDurationMs((1 - journey.availability) * millisecondsPerYear)} of downtime a year; the target of ${formatPercent(wanted)} allows ${formatDurationMs((1 - wanted) * millisecondsPerYear)}.`,
        detection: `Share of failed ${name} requests against its error budget.`,
        response: "Restore the part that is down.",
        prevention: "Add a second unit to the parts that stand alone on its way.",
      },
    ];
  });
}

function singlePoints({ analysis, report, nameOf }: RiskContext): readonly Risk[] {
  const names = analysis.compiled.resolved.design.journeys;
  return singlePointsOf(analysis).flatMap(({ node, journeys }): readonly Risk[] => {
    const availability = report.nodes.find((candidate) => candidate.id === node)?.availability ?? 1;
    // A frame that never fails by itself (a network, a boundary) is no risk of its own.
    if (availability === 1) return [];
    const affected = journeys.map((journey) => names.get(journey)?.name ?? journey).join(", ");
    return [
      {
        rule: "structure.single-point-of-failure",
        severity: availability < 0.9999 ? "high" : "medium",
        nodes: [node],
        edges: [],
        title: `${nameOf(node)} is a single point of failure`,
        evidence: { availability, journeysLost: journeys.length },
        impact: `When it is down, ${affected} cannot be answered: ${formatDurationMs((1 - availability) * millisecondsPerYear)} a year at ${formatPercent(availability)}.`,
        detection: `Health of ${nameOf(node)}, and the error rate of ${affected}.`,
        response: "Restart or replace it.",
        prevention: "Run a second unit that can take over, or give its callers a fallback.",
      },
    ];
  });
}

const singlePointsKnown = new WeakMap<PreparedAnalysis, ReturnType<typeof singlePointsOfFailure>>();

/** They do not depend on the load. */
function singlePointsOf(analysis: PreparedAnalysis): ReturnType<typeof singlePointsOfFailure> {
  const known = singlePointsKnown.get(analysis) ?? singlePointsOfFailure(analysis.compiled);
  singlePointsKnown.set(analysis, known);
  return known;
}

/** What is worked out once an analysis and not at each load: its connected parts, and those with a node down. */
interface LossesKnown {
  readonly parts: ReadonlyMap<string, Design>;
  readonly without: Map<string, PreparedAnalysis | null>;
}

const lossesKnown = new WeakMap<PreparedAnalysis, LossesKnown>();

/** The part of the design around a node, in the same scenario, with that node down as well. */
function withoutNode(analysis: PreparedAnalysis, catalogue: Catalogue, id: string): PreparedAnalysis | null {
  const { state } = analysis.compiled;
  const known = lossesKnown.get(analysis) ?? { parts: connectedParts(state.design), without: new Map() };
  lossesKnown.set(analysis, known);
  const earlier = known.without.get(id);
  if (earlier !== undefined) return earlier;
  const design = known.parts.get(id) ?? state.design;
  const prepared = prepareAnalysis(design, catalogue, { ...state, design, down: new Set([...state.down, id]) });
  known.without.set(id, prepared.ok ? prepared.value : null);
  return prepared.ok ? prepared.value : null;
}

/** What the parts behind a cache are offered when it is gone: solved with the cache down, at the same load. */
function lostCaches({ analysis, catalogue, report, nameOf }: RiskContext): readonly Risk[] {
  const { resolved, state } = analysis.compiled;
  const stable = new Set(report.nodes.filter((now) => !now.saturated).map((now) => now.id));
  return resolved.nodes.flatMap((node): readonly Risk[] => {
    if (node.kind.role !== "cache" || node.hitRatio === null || node.hitRatio <= 0) return [];
    if (state.down.has(node.node.id)) return [];
    const without = withoutNode(analysis, catalogue, node.node.id);
    // Unclipped flows say beforehand whether anything can break, so that most loads need no second solution.
    if (without === null || !without.breaksFirst.some(({ node: id, load }) => load <= report.load && stable.has(id)))
      return [];
    const { stations } = solveModel(without.prepared, report.load, { details: false });
    const lost = stations
      .flatMap((station, index) => {
        const id = without.prepared.model.nodeIds[without.prepared.model.stations[index]?.node ?? -1] ?? "";
        return station.saturated && stable.has(id) ? [{ ...station, id }] : [];
      })
      .sort((first, second) => second.offeredUtilization - first.offeredUtilization);
    const [worst] = lost;
    if (worst === undefined) return [];
    const others = new Set(lost.map(({ id }) => id)).size - 1;
    const lostInWords = `${nameOf(worst.id)}${others === 0 ? "" : ` and ${formatCount(others)} ${others === 1 ? "other" : "others"}`}`;
    const now = report.nodes.find((candidate) => candidate.id === worst.id);
    return [
      {
        rule: "cache.down",
        severity: "critical",
        nodes: [...new Set([node.node.id, ...lost.map(({ id }) => id)])],
        edges: [],
        title: `Losing ${nameOf(node.node.id)} takes ${lostInWords} down`,
        evidence: {
          arrivalsWithCache: now?.arrivalsPerSecond ?? null,
          arrivalsWithout: worst.arrivalsPerSecond,
          capacityPerSecond: worst.capacityPerSecond,
          utilizationWithout: worst.offeredUtilization,
        },
        impact: `${nameOf(worst.id)} would see ${formatRate(worst.arrivalsPerSecond)} instead of ${formatRate(now?.arrivalsPerSecond ?? null)}, ${formatMultiple(worst.offeredUtilization)} what it serves.`,
        detection: `Hit ratio of ${nameOf(node.node.id)} below ${formatPercent(node.hitRatio)}, and utilisation of ${nameOf(worst.id)}.`,
        response: "Limit the rate at the entrance while the cache warms up.",
        prevention: `Replicate the cache, or size ${nameOf(worst.id)} for ${formatRate(worst.arrivalsPerSecond)}.`,
      },
    ];
  });
}
