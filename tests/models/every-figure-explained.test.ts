import { describe, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import { explainFigure } from "#src/insights/explain-figure.ts";
import { formatBandwidth } from "#src/insights/explain-volume-figure.ts";
import type { FigureReference } from "#src/insights/explanation.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { reportOf } from "./design-reports.ts";
import { type FigurePath, type Leaf, leavesOf, numberOf, textOf } from "./report-figures.ts";
import { retriedDesign, richDesign } from "./rich-design.ts";

/** Numbers that are no figures: what was put in, and what only says which record is meant. */
const notFigures = {
  version: "the version of the format",
  load: "the load that was asked for",
  "journeys[].targets[].percentile": "stated in the design",
  "journeys[].targets[].ms": "stated in the design",
  "journeys[].closed.thinkTimeMs": "stated in the design",
  "nodes[].backlog.rebalance.pauseMs": "stated in the settings of the broker",
  "data.replicas[].staleAfter[].afterMs": "the time that is looked at, a constant",
  "data.quorums[].staleAfter[].afterMs": "the time that is looked at, a constant",
  "data.quorums[].replicas": "stated in the settings of the store",
  "data.quorums[].writeQuorum": "stated in the settings of the store",
  "data.quorums[].readQuorum": "stated in the settings of the store",
  "data.autoscaling[].minInstances": "stated in the settings of the part",
  "data.autoscaling[].maxInstances": "stated in the settings of the part",
  "data.autoscaling[].targetUtilization": "stated in the settings of the part",
  "data.volume.retentionDays": "stated in the requirements",
} as const satisfies Partial<Record<FigurePath, string>>;

/** Wherever they stand: the evidence of a risk repeats figures of the report, and an error is part of every explanation. */
const nowhereFigures = [/^risks\[\]\.evidence\./, /(^|\.)exactness\.typicalErrorPercent$/];

/** No part has a price yet: the figure is explained, and is never a number. */
const withoutNumber: ReadonlySet<string> = new Set<FigurePath>(["nodes[].monthlyCost"]);

type Format = (value: number | null) => string;
type Explained = readonly [reference: (leaf: Leaf) => FigureReference, format: Format];
type Figure<Of extends FigureReference["of"]> = Extract<FigureReference, { of: Of }>["figure"];

const rate: Format = (value) => formatRate(value);
const time: Format = (value) => formatDurationMs(value);
const share: Format = (value) => formatPercent(value);
const multiple: Format = (value) => formatMultiple(value);
const number: Format = (value) => formatNumber(value);
const count: Format = (value) => formatCount(value);
const whole: Format = (value) => formatCount(value === null ? null : Math.round(value));
const bytes: Format = (value) => formatBytes(value);
const maxAge: Format = (value) => (value === null ? "without bound" : formatDurationMs(value));

/** Of records with an id, by the name of the figure. */
function by<Of extends Extract<FigureReference, { readonly id: string | null }>["of"]>(of: Of, key = "id") {
  return (figure: Figure<Of>, format: Format): Explained => [
    (leaf) => ({ of, id: textOf(leaf, 0, key), figure }) as FigureReference,
    format,
  ];
}

const design = (figure: Figure<"design">, format: Format): Explained => [() => ({ of: "design", figure }), format];
const volume = (figure: Figure<"volume">, format: Format): Explained => [() => ({ of: "volume", figure }), format];
const node = by("node");
const work = by("work");
const retries = by("retries");
const imbalance = by("imbalance");
const limit = by("rate-limit");
const cache = by("cache");
const backlog = by("backlog");
const journey = by("journey");
const closed = by("closed");
const edge = by("edge");
const pool = by("connections");
const link = by("link");
const breaker = by("circuit-breaker");
const copy = by("copy", "edge");
const scaling = by("autoscaling", "node");
const path = (figure: Figure<"path">, format: Format): Explained => [
  (leaf) => ({ of: "path", journey: textOf(leaf, 0, "id"), path: leaf.items[1]?.place ?? -1, figure }),
  format,
];
const hop = (figure: Figure<"hop">, format: Format): Explained => [
  (leaf) => ({ of: "hop", journey: textOf(leaf, 0, "id"), node: textOf(leaf, 1, "node"), figure }),
  format,
];
const source = (figure: Figure<"read-source">, format: Format): Explained => [
  (leaf) => ({ of: "read-source", id: textOf(leaf, 0, "id"), node: textOf(leaf, 1, "node"), figure }),
  format,
];
const stale = (key: "edge" | "node"): Explained => [
  (leaf) => ({
    of: "stale-read",
    id: textOf(leaf, 0, key),
    figure: "probability",
    afterMs: numberOf(leaf, 1, "afterMs"),
  }),
  share,
];

/** Every other number, the figure that explains it, and how it reads. A new field of the report does not compile without. */
const explained: Readonly<Record<Exclude<FigurePath, keyof typeof notFigures>, Explained>> = {
  maxLoad: design("maxLoad", multiple),
  maxLoadWithinTargets: design("maxLoadWithinTargets", multiple),
  "breakingLoads[].load": by("breaking-load", "node")("load", multiple),
  retrySafeUpToLoad: [() => ({ of: "retries", id: null, figure: "safeUpToLoad" }), multiple],
  retryStableUpToLoad: [() => ({ of: "retries", id: null, figure: "stableUpToLoad" }), multiple],

  "journeys[].offeredPerSecond": journey("offeredPerSecond", rate),
  "journeys[].completedPerSecond": journey("completedPerSecond", rate),
  "journeys[].errorRate": journey("errorRate", share),
  "journeys[].latencyMs.mean": journey("mean", time),
  "journeys[].latencyMs.p50": journey("p50", time),
  "journeys[].latencyMs.p90": journey("p90", time),
  "journeys[].latencyMs.p95": journey("p95", time),
  "journeys[].latencyMs.p99": journey("p99", time),
  "journeys[].latencyMs.p999": journey("p999", time),
  "journeys[].availability": journey("availability", share),
  "journeys[].maxPerSecond": journey("maxPerSecond", rate),
  "journeys[].retryAmplification": journey("retryAmplification", multiple),
  "journeys[].targets[].actualMs": [
    (leaf) => ({
      of: "target",
      id: textOf(leaf, 0, "id"),
      target: leaf.items[1]?.place ?? -1,
      figure: "actualMs",
    }),
    time,
  ],
  "journeys[].closed.users": closed("users", number),
  "journeys[].closed.throughputPerSecond": closed("throughputPerSecond", rate),
  "journeys[].closed.bounds.saturationUsers": closed("saturationUsers", number),
  "journeys[].closed.bounds.asymptotic.throughputPerSecond.least": closed("asymptotic.throughputPerSecond.least", rate),
  "journeys[].closed.bounds.asymptotic.throughputPerSecond.most": closed("asymptotic.throughputPerSecond.most", rate),
  "journeys[].closed.bounds.asymptotic.responseMs.least": closed("asymptotic.responseMs.least", time),
  "journeys[].closed.bounds.asymptotic.responseMs.most": closed("asymptotic.responseMs.most", time),
  "journeys[].closed.bounds.balancedJob.throughputPerSecond.least": closed(
    "balancedJob.throughputPerSecond.least",
    rate,
  ),
  "journeys[].closed.bounds.balancedJob.throughputPerSecond.most": closed("balancedJob.throughputPerSecond.most", rate),
  "journeys[].closed.bounds.balancedJob.responseMs.least": closed("balancedJob.responseMs.least", time),
  "journeys[].closed.bounds.balancedJob.responseMs.most": closed("balancedJob.responseMs.most", time),
  "journeys[].paths[].share": path("share", share),
  "journeys[].paths[].latencyMs.mean": path("mean", time),
  "journeys[].paths[].latencyMs.p50": path("p50", time),
  "journeys[].paths[].latencyMs.p90": path("p90", time),
  "journeys[].paths[].latencyMs.p95": path("p95", time),
  "journeys[].paths[].latencyMs.p99": path("p99", time),
  "journeys[].paths[].latencyMs.p999": path("p999", time),
  "journeys[].breakdown[].visits": hop("visits", number),
  "journeys[].breakdown[].serviceMs": hop("serviceMs", time),
  "journeys[].breakdown[].waitMs": hop("waitMs", time),
  "journeys[].breakdown[].networkMs": hop("networkMs", time),

  "nodes[].arrivalsPerSecond": node("arrivalsPerSecond", rate),
  "nodes[].utilization": work("utilization", share),
  "nodes[].offeredUtilization": node("utilization", share),
  "nodes[].unclippedUtilization": work("unclippedUtilization", share),
  "nodes[].capacityPerSecond": node("capacityPerSecond", rate),
  "nodes[].headroom": node("headroom", multiple),
  "nodes[].queueLength": node("queueLength", number),
  "nodes[].waitMs.mean": node("waitMs.mean", time),
  "nodes[].waitMs.p99": node("waitMs.p99", time),
  "nodes[].residenceMs.mean": node("residenceMs.mean", time),
  "nodes[].residenceMs.p99": node("residenceMs.p99", time),
  "nodes[].completedPerSecond": work("completedPerSecond", rate),
  "nodes[].rejectedPerSecond": node("rejectedPerSecond", rate),
  "nodes[].abandonedPerSecond": work("abandonedPerSecond", rate),
  "nodes[].backlogGrowthPerSecond": work("backlogGrowthPerSecond", rate),
  "nodes[].imbalance.busiestOverMean": imbalance("busiestOverMean", multiple),
  "nodes[].imbalance.expectedOverMean": imbalance("expectedOverMean", multiple),
  "nodes[].imbalance.range99OverMean[]": [
    (leaf) => ({
      of: "imbalance",
      id: textOf(leaf, 0, "id"),
      figure: leaf.items[1]?.place === 0 ? "range99OverMean.low" : "range99OverMean.high",
    }),
    multiple,
  ],
  "nodes[].instances": work("instances", count),
  "nodes[].instancesNeeded": node("instancesNeeded", count),
  "nodes[].availability": node("availability", share),
  "nodes[].monthlyCost": node("monthlyCost", number),
  "nodes[].retrySafeUpToLoad": retries("safeUpToLoad", multiple),
  "nodes[].retryStableUpToLoad": retries("stableUpToLoad", multiple),
  "nodes[].rateLimit.ratePerSecond": limit("ratePerSecond", rate),
  "nodes[].rateLimit.askedPerSecond": limit("askedPerSecond", rate),
  "nodes[].rateLimit.rejectedPerSecond": limit("rejectedPerSecond", rate),
  "nodes[].rateLimit.utilization": limit("utilization", share),
  "nodes[].rateLimit.waitMs.mean": limit("waitMs.mean", time),
  "nodes[].rateLimit.waitMs.p99": limit("waitMs.p99", time),
  "nodes[].rateLimit.mostAtOnce.windowMs": limit("mostAtOnce.windowMs", time),
  "nodes[].rateLimit.mostAtOnce.requests": limit("mostAtOnce.requests", count),
  "nodes[].cache.hitRatio": cache("hitRatio", share),
  "nodes[].cache.readsPerSecond": cache("readsPerSecond", rate),
  "nodes[].cache.missPerSecond": cache("missPerSecond", rate),
  "nodes[].cache.weighedReadsPerSecond": cache("weighedReadsPerSecond", rate),
  "nodes[].cache.characteristicTimeMs": cache("characteristicTimeMs", time),
  "nodes[].cache.coldMissFactor": cache("coldMissFactor", multiple),
  "nodes[].cache.warmUpMs": cache("warmUpMs", time),
  "nodes[].cache.hottestKeyShare": cache("hottestKeyShare", share),
  "nodes[].cache.staleReadShare": cache("staleReadShare", share),
  "nodes[].cache.meanAgeMs": cache("meanAgeMs", time),
  "nodes[].cache.maxAgeMs": cache("maxAgeMs", maxAge),
  "nodes[].cache.refreshesPerSecond": cache("refreshesPerSecond", rate),
  "nodes[].cache.stampedeCalls": cache("stampedeCalls", number),
  "nodes[].cache.storeLagMs": cache("storeLagMs", time),
  "nodes[].cache.unstoredWrites": cache("unstoredWrites", count),
  "nodes[].backlog.growthPerSecond": backlog("growthPerSecond", rate),
  "nodes[].backlog.outageMinute.backlog": backlog("outageMinute.backlog", whole),
  "nodes[].backlog.outageMinute.drainMs": backlog("outageMinute.drainMs", time),
  "nodes[].backlog.outageMinute.longestWaitMs": backlog("outageMinute.longestWaitMs", time),
  "nodes[].backlog.rebalance.backlog": backlog("rebalance.backlog", whole),
  "nodes[].backlog.rebalance.drainMs": backlog("rebalance.drainMs", time),
  "nodes[].backlog.deadLettersPerSecond": backlog("deadLettersPerSecond", rate),
  "nodes[].backlog.losesAfterMs": backlog("losesAfterMs", time),
  "nodes[].backlog.losesAfterOutageMs": backlog("losesAfterOutageMs", time),
  "nodes[].backlog.idleInstances": backlog("idleInstances", count),

  "edges[].callsPerSecond": edge("callsPerSecond", rate),
  "edges[].bytesPerSecond": edge("bytesPerSecond", (value) => `${formatBytes(value)}/s`),
  "edges[].hitRatio": edge("hitRatio", share),
  "edges[].networkMs": edge("networkMs", time),
  "edges[].connections.size": pool("size", count),
  "edges[].connections.utilization": pool("utilization", share),
  "edges[].connections.capacityPerSecond": pool("capacityPerSecond", rate),
  "edges[].connections.waitMs.mean": pool("waitMs.mean", time),
  "edges[].connections.waitMs.p99": pool("waitMs.p99", time),
  "edges[].connections.queueLength": pool("queueLength", number),
  "edges[].connections.backlogGrowthPerSecond": pool("backlogGrowthPerSecond", rate),
  "edges[].circuitBreaker.refusedShare": breaker("refusedShare", share),
  "edges[].circuitBreaker.rejectedPerSecond": breaker("rejectedPerSecond", rate),
  "edges[].circuitBreaker.failureRatio": breaker("failureRatio", share),
  "edges[].circuitBreaker.meanClosedMs": breaker("meanClosedMs", time),
  "edges[].link.transmissionMs": link("transmissionMs", time),
  "edges[].link.utilization": link("utilization", share),
  "edges[].link.capacityPerSecond": link("capacityPerSecond", rate),
  "edges[].link.waitMs.mean": link("waitMs.mean", time),
  "edges[].link.waitMs.p99": link("waitMs.p99", time),
  "edges[].link.queueLength": link("queueLength", number),
  "edges[].link.backlogGrowthPerSecond": link("backlogGrowthPerSecond", rate),

  "data.replicas[].appliesPerSecond": copy("appliesPerSecond", rate),
  "data.replicas[].lagMs.mean": copy("lag.mean", time),
  "data.replicas[].lagMs.p50": copy("lag.p50", time),
  "data.replicas[].lagMs.p90": copy("lag.p90", time),
  "data.replicas[].lagMs.p95": copy("lag.p95", time),
  "data.replicas[].lagMs.p99": copy("lag.p99", time),
  "data.replicas[].lagMs.p999": copy("lag.p999", time),
  "data.replicas[].staleAfter[].probability": stale("edge"),
  "data.quorums[].missProbability": by("quorum", "node")("missProbability", share),
  "data.quorums[].staleAfter[].probability": stale("node"),
  "data.journeys[].sources[].share": source("share", share),
  "data.journeys[].sources[].staleAfterTenMs": source("staleAfterTenMs", share),
  "data.journeys[].sources[].settledAfterMs": source("settledAfterMs", time),
  "data.journeys[].sources[].oldestMs": source("oldestMs", time),
  "data.autoscaling[].instances": scaling("instances", count),
  "data.autoscaling[].reactionMs": scaling("reactionMs", time),
  "data.autoscaling[].doubling.instances": scaling("doubledInstances", count),
  "data.autoscaling[].doubling.backlog": scaling("backlog", whole),
  "data.autoscaling[].doubling.drainMs": scaling("drainMs", time),
  "data.autoscaling[].doubling.longestWaitMs": scaling("longestWaitMs", time),
  "data.volume.bytesPerDay": volume("bytesPerDay", bytes),
  "data.volume.writesPerSecond": volume("writesPerSecond", rate),
  "data.volume.ingestBitsPerSecond": volume("ingestBitsPerSecond", (value) => formatBandwidth(value ?? Number.NaN)),
  "data.volume.copies": volume("copies", number),
  "data.volume.bytesKept": volume("bytesKept", bytes),
  "data.volume.bytesAfterYear": volume("bytesAfterYear", bytes),
};

const table: ReadonlyMap<string, Explained> = new Map(Object.entries(explained));
const inputs: ReadonlySet<string> = new Set(Object.keys(notFigures));

const answers = [richDesign, retriedDesign].flatMap((text) => {
  const { analysis } = reportOf(text);
  const resolved = analysis.compiled.resolved.design;
  return [0.5, 1, 6].map((load) => ({ resolved, report: fullReportAt(analysis, catalogue, load) }));
});
const reports = answers.map(({ report }) => report);
const richReports = reports.slice(0, 3);

/** Where a report has numbers that must be explained or listed. */
function numbersOf(report: object): readonly string[] {
  return leavesOf(report)
    .filter(({ path: at, value }) => value !== null && !nowhereFigures.some((pattern) => pattern.test(at)))
    .map(({ path: at }) => at);
}

describe("every figure of a report explains itself", () => {
  it.each(answers.map((answer) => [answer.report.load, answer] as const))(
    "at load %d, with its own value",
    (_load, { report, resolved }) => {
      const context = { design: resolved, report, catalogue };
      for (const leaf of leavesOf(report)) {
        if (inputs.has(leaf.path) || nowhereFigures.some((pattern) => pattern.test(leaf.path))) continue;
        const entry = table.get(leaf.path);
        // A null may stand for a whole part of the report that is not there.
        if (entry === undefined && leaf.value === null) continue;
        expect(entry, `${leaf.path} has no explanation, and is not listed as no figure`).toBeDefined();
        if (entry === undefined) continue;
        const [reference, format] = entry;
        const about = `${leaf.path} ${JSON.stringify(reference(leaf))}`;
        const told = explainFigure(context, reference(leaf));
        if (told === null) {
          expect(leaf.value, about).toBeNull();
          continue;
        }
        expect(told.value, about).toBe(format(leaf.value));
        for (const text of [told.title, told.formula, told.substituted, told.exactness.model, told.exactness.source])
          expect(text, about).toMatch(/^(?!.*(NaN|undefined|Infinity|null|\[object)).+$/);
        for (const { symbol, meaning, value } of told.values)
          expect(`${symbol} ${meaning} ${value}`, about).not.toMatch(/NaN|undefined|Infinity|null|\[object/);
        for (const { setting, value, source: from } of told.assumptions)
          expect(`${setting} ${value} ${from}`, about).not.toMatch(/NaN|undefined|Infinity|\[object/);
      }
    },
  );

  it("the design has every number that a report can hold, and the lists have no other", () => {
    const seen = new Set(reports.flatMap(numbersOf));
    const listed = [...table.keys(), ...inputs];
    expect(listed.filter((at) => !seen.has(at) && !withoutNumber.has(at))).toEqual([]);
    expect([...seen].filter((at) => !listed.includes(at))).toEqual([]);
  });

  it("a number that comes new into the report is found", () => {
    for (const report of reports) {
      const [first, ...others] = report.nodes;
      const grown = { ...report, extra: 1, nodes: [{ ...first, inner: { news: [2] } }, ...others] };
      const unlisted = numbersOf(grown).filter((at) => !table.has(at) && !inputs.has(at));
      expect(unlisted.sort()).toEqual(["extra", "nodes[].inner.news[]"]);
    }
  });

  it("the arithmetic shown for connections and links adds up: ρ · capacity is what comes", () => {
    let places = 0;
    for (const { callsPerSecond, connections, link: line } of reports.flatMap(({ edges }) => edges)) {
      for (const place of [connections, line]) {
        if (place === null || place.saturated || place.capacityPerSecond === null) continue;
        expect((place.utilization * place.capacityPerSecond) / callsPerSecond).toBeCloseTo(1, 6);
        places += 1;
      }
    }
    expect(places).toBe(2 * richReports.length);
  });

  it("the arithmetic shown for a breaker adds up: calls · share refused · attempts is what it refuses", () => {
    for (const { edges } of richReports) {
      const [asking, before] = ["api-kv", "api-redis"].map((id) => edges.find((candidate) => candidate.id === id));
      const { refusedShare = 0, rejectedPerSecond = 0 } = asking?.circuitBreaker ?? {};
      expect(refusedShare).toBeGreaterThan(0);
      // Half a call for each call of the cache before it; three attempts each.
      const calls = 0.5 * (before?.callsPerSecond ?? 0);
      expect(rejectedPerSecond / (calls * refusedShare * 3)).toBeCloseTo(1, 3);
    }
  });
});
