import { catalogue } from "#library/catalogue.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { renderSvg } from "#src/exchange/drawing/render-svg.ts";
import { embedInPng } from "#src/exchange/png-design.ts";
import { reportMarkdown } from "#src/exchange/report-markdown.ts";
import { hasRanges } from "#src/insights/sensitivity/factors.ts";
import type { SessionState } from "#src/session/session.ts";
import { download, fileName } from "#src/ui/download.ts";
import { pictureTheme } from "./picture-theme.ts";
import { type Picture, rasterise } from "./rasterise.ts";

/** What an export has to say when it is done; empty when the file speaks for itself. */
type Outcome = string;

type State = Pick<SessionState, "design" | "report">;

export function downloadDrawing(state: State): Outcome {
  download(fileName(state.design.name, "svg"), drawing(state), "image/svg+xml");
  return "";
}

export async function downloadPicture(state: State, scale: number): Promise<Outcome> {
  const picture = await rasterise(drawing(state), scale);
  // Opened again, the picture gives the design back.
  const bytes = embedInPng(new Uint8Array(await picture.png.arrayBuffer()), printDesignFile(state.design));
  download(fileName(state.design.name, "png"), new Blob([new Uint8Array(bytes)], { type: "image/png" }));
  return scaledDown(picture, scale);
}

/** With the intervals that were worked out for this very design and load; what is left out is said. */
export function downloadReport({ design, report, certainty, revision, load }: SessionState): Outcome {
  if (report === null) return "";
  const { answer } = certainty;
  const known = answer !== null && answer.revision === revision && answer.question.load === load ? answer.value : null;
  download(fileName(design.name, "md"), reportMarkdown(design, catalogue, report, known), "text/markdown");
  return known === null && hasRanges(design)
    ? "The report is without intervals: they are not worked out yet. The Certainty tab shows when they are."
    : "";
}

export async function copyPicture(state: State): Promise<Outcome> {
  const drawn = rasterise(drawing(state), 2);
  // Handed over as a promise: some browsers let a page write only while they still remember the click.
  await navigator.clipboard.write([new ClipboardItem({ "image/png": drawn.then(({ png }) => png) })]);
  return `Copied the picture. ${scaledDown(await drawn, 2)}`.trim();
}

export async function copyDrawing(state: State): Promise<Outcome> {
  await navigator.clipboard.writeText(drawing(state));
  return "Copied the drawing as SVG.";
}

function drawing({ design, report }: State): string {
  return renderSvg(design, catalogue, report, { theme: pictureTheme(), background: true, withSource: true });
}

function scaledDown({ scale, width, height }: Picture, wanted: number): Outcome {
  if (scale === wanted) return "";
  const size = `${width.toLocaleString("en")} × ${height.toLocaleString("en")}`;
  return `The picture is ${size} pixels, ${scale.toFixed(2)} times the drawing: browsers draw no larger ones. The SVG has no such limit.`;
}
