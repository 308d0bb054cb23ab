import { formatDurationMs, formatMultiple, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import {
  type AnalysisReport,
  type EdgePlaceReport,
  type EdgeReport,
  type Risk,
  safeUtilization,
} from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";

interface CallRiskContext {
  readonly report: AnalysisReport;
  readonly design: Design;
}

/** From one call in a thousand on, what an open breaker refuses is worth a word. */
const noticeableRefusal = 0.001;

/** Findings about calls: what waits for connections and links, breakers that open, and retries that could swamp a node. */
export function findCallRisks({ report, design }: CallRiskContext): readonly Risk[] {
  const nameOf = (id: string): string => design.nodes.get(id)?.name ?? id;
  return [
    ...report.edges.flatMap((edge) => edgeRisks(edge, design, nameOf)),
    ...report.nodes.flatMap((node) => {
      if (node.retryZone === null || node.retryZone === "safe") return [];
      const breaks = report.breakingLoads.find(({ node: id }) => id === node.id)?.load ?? Number.POSITIVE_INFINITY;
      // Past its own capacity it is the load that swamps it, with or without retries.
      if (node.retryZone === "unstable") return report.load < breaks ? [swamped(node, report, nameOf(node.id))] : [];
      return [vulnerable(node, nameOf(node.id))];
    }),
  ];
}

type RetriedNode = AnalysisReport["nodes"][number];

function vulnerable(node: RetriedNode, name: string): Risk {
  return {
    rule: "retries.vulnerable",
    severity: "medium",
    nodes: [node.id],
    edges: [],
    title: `${name} could be swamped by retries`,
    evidence: { safeUpToLoad: node.retrySafeUpToLoad, stableUpToLoad: node.retryStableUpToLoad },
    impact: `Above ${formatMultiple(node.retrySafeUpToLoad)} the load all calls with all their attempts are more than it can serve: after a short stall the retries alone can keep it swamped, and it does not recover by itself.`,
    detection: `Attempts per call at ${name} that rise and stay up after a stall has passed.`,
    response: "Shed load or switch retries off until the queue is empty; more instances alone may not be enough.",
    prevention:
      "Fewer retries, a retry budget, a circuit breaker, a short queue, or calls that are cancelled at their timeout.",
  };
}

function swamped(node: RetriedNode, report: AnalysisReport, name: string): Risk {
  return {
    rule: "retries.unstable",
    severity: "critical",
    nodes: [node.id],
    edges: [],
    title: `${name} is swamped by retries`,
    evidence: {
      load: report.load,
      stableUpToLoad: node.retryStableUpToLoad,
      arrivalsPerSecond: node.arrivalsPerSecond,
    },
    impact: `Its own load would fit, but calls that time out are sent again: ${formatRate(node.arrivalsPerSecond)} arrive.${
      node.retryStableUpToLoad === null
        ? ""
        : ` Above ${formatMultiple(node.retryStableUpToLoad)} the load there is no state in which most is answered at once.`
    }`,
    detection: `Calls to ${name} that time out, and arrivals above what its callers were asked for.`,
    response: "Switch retries off or shed load until the queue is empty.",
    prevention: "Fewer retries or a retry budget, a longer timeout, or more capacity.",
  };
}

function edgeRisks(edge: EdgeReport, design: Design, nameOf: (id: string) => string): readonly Risk[] {
  const ends = design.edges.get(edge.id);
  if (ends === undefined) return [];
  const [caller, callee] = [nameOf(ends.source), nameOf(ends.target)];
  const risks: Risk[] = [];
  const { connections, link, circuitBreaker } = edge;
  if (connections !== null) {
    const place = {
      what: `The connections from ${caller} to ${callee}`,
      verb: "work",
      size: `${formatNumber(connections.size)} connections`,
      more: "Give the pool more connections, as far as the callee has room, or make the calls shorter.",
    };
    risks.push(...placeRisks("edge.connections", ends.source, edge.id, connections, place));
  }
  if (link !== null) {
    const place = {
      what: `The link from ${caller} to ${callee}`,
      verb: "works",
      size: `${formatDurationMs(link.transmissionMs)} a call`,
      more: "Send less in each call, compress it, or provide more bandwidth.",
    };
    risks.push(...placeRisks("edge.link", ends.source, edge.id, link, place));
  }
  if (circuitBreaker !== null && circuitBreaker.refusedShare > noticeableRefusal) {
    risks.push({
      rule: "edge.breaker-open",
      severity: "high",
      nodes: [ends.source],
      edges: [edge.id],
      title: `The circuit breaker from ${caller} to ${callee} opens`,
      evidence: {
        refusedShare: circuitBreaker.refusedShare,
        rejectedPerSecond: circuitBreaker.rejectedPerSecond,
        failureRatio: circuitBreaker.failureRatio,
        meanClosedMs: circuitBreaker.meanClosedMs,
      },
      impact: `It refuses ${formatPercent(circuitBreaker.refusedShare)} of the calls: of those that it lets through ${formatPercent(circuitBreaker.failureRatio)} fail.`,
      detection: `Calls to ${callee} that fail at once.`,
      response: `Find out why calls to ${callee} fail; the breaker closes by itself when they succeed.`,
      prevention: "A fallback for what it refuses, and a callee with room for its peaks.",
    });
  }
  return risks;
}

function placeRisks(
  rule: string,
  node: string,
  edge: string,
  place: EdgePlaceReport,
  words: { readonly what: string; readonly verb: string; readonly size: string; readonly more: string },
): readonly Risk[] {
  if (!place.saturated && place.utilization <= safeUtilization) return [];
  const common = {
    nodes: [node],
    edges: [edge],
    evidence: {
      utilization: place.utilization,
      capacityPerSecond: place.capacityPerSecond,
      waitMsMean: place.waitMs.mean,
      waitMsP99: place.waitMs.p99,
      backlogGrowthPerSecond: place.backlogGrowthPerSecond,
    },
    prevention: words.more,
  };
  if (place.saturated) {
    return [
      {
        ...common,
        rule: `${rule}-saturated`,
        severity: "critical",
        title: `${words.what} cannot carry the calls`,
        impact: `${words.size} carry ${formatRate(place.capacityPerSecond)}; what waits for them grows by ${formatRate(place.backlogGrowthPerSecond)} and no latency holds.`,
        detection: "A growing number of calls that wait before they are sent.",
        response: "Shed load, or shorten the calls at once.",
      },
    ];
  }
  return [
    {
      ...common,
      rule: `${rule}-above-safe-line`,
      severity: place.utilization > 0.9 ? "high" : "medium",
      title: `${words.what} ${words.verb} above the safe line`,
      impact: `At ${formatPercent(place.utilization)} a call waits ${formatDurationMs(place.waitMs.mean)} on average and ${formatDurationMs(place.waitMs.p99)} one time in a hundred before it is sent.`,
      detection: `More than ${formatPercent(safeUtilization)} in use for five minutes.`,
      response: "Watch the time that calls wait before they are sent.",
    },
  ];
}
