import type { Exactness } from "#src/analysis/model/exactness.ts";
import {
  formatCount,
  formatDurationMs,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import { type NodeReport, safeUtilization } from "#src/compile/report.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import { explainRateLimit } from "./explain-rate-limit.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type NodeFigure = Extract<FigureReference, { of: "node" }>["figure"];

const algebra: Exactness = {
  kind: "exact",
  model: "Traffic equations",
  source: "Jackson 1957; Lazowska et al. 1984, ch. 3",
  typicalErrorPercent: null,
};

const sizeSettings = ["instances", "concurrency", "capacityPerSecond", "latencyMs", "contention", "coherency"];
const waitSettings = [
  ...sizeSettings,
  "variability",
  "dispatch",
  "instanceWeights",
  "discipline",
  "queueLimit",
  "patienceMs",
  "holdsWorkerWhileWaiting",
];

export function explainNodeFigure(context: ExplanationContext, id: string, figure: NodeFigure): Explanation | null {
  const node = context.design.nodes.get(id);
  const report = context.report.nodes.find((candidate) => candidate.id === id);
  const kind = node === undefined ? undefined : context.catalogue.get(node.kind);
  if (node === undefined || report === undefined || kind === undefined) return null;
  const name = node.name ?? node.id;
  const serving = kind.serving(node.settings ?? {});
  const instances = report.instances ?? serving?.instances ?? 1;
  const servers = instances * (serving?.concurrency ?? 1);
  const meanTimeMs = report.capacityPerSecond === null ? 0 : (servers * 1000) / report.capacityPerSecond;
  const perInstance = (report.capacityPerSecond ?? 0) / instances;
  const symbols = {
    rate: { symbol: "λ", meaning: "arrivals at this part", value: formatRate(report.arrivalsPerSecond) },
    time: { symbol: "S", meaning: "mean time a server is taken per visit", value: formatDurationMs(meanTimeMs) },
    servers: {
      symbol: "m",
      meaning: `servers: ${formatCount(instances)} instances × ${formatCount(servers / instances)}`,
      value: formatCount(servers),
    },
    utilization: { symbol: "ρ", meaning: "offered utilisation", value: formatPercent(report.offeredUtilization) },
    wait: { symbol: "Wq", meaning: "mean wait for a server", value: formatDurationMs(report.waitMs.mean) },
  };
  const assume = (names: readonly string[]) => settingAssumptions(node, kind, names);
  const noSteadyState = report.saturated
    ? "There is no steady state at this load: more arrives than can be served, so waits grow without end."
    : null;
  const base = { title: `${name}: ${figureTitles[figure]}` };
  const limited = explainRateLimit(base.title, node, kind, report, figure);
  if (limited !== null) return limited;

  switch (figure) {
    case "arrivalsPerSecond":
      return {
        ...base,
        value: formatRate(report.arrivalsPerSecond),
        formula: "λ = Σ over journeys of rate × mean visits per request",
        substituted:
          arrivalsByJourney(context, id) ||
          `${formatRate(report.arrivalsPerSecond)} arrive over the edges into this part`,
        values: incoming(context, id),
        assumptions: [],
        exactness: algebra,
      };
    case "utilization":
      return {
        ...base,
        value: formatPercent(report.offeredUtilization),
        formula:
          "ρ = λ · S / m, the work that arrives over what all servers can do; above 100 % not all of it is served",
        substituted: `${formatPercent(report.offeredUtilization)} = ${formatRate(report.arrivalsPerSecond)} × ${formatDurationMs(meanTimeMs)} / ${formatCount(servers)}${busyInWords(report)}`,
        values: [symbols.rate, symbols.time, symbols.servers, ...imbalanceInWords(report)],
        assumptions: assume([...sizeSettings, "instanceWeights", "holdsWorkerWhileWaiting"]),
        exactness: algebra,
      };
    case "capacityPerSecond":
      return {
        ...base,
        value: formatRate(report.capacityPerSecond),
        formula: "capacity = m / S, all servers busy",
        substituted: `${formatRate(report.capacityPerSecond)} = ${formatCount(instances)} × ${formatRate(perInstance)}`,
        values: [symbols.servers, symbols.time],
        assumptions: assume(sizeSettings),
        exactness: algebra,
      };
    case "headroom":
      return {
        ...base,
        value: formatMultiple(report.headroom),
        formula: "headroom = capacity / λ = 1 / ρ",
        substituted: `${formatMultiple(report.headroom)} = ${formatRate(report.capacityPerSecond)} / ${formatRate(report.arrivalsPerSecond)}`,
        values: [
          symbols.rate,
          { symbol: "capacity", meaning: "highest rate of all instances", value: formatRate(report.capacityPerSecond) },
        ],
        assumptions: assume(sizeSettings),
        exactness: algebra,
      };
    case "queueLength":
      return {
        ...base,
        value: formatNumber(report.queueLength),
        formula: "Lq = λ · Wq (Little's law, accepted requests)",
        substituted:
          noSteadyState ??
          `${formatNumber(report.queueLength)} = ${formatRate(report.arrivalsPerSecond - report.rejectedPerSecond + report.abandonedPerSecond)} × ${formatDurationMs(report.waitMs.mean)}`,
        values: [symbols.rate, symbols.wait],
        assumptions: assume(waitSettings),
        exactness: report.exactness,
      };
    case "waitMs.mean":
    case "waitMs.p99":
      return {
        ...base,
        value: formatDurationMs(figure === "waitMs.mean" ? report.waitMs.mean : report.waitMs.p99),
        formula: waitFormula(report),
        substituted:
          noSteadyState ??
          `${report.exactness.model} with ρ = ${formatPercent(report.offeredUtilization)}, S = ${formatDurationMs(meanTimeMs)}, m = ${formatCount(servers)}`,
        values: [symbols.rate, symbols.time, symbols.servers, symbols.utilization],
        assumptions: assume(waitSettings),
        exactness: report.exactness,
      };
    case "residenceMs.mean":
    case "residenceMs.p99":
      return {
        ...base,
        value: formatDurationMs(figure === "residenceMs.mean" ? report.residenceMs.mean : report.residenceMs.p99),
        formula:
          figure === "residenceMs.mean"
            ? "R = Wq + S + delay, without downstream calls"
            : "99th percentile of the law of waiting + service + delay",
        substituted:
          noSteadyState ??
          `${formatDurationMs(report.residenceMs.mean)} on average, of which ${formatDurationMs(report.waitMs.mean)} waiting`,
        values: [symbols.wait, symbols.time, symbols.utilization],
        assumptions: assume(waitSettings),
        exactness: report.exactness,
      };
    case "rejectedPerSecond":
      return {
        ...base,
        value: formatRate(report.rejectedPerSecond),
        formula:
          report.abandonedPerSecond > 0
            ? "rejected = λ · P(queue full) + Lq / patience, those who find no place and those who give up"
            : "rejected = λ · P(queue full)",
        substituted: `${formatRate(report.rejectedPerSecond)} of ${formatRate(report.arrivalsPerSecond)}${report.abandonedPerSecond > 0 ? `; ${formatRate(report.abandonedPerSecond)} give up waiting` : ""}`,
        values: [symbols.rate, symbols.utilization],
        assumptions: assume(waitSettings),
        exactness: report.exactness,
      };
    case "instancesNeeded":
      return {
        ...base,
        value: formatCount(report.instancesNeeded),
        formula: `n = ⌈instances · ρ / ${formatNumber(safeUtilization)}⌉, so that every instance stays below the safe line`,
        substituted: `${formatCount(report.instancesNeeded)} = ⌈${formatCount(instances)} × ${formatNumber(report.unclippedUtilization)} / ${formatNumber(safeUtilization)}⌉`,
        values: [symbols.utilization, { symbol: "instances", meaning: "instances now", value: formatCount(instances) }],
        assumptions: assume(sizeSettings),
        exactness: algebra,
      };
    case "availability": {
      const statement = kind.reliability(node.settings ?? {});
      return {
        ...base,
        value: formatPercent(report.availability),
        formula: "a = MTBF / (MTBF + MTTR) for one unit; P(at least k of n units are up)",
        substituted: `k = ${statement.unitsNeeded} of n = ${statement.units}: ${formatPercent(report.availability)}`,
        values: [
          {
            symbol: "MTBF",
            meaning: "mean time between failures of one unit",
            value: `${formatNumber(statement.mtbfHours)} h`,
          },
          { symbol: "MTTR", meaning: "mean time to repair it", value: `${formatNumber(statement.mttrMinutes)} min` },
        ],
        assumptions: assume(["instances", "mtbfHours", "mttrMinutes"]),
        exactness: {
          kind: "exact",
          model: "Independent repairable units, steady state",
          source: "Trivedi and Bobbio 2017, ch. 4",
          typicalErrorPercent: null,
        },
      };
    }
    case "monthlyCost":
      return {
        ...base,
        value: formatNumber(report.monthlyCost),
        formula: "instances × price of one a month",
        substituted:
          report.monthlyCost === null
            ? "Nothing that this part is made of has a price yet, so its cost is not known."
            : `${formatNumber(report.monthlyCost)} = ${formatCount(instances)} × ${formatNumber(report.monthlyCost / instances)}`,
        values: [],
        assumptions: assume(["instances"]),
        exactness: { kind: "exact", model: "Definition", source: "The price of the part", typicalErrorPercent: null },
      };
  }
}

/** The busiest instance of unequal ones, and on a ring what chance makes of it. */
function imbalanceInWords({ imbalance }: NodeReport): Explanation["values"] {
  if (imbalance === null) return [];
  const { busiestOverMean, expectedOverMean, range99OverMean } = imbalance;
  const [low, high] = range99OverMean ?? [1, 1];
  const byChance =
    expectedOverMean === null
      ? ""
      : `; such rings have ${formatMultiple(expectedOverMean)} on average, and 99 % of their shares from ${formatMultiple(low)} to ${formatMultiple(high)}`;
  return [
    {
      symbol: "s",
      meaning: `load of the busiest instance over the mean${byChance}`,
      value: formatMultiple(busiestOverMean),
    },
  ];
}

/** Servers that are busy are fewer than the offered work would need where requests are turned away or pile up. */
function busyInWords(report: NodeReport): string {
  const isServed = Math.abs(report.offeredUtilization - report.utilization) <= 0.005 * report.offeredUtilization;
  return isServed ? "" : `; ${formatPercent(report.utilization)} of the servers are busy`;
}

const figureTitles: Record<NodeFigure, string> = {
  arrivalsPerSecond: "arrivals",
  utilization: "utilisation",
  capacityPerSecond: "capacity",
  headroom: "headroom",
  queueLength: "mean queue length",
  "waitMs.mean": "mean wait",
  "waitMs.p99": "99th percentile of the wait",
  "residenceMs.mean": "mean time in this part",
  "residenceMs.p99": "99th percentile of the time in this part",
  rejectedPerSecond: "rejected",
  instancesNeeded: "instances needed",
  availability: "availability",
  monthlyCost: "monthly cost",
};

function waitFormula(report: NodeReport): string {
  return report.exactness.model === "M/M/c" || report.exactness.model === "M/M/1"
    ? "Wq = C(m, a) / (m/S − λ), with Erlang C's probability of waiting C and a = λ · S"
    : `Wq and its law by ${report.exactness.model}`;
}

function arrivalsByJourney(context: ExplanationContext, id: string): string {
  return context.report.journeys
    .flatMap((journey) => {
      const part = journey.breakdown.find((candidate) => candidate.node === id);
      return part === undefined || part.visits === 0
        ? []
        : [`${formatRate(journey.completedPerSecond)} × ${formatNumber(part.visits)}`];
    })
    .join(" + ");
}

function incoming(context: ExplanationContext, id: string): Explanation["values"] {
  return [...context.design.edges.values()]
    .filter((edge) => edge.target === id)
    .map((edge) => {
      const source = context.design.nodes.get(edge.source);
      const report = context.report.edges.find((candidate) => candidate.id === edge.id);
      return {
        symbol: "λ",
        meaning: `from ${source?.name ?? edge.source} (${report?.condition ?? "always"})`,
        value: formatRate(report?.callsPerSecond ?? 0),
      };
    });
}
