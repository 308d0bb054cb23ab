import { Recent } from "#src/base/recent.ts";
import { curveLoads, loadCurve, type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import type { AnalysisReport, LoadCurvePoint } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import type { AnalysisAnswer, AnalysisRequest } from "#src/session/ports.ts";
import type { AnalysisMessage } from "./protocol.ts";

export interface AnalysisLoopOptions {
  readonly catalogue: Catalogue;
  readonly post: (answer: AnalysisAnswer) => void;
  /** Lets waiting messages in between two computations. */
  readonly nextTurn: () => Promise<void>;
  readonly nowMs: () => number;
}

/** The load within targets is a part of the first answer where it takes no longer than this. */
const seekingAtOnceMs = 30;

interface Curve {
  readonly revision: number;
  readonly points: LoadCurvePoint[];
  readonly rest: Generator<LoadCurvePoint, void, undefined>;
}

interface Prepared {
  readonly revision: number;
  readonly analysis: PreparedAnalysis;
  /** Reports by their load. */
  readonly reports: Recent<AnalysisReport>;
}

/** Reports are kept for this many nodes in all: a dial that moves back finds them. */
const nodesOfKeptReports = 20_000;

/**
 * Answers the newest question first: a newer design ends everything else, a newer load replaces an older one, and the load
 * within targets and then the load curve are worked out step by step while nothing else waits.
 */
export function createAnalysisLoop({ catalogue, post, nextTurn, nowMs }: AnalysisLoopOptions) {
  let wanted: AnalysisRequest | null = null;
  let wantedLoad: { readonly revision: number; readonly load: number } | null = null;
  let prepared: Prepared | null = null;
  let seeking: Prepared | null = null;
  let curve: Curve | null = null;
  let isRunning = false;

  function receive(message: AnalysisMessage): Promise<void> {
    if (message.type === "analyse") {
      wanted = message;
      wantedLoad = null;
      seeking = null;
      curve = null;
    } else {
      wantedLoad = message;
    }
    return isRunning ? Promise.resolve() : run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    try {
      // Messages that arrived together are all heard before the first computation.
      await nextTurn();
      while (step()) await nextTurn();
    } finally {
      isRunning = false;
    }
  }

  /** One computation; false when there is nothing to do. */
  function step(): boolean {
    const request = wanted;
    const loadRequest = wantedLoad;
    if (request !== null) {
      wanted = null;
      guarded(request.revision, () => analyse(request));
      return true;
    }
    if (loadRequest !== null) {
      wantedLoad = null;
      guarded(loadRequest.revision, () => answerAt(loadRequest.revision, loadRequest.load));
      return true;
    }
    if (seeking !== null) {
      const { revision, analysis } = seeking;
      guarded(revision, () => seek(revision, analysis));
      return true;
    }
    if (curve !== null) {
      const current = curve;
      guarded(current.revision, () => extend(current));
      return true;
    }
    return false;
  }

  /** A fault of the engine is told, and the worker goes on with the next question. */
  function guarded(revision: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      seeking = null;
      curve = null;
      post({ type: "failure", revision, message: error instanceof Error ? error.message : String(error) });
    }
  }

  function analyse(request: AnalysisRequest): void {
    const { revision, design, load, withCurve } = request;
    prepared = null;
    const outcome = prepareAnalysis(design, catalogue);
    if (!outcome.ok) {
      post({ type: "problem", revision, problems: outcome.problem });
      return;
    }
    const { size } = design.nodes;
    prepared = {
      revision,
      analysis: outcome.value,
      reports: new Recent(Math.min(64, Math.ceil(nodesOfKeptReports / Math.max(1, size)))),
    };
    const seekUntilMs = nowMs() + seekingAtOnceMs;
    while (!outcome.value.seekMaxLoadWithinTargets() && nowMs() < seekUntilMs);
    const report = reportOf(prepared, load);
    post({ type: "report", revision, load, report });
    if (report.isMaxLoadWithinTargetsPending === true) seeking = prepared;
    if (withCurve) {
      curve = { revision, points: [], rest: loadCurve(outcome.value, curveLoads(report.maxLoad)) };
    }
  }

  function answerAt(revision: number, load: number): void {
    if (prepared === null || prepared.revision !== revision) return;
    post({ type: "report", revision, load, report: reportOf(prepared, load) });
  }

  function reportOf({ analysis, reports }: Prepared, load: number): AnalysisReport {
    const make = () => fullReportAt(analysis, catalogue, load, { mayBePending: true });
    // One that still waits for the load within targets is not one to keep.
    return analysis.isMaxLoadWithinTargetsKnown() ? reports.recall(String(load), make) : make();
  }

  function seek(revision: number, analysis: PreparedAnalysis): void {
    if (!analysis.seekMaxLoadWithinTargets()) return;
    seeking = null;
    post({ type: "target-load", revision, maxLoadWithinTargets: analysis.maxLoadWithinTargets() });
  }

  function extend(current: Curve): void {
    const next = current.rest.next();
    if (!next.done) {
      current.points.push(next.value);
      return;
    }
    curve = null;
    post({ type: "curve", revision: current.revision, points: current.points });
  }

  return { receive };
}
