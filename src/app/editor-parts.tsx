import { lazy, Suspense } from "react";
import { AnalysisPane } from "#src/ui/analysis-pane/analysis-pane.tsx";
import { Inspector } from "#src/ui/inspector/inspector.tsx";
import { LoadDialBar } from "#src/ui/load-dial/load-dial-bar.tsx";
import { Palette } from "#src/ui/palette/palette.tsx";

/** The drawing surface is the largest part of the screen: the bar and the panes stand before it has arrived. */
const LazyCanvas = lazy(async () => ({ default: (await import("#src/ui/canvas/canvas.tsx")).Canvas }));

/** What stands in the frame of the editor. */
export const editorParts = {
  palette: <Palette />,
  canvas: (
    <Suspense>
      <LazyCanvas />
    </Suspense>
  ),
  loadDial: <LoadDialBar />,
  pane: <AnalysisPane inspector={<Inspector />} />,
};
