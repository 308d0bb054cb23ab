import type { AnalysisReport } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import { explainAutoscalingFigure } from "./explain-autoscaling-figure.ts";
import { explainBacklogFigure } from "./explain-backlog-figure.ts";
import { explainBreakingLoad } from "./explain-breaking-load-figure.ts";
import { explainCacheFigure } from "./explain-cache-figure.ts";
import { explainCircuitBreakerFigure } from "./explain-circuit-breaker-figure.ts";
import { explainClosedUsersFigure } from "./explain-closed-figure.ts";
import { explainCopyFigure, explainStaleRead } from "./explain-copy-figure.ts";
import { explainDesignFigure } from "./explain-design-figure.ts";
import { explainEdgeFigure } from "./explain-edge-figure.ts";
import { explainEdgePlaceFigure } from "./explain-edge-place-figure.ts";
import { explainImbalanceFigure } from "./explain-imbalance-figure.ts";
import { explainJourneyFigure } from "./explain-journey-figure.ts";
import { explainNodeFigure } from "./explain-node-figure.ts";
import { explainHopFigure, explainPathFigure } from "./explain-path-figure.ts";
import { explainRateLimitFigure } from "./explain-rate-limit-figure.ts";
import { explainQuorumFigure, explainReadSourceFigure } from "./explain-read-source-figure.ts";
import { explainRetriesFigure } from "./explain-retries-figure.ts";
import { explainTargetFigure } from "./explain-target-figure.ts";
import { explainVolumeFigure } from "./explain-volume-figure.ts";
import { explainWorkFigure } from "./explain-work-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

/** What an explanation is drawn from: all of the same revision and load. */
export interface ExplanationContext {
  readonly design: Design;
  readonly report: AnalysisReport;
  readonly catalogue: Catalogue;
}

/** Why a figure is what it is; null when the part or the journey is no longer there. */
export function explainFigure(context: ExplanationContext, figure: FigureReference): Explanation | null {
  switch (figure.of) {
    case "design":
      return explainDesignFigure(context, figure.figure);
    case "node":
      return explainNodeFigure(context, figure.id, figure.figure);
    case "breaking-load":
      return explainBreakingLoad(context, figure.id);
    case "retries":
      return explainRetriesFigure(context, figure.id, figure.figure);
    case "work":
      return explainWorkFigure(context, figure.id, figure.figure);
    case "imbalance":
      return explainImbalanceFigure(context, figure.id, figure.figure);
    case "rate-limit":
      return explainRateLimitFigure(context, figure.id, figure.figure);
    case "closed":
      return explainClosedUsersFigure(context, figure.id, figure.figure);
    case "target":
      return explainTargetFigure(context, figure.id, figure.target);
    case "connections":
    case "link":
      return explainEdgePlaceFigure(context, figure.id, figure.of, figure.figure);
    case "circuit-breaker":
      return explainCircuitBreakerFigure(context, figure.id, figure.figure);
    case "quorum":
      return explainQuorumFigure(context, figure.id);
    case "read-source":
      return explainReadSourceFigure(context, figure.id, figure.node, figure.figure);
    case "journey":
      return explainJourneyFigure(context, figure.id, figure.figure);
    case "path":
      return explainPathFigure(context, figure);
    case "hop":
      return explainHopFigure(context, figure.journey, figure.node, figure.figure);
    case "edge":
      return explainEdgeFigure(context, figure.id, figure.figure);
    case "copy":
      return explainCopyFigure(context, figure.id, figure.figure);
    case "stale-read":
      return explainStaleRead(context, figure.id, figure.afterMs);
    case "backlog":
      return explainBacklogFigure(context, figure.id, figure.figure);
    case "autoscaling":
      return explainAutoscalingFigure(context, figure.id, figure.figure);
    case "cache":
      return explainCacheFigure(context, figure.id, figure.figure);
    case "volume":
      return explainVolumeFigure(context, figure.figure);
  }
}
