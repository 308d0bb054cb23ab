import type { AnalysisReport } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import { explainAutoscalingFigure } from "./explain-autoscaling-figure.ts";
import { explainBacklogFigure } from "./explain-backlog-figure.ts";
import { explainCacheFigure } from "./explain-cache-figure.ts";
import { explainCopyFigure, explainStaleRead } from "./explain-copy-figure.ts";
import { explainDesignFigure } from "./explain-design-figure.ts";
import { explainEdgeFigure } from "./explain-edge-figure.ts";
import { explainJourneyFigure } from "./explain-journey-figure.ts";
import { explainNodeFigure } from "./explain-node-figure.ts";
import { explainHopFigure, explainPathFigure } from "./explain-path-figure.ts";
import { explainVolumeFigure } from "./explain-volume-figure.ts";
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
