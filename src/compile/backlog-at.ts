import { tail } from "#src/analysis/latency/tail.ts";
import {
  backlogAfterOutage,
  type ConsumerRates,
  deadLettersPerSecond,
  drainMs,
  expiresAfterMs,
  fullAfterMs,
  waitBehindMs,
} from "#src/analysis/messaging/backlog.ts";
import type { Station } from "#src/analysis/model/program.ts";
import type { Solution, StationResult } from "#src/analysis/model/solution.ts";
import type { CompiledDesign } from "./compile-design.ts";
import type { BacklogReport } from "./data-report.ts";
import type { ResolvedEdge, ResolvedNode } from "./resolved-design.ts";

const minuteMs = 60_000;

/** What waits for the consumers of a broker; null for a node that no broker hands messages to, or that serves nothing. */
export function backlogAt(compiled: CompiledDesign, solution: Solution, node: ResolvedNode): BacklogReport | null {
  const index = compiled.stationOfNode[node.index] ?? null;
  const place = index === null ? undefined : compiled.model.stations[index];
  const station = index === null ? undefined : solution.stations[index];
  const feeding = compiled.resolved.edges.filter(
    (edge) => edge.target.index === node.index && edge.source.kind.role === "broker",
  );
  if (place === undefined || station === undefined || feeding.length === 0) return null;
  const rates = ratesOf(place, station);
  const growth = station.backlogGrowthPerSecond;
  const afterMinute = backlogAfterOutage(rates, minuteMs);
  const logs = feeding.flatMap(({ source }) => source.kind.messageLog(source.rawSettings) ?? []);
  const pauseMs = Math.max(0, ...logs.map(({ rebalancePauseMs }) => rebalancePauseMs));
  const afterPause = backlogAfterOutage(rates, pauseMs);
  const losses = (growthPerSecond: number): number | null =>
    soonest(
      logs.flatMap(({ maxMessages, retentionMs }) => [
        maxMessages === null ? null : fullAfterMs(growthPerSecond, maxMessages),
        retentionMs === null ? null : expiresAfterMs(rates.arrivalsPerSecond, growthPerSecond, retentionMs),
      ]),
    );
  const working = place.autoscaling?.maxInstances ?? (place.servers * place.queues) / (node.serving?.concurrency ?? 1);
  return {
    brokers: [...new Set(feeding.map(({ source }) => source.node.id))],
    growthPerSecond: growth,
    outageMinute: {
      backlog: afterMinute,
      drainMs: drainMs(rates, afterMinute),
      longestWaitMs: Number.isFinite(rates.capacityPerSecond) ? waitBehindMs(rates, afterMinute) : 0,
    },
    rebalance: pauseMs > 0 ? { pauseMs, backlog: afterPause, drainMs: drainMs(rates, afterPause) } : null,
    deadLettersPerSecond: feeding.reduce((sum, edge) => sum + deadLettersOver(compiled, solution, edge), 0),
    losesAfterMs: losses(growth),
    losesAfterOutageMs: losses(rates.arrivalsPerSecond),
    idleInstances: Math.max(0, (node.serving?.autoscaling?.maxInstances ?? node.serving?.instances ?? 0) - working),
  };
}

/** With all instances that there may be; of unequal lines the fullest counts. */
function ratesOf(place: Station, station: StationResult): ConsumerRates {
  const shares = place.dispatch === "shared-queue" ? null : place.shares;
  const total = shares?.reduce((sum, share) => sum + share, 0) ?? 1;
  const fullest = shares === null ? 1 / place.queues : Math.max(...shares) / total;
  const ofOneLine =
    station.meanServiceMs > 0 ? (place.servers * 1000) / station.meanServiceMs : Number.POSITIVE_INFINITY;
  const ofAll = Number.isFinite(station.meanServiceMs) ? ofOneLine / fullest : station.completedPerSecond;
  return { arrivalsPerSecond: station.arrivalsPerSecond, capacityPerSecond: ofAll };
}

function deadLettersOver(compiled: CompiledDesign, solution: Solution, edge: ResolvedEdge): number {
  return (compiled.callsOfEdge[edge.index] ?? []).reduce((sum, call) => {
    const site = compiled.model.calls[call];
    const routine = site === undefined ? undefined : solution.routines[site.routine];
    const attempts = solution.calls[call]?.attemptsPerSecond ?? 0;
    if (site === undefined || routine === undefined || attempts === 0) return sum;
    const { timeoutMs, networkMs, retries } = site;
    // A timeout only counts where an answer comes: what stands in a backlog is not given up while nobody waits for it.
    const late = timeoutMs === null || routine.law === null ? 0 : tail(routine.law, Math.max(0, timeoutMs - networkMs));
    const failure = Math.min(1, routine.failureRatio + routine.successRatio * late);
    return sum + (failure < 1e-12 ? 0 : deadLettersPerSecond(attempts, failure, retries));
  }, 0);
}

function soonest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
