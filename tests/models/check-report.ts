import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";

/** Relative slack for sums of many shares. */
const SLACK = 1e-6;

function close(first: number, second: number, scale: number): boolean {
  return Math.abs(first - second) <= SLACK * Math.max(Math.abs(scale), 1e-9);
}

/** Whether no fixed point says of itself that it still moves. */
export function isSettled(report: AnalysisReport): boolean {
  return !report.warnings.some((warning) => /did not settle/.test(warning));
}

/** What every report must fulfil, whatever the design; the faults in words. */
export function faultsOf(report: AnalysisReport): readonly string[] {
  return [
    ...notFinite(report, "$"),
    ...report.nodes.flatMap((node) => [
      ...unless(node.utilization >= 0 && node.utilization <= 1, `${node.id}: utilisation ${node.utilization}`),
      ...unless(node.availability >= 0 && node.availability <= 1, `${node.id}: availability ${node.availability}`),
      ...unless(
        close(
          node.completedPerSecond + node.rejectedPerSecond + node.backlogGrowthPerSecond,
          node.arrivalsPerSecond,
          node.arrivalsPerSecond,
        ),
        `${node.id}: ${node.arrivalsPerSecond} arrive, ${node.completedPerSecond} + ${node.rejectedPerSecond} + ${node.backlogGrowthPerSecond} leave`,
      ),
      ...unless(
        [node.completedPerSecond, node.rejectedPerSecond, node.backlogGrowthPerSecond].every((rate) => rate >= 0),
        `${node.id}: a negative rate`,
      ),
      ...unless(
        !node.saturated || (node.waitMs.mean === null && node.residenceMs.mean === null && node.queueLength === null),
        `${node.id}: saturated, and yet a wait`,
      ),
      ...unless(
        node.saturated || node.capacityPerSecond === null || node.waitMs.mean !== null,
        `${node.id}: not saturated, and no wait`,
      ),
      ...unless(
        (node.waitMs.mean ?? 0) <= (node.residenceMs.mean ?? Number.POSITIVE_INFINITY) * (1 + SLACK),
        `${node.id}: waits longer than it stays`,
      ),
    ]),
    ...report.journeys.flatMap(journeyFaults),
    // What is refused is over sooner, also where another answers for it: the bounds are of designs that refuse nothing.
    ...(isSettled(report) && report.nodes.every(({ rejectedPerSecond }) => rejectedPerSecond === 0)
      ? report.journeys.flatMap(closedFaults)
      : []),
    ...unless(
      report.breakingLoads.every(({ load }, place) => load >= (report.breakingLoads[place - 1]?.load ?? 0)),
      "breaksFirst is not in order",
    ),
    ...unless(
      report.maxLoadWithinTargets === null ||
        report.maxLoad === null ||
        report.maxLoadWithinTargets <= report.maxLoad * (1 + SLACK),
      "more load within targets than without",
    ),
  ];
}

/** Users get no more than the bounds allow, and each is either thinking or waiting for an answer. */
function closedFaults(journey: JourneyReport): readonly string[] {
  const { id, closed, latencyMs, errorRate } = journey;
  if (closed === null) return [];
  const { users, thinkTimeMs, throughputPerSecond, bounds } = closed;
  const most = bounds?.asymptotic.throughputPerSecond.most ?? Number.POSITIVE_INFINITY;
  const cycleMs = thinkTimeMs + (latencyMs.mean ?? Number.NaN);
  return [
    // A request that fails is over sooner, and bounds are of those that do not.
    ...unless(
      errorRate > 0 || throughputPerSecond <= most * (1 + SLACK),
      `${id}: ${throughputPerSecond}/s is above the bound ${most}`,
    ),
    ...unless(
      errorRate > 0 || !(cycleMs > 1e-2) || close((throughputPerSecond * cycleMs) / 1000, users, users),
      `${id}: ${users} users, and ${(throughputPerSecond * cycleMs) / 1000} by Little's law`,
    ),
  ];
}

function journeyFaults(journey: JourneyReport): readonly string[] {
  const { id, latencyMs: percentiles } = journey;
  const listed = [percentiles.p50, percentiles.p90, percentiles.p95, percentiles.p99, percentiles.p999];
  const known = listed.filter((value) => value !== null);
  const shares = journey.paths.reduce((sum, path) => sum + path.share, 0);
  return [
    ...unless(
      journey.completedPerSecond <= journey.offeredPerSecond * (1 + 1e-9),
      `${id}: completes ${journey.completedPerSecond} of ${journey.offeredPerSecond}`,
    ),
    ...unless(
      journey.completedPerSecond / Math.max(journey.offeredPerSecond, Number.MIN_VALUE) + journey.errorRate <=
        1 + SLACK,
      `${id}: completes and fails more than was offered`,
    ),
    ...unless(known.length === 0 || known.length === listed.length, `${id}: some percentiles and not others`),
    ...unless(
      known.every((value, place) => value >= (known[place - 1] ?? 0)),
      `${id}: percentiles fall: ${known.join(", ")}`,
    ),
    ...unless(journey.availability >= 0 && journey.availability <= 1, `${id}: availability ${journey.availability}`),
    ...unless(journey.errorRate >= 0 && journey.errorRate <= 1, `${id}: error rate ${journey.errorRate}`),
    ...unless(
      journey.paths.every((path) => path.share >= 0 && path.share <= 1 + SLACK),
      `${id}: a path with a share outside 0 to 1`,
    ),
    // Shares are of completed requests: where none completes there are no paths.
    ...unless(journey.errorRate > 1 - 1e-9 || close(shares, 1, 1), `${id}: the shares of its paths sum to ${shares}`),
  ];
}

/** For a journey that waits for everything it visits once and fails nowhere: parts and paths add up to the whole. */
export function sequentialFaults(journey: JourneyReport): readonly string[] {
  const { mean } = journey.latencyMs;
  if (mean === null) return [];
  const parts = journey.breakdown.reduce(
    (sum, part) => sum + part.serviceMs + (part.waitMs ?? Number.NaN) + part.networkMs,
    0,
  );
  const paths = journey.paths.reduce((sum, path) => sum + path.share * (path.latencyMs.mean ?? Number.NaN), 0);
  return [
    ...unless(close(parts, mean, mean), `${journey.id}: parts add up to ${parts}, the mean is ${mean}`),
    ...unless(close(paths, mean, mean), `${journey.id}: paths average ${paths}, the mean is ${mean}`),
  ];
}

function unless(holds: boolean, fault: string): readonly string[] {
  return holds ? [] : [fault];
}

function notFinite(value: unknown, path: string): readonly string[] {
  if (typeof value === "number") return unless(Number.isFinite(value), `${path} is ${value}`);
  if (value === undefined) return [`${path} is undefined`];
  if (Array.isArray(value)) return value.flatMap((item, index) => notFinite(item, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => notFinite(item, `${path}.${key}`));
}
