import { icons } from "#library/icons.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design, Position } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/box.ts";
import { roundedPath, routeEdges } from "#src/design/drawing/edge-routing.ts";
import { type LabelSize, placeLabels } from "#src/design/drawing/label-places.ts";
import { sceneOf } from "#src/design/drawing/scene.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { type EdgeLook, edgeLook, reportIndex } from "#src/insights/look/edge-look.ts";
import { nodeLook } from "#src/insights/look/node-look.ts";
import { embedInSvg } from "../embedded-design.ts";
import { drawAnnotation } from "./draw-annotation.ts";
import { drawCard, inkOf, overPattern } from "./draw-card.ts";
import { type DrawingPalette, palettes } from "./palette.ts";
import { escapeXml, fitText, num, textWidth } from "./svg-text.ts";

export interface DrawingOptions {
  readonly theme: "light" | "dark";
  /** Without it the canvas colour is left out. */
  readonly background: boolean;
  /** The design file goes into the metadata, so that the picture can be opened again. */
  readonly withSource: boolean;
}

const margin = 32;
const font = "Inter, 'Inter Variable', system-ui, sans-serif";
const labelSize = 11;
const labelHeight = 19;

/**
 * The drawing as SVG, written from the model and never from the screen: real text, no scripts, no outside references, and the
 * design itself in `<metadata>`. Deterministic. Cost grows with nodes and edges (see `routeEdges`).
 */
export function renderSvg(
  design: Design,
  catalogue: Catalogue,
  report: AnalysisReport | null,
  options: DrawingOptions,
): string {
  const scene = sceneOf(design, (kind) => catalogue.get(kind)?.isContainer === true);
  const palette = palettes[options.theme];
  const kindOf = (id: string) => catalogue.get(scene.design.nodes.get(id)?.kind ?? "");
  const index = reportIndex(report);
  const routes = routeEdges(scene.cards, [...design.edges.values()]);
  const view = {
    x: scene.bounds.x - margin,
    y: scene.bounds.y - margin,
    width: Math.max(120, scene.bounds.width + 2 * margin),
    height: Math.max(80, scene.bounds.height + 2 * margin),
  };

  const containers = scene.containers.map(({ id, box }) => ({
    box,
    title: fitText(scene.design.nodes.get(id)?.name ?? kindOf(id)?.title ?? id, labelSize, box.width - 28),
  }));
  const looks = new Map<string, EdgeLook>();
  for (const edge of design.edges.values()) {
    looks.set(edge.id, edgeLook(scene.design, edge, kindOf, index.edges.get(edge.id), index.nodes.get(edge.target)));
  }
  const labels = placeLabels(new Map([...routes].map(([id, { points }]) => [id, points])), labelSizes(looks), [
    ...scene.cards.values(),
    ...containers.map(({ box, title }) => titleBox(box, title)),
    ...scene.annotations.flatMap(({ annotation, box }) => (annotation.type === "note" ? [box] : [])),
  ]);
  const cards = [...scene.cards].flatMap(([id, box]) => {
    const node = scene.design.nodes.get(id);
    const kind = kindOf(id);
    if (node === undefined || kind === undefined) return [];
    return [drawCard(box, nodeLook(node, kind, index.nodes.get(id)), icons.get(kind.id) ?? "", palette)];
  });

  const frame = `x="${num(view.x)}" y="${num(view.y)}" width="${num(view.width)}" height="${num(view.height)}"`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${num(view.width)}" height="${num(view.height)}" viewBox="${num(view.x)} ${num(view.y)} ${num(view.width)} ${num(view.height)}" font-family="${font}" role="img">`,
    `<title>${escapeXml(design.name)}</title>`,
    `<defs>${overPattern(palette)}</defs>`,
    options.background ? `<rect ${frame} fill="${palette.canvas}"/>` : "",
    ...containers.map(({ box, title }) => drawContainer(box, title, palette)),
    ...scene.annotations.map(({ annotation, box }) => drawAnnotation(annotation, box, palette)),
    ...[...routes].map(([id, route]) => drawLine(route.points, looks.get(id), palette)),
    ...cards,
    ...[...labels].map(([id, centre]) => drawLabel(centre, looks.get(id)?.label ?? "", palette)),
    "</svg>",
  ]
    .filter((part) => part !== "")
    .join("\n");
  return `${options.withSource ? embedInSvg(svg, printDesignFile(design)) : svg}\n`;
}

function drawContainer(box: Box, title: string, palette: DrawingPalette): string {
  return `<g><rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" rx="10" fill="${palette.load}" fill-opacity="0.03" stroke="${palette.load}" stroke-opacity="0.2" stroke-width="1.25"/><text x="${num(box.x + 14)}" y="${num(box.y + 21)}" font-size="${labelSize}" font-weight="550" fill="${palette.muted}">${escapeXml(title)}</text></g>`;
}

function titleBox(box: Box, title: string): Box {
  return { x: box.x + 14, y: box.y + 10, width: textWidth(title, labelSize), height: 14 };
}

function drawLine(points: readonly Position[], look: EdgeLook | undefined, palette: DrawingPalette): string {
  if (look === undefined) return "";
  const { width } = look;
  const ink = inkOf(look.state, palette);
  const opacity = look.state === "ok" ? 0.75 : 0.9;
  const last = points.at(-1);
  const before = points.at(-2);
  const head = last === undefined || before === undefined ? "" : arrowHead(before, last, ink, width);
  const path = roundedPath(points);
  if (look.line === "double") {
    return `<g fill="none"><path d="${path}" stroke="${ink}" stroke-opacity="${opacity}" stroke-width="${num(width + 2.5)}"/><path d="${path}" stroke="${palette.canvas}" stroke-width="${num(Math.max(1, width - 0.5))}"/></g>${head}`;
  }
  const dash = look.line === "dashed" ? ' stroke-dasharray="7 5"' : "";
  return `<path d="${path}" fill="none" stroke="${ink}" stroke-opacity="${opacity}" stroke-width="${num(width)}"${dash}/>${head}`;
}

function arrowHead(from: Position, to: Position, ink: string, width: number): string {
  const size = 5 + width;
  const half = size * 0.6;
  const dx = Math.sign(to.x - from.x);
  const dy = dx === 0 ? Math.sign(to.y - from.y) : 0;
  const corner = (side: 1 | -1) =>
    `${num(to.x - dx * size + side * dy * half)},${num(to.y - dy * size + side * dx * half)}`;
  return `<polygon points="${num(to.x)},${num(to.y)} ${corner(-1)} ${corner(1)}" fill="${ink}"/>`;
}

function labelSizes(looks: ReadonlyMap<string, EdgeLook>): ReadonlyMap<string, LabelSize> {
  const sizes = new Map<string, LabelSize>();
  for (const [id, { label }] of looks) {
    if (label !== "") sizes.set(id, { width: textWidth(label, labelSize) + 14, height: labelHeight });
  }
  return sizes;
}

/** A label without room is left out: what it says stands in the report and beside the edge when it is selected. */
function drawLabel(centre: Position | null, label: string, palette: DrawingPalette): string {
  if (centre === null) return "";
  const width = textWidth(label, labelSize) + 14;
  return `<g><rect x="${num(centre.x - width / 2)}" y="${num(centre.y - labelHeight / 2)}" width="${num(width)}" height="${labelHeight}" rx="4" fill="${palette.panel}" stroke="${palette.line}"/><text x="${num(centre.x)}" y="${num(centre.y + 4)}" font-size="${labelSize}" text-anchor="middle" fill="${palette.muted}">${escapeXml(label)}</text></g>`;
}
