import { icons } from "#library/icons.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import { safeUtilization } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import { type Box, type EdgeRoute, roundedPath, routeEdges } from "#src/design/drawing/edge-routing.ts";
import { sceneOf } from "#src/design/drawing/scene.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { type EdgeLook, edgeLook, reportIndex } from "#src/insights/look/edge-look.ts";
import { type NodeLook, nodeLook } from "#src/insights/look/node-look.ts";
import { embedInSvg } from "../embedded-design.ts";
import { type DrawingPalette, palettes } from "./palette.ts";
import { escapeXml, fitText, textWidth } from "./svg-text.ts";

export interface DrawingOptions {
  readonly theme: "light" | "dark";
  /** Without it the canvas colour is left out. */
  readonly background: boolean;
  /** The design file goes into the metadata, so that the picture can be opened again. */
  readonly withSource: boolean;
}

const margin = 32;
const font = "Inter, 'Inter Variable', system-ui, sans-serif";

/**
 * The drawing as SVG, written from the model and never from the screen: real text, no scripts, no outside references, and the
 * design itself in `<metadata>`. Deterministic. Cost grows with nodes + edges (see `routeEdges`).
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
  const left = scene.bounds.x - margin;
  const top = scene.bounds.y - margin;
  const width = Math.max(120, scene.bounds.width + 2 * margin);
  const height = Math.max(80, scene.bounds.height + 2 * margin);

  const containers = scene.containers.map(({ id, box }) =>
    container(box, scene.design.nodes.get(id)?.name ?? kindOf(id)?.title ?? id, palette),
  );
  const lines: string[] = [];
  const labels: string[] = [];
  for (const edge of design.edges.values()) {
    const route = routes.get(edge.id);
    if (route === undefined) continue;
    const look = edgeLook(scene.design, edge, kindOf, index.edges.get(edge.id), index.nodes.get(edge.target));
    lines.push(line(route, look, palette));
    if (look.label !== "") labels.push(chip(route, look.label, palette));
  }
  const cards = [...scene.cards].flatMap(([id, box]) => {
    const node = scene.design.nodes.get(id);
    const kind = kindOf(id);
    if (node === undefined || kind === undefined) return [];
    return [card(box, nodeLook(node, kind, index.nodes.get(id)), icons.get(kind.id) ?? "", palette)];
  });

  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="${font}" role="img">`,
    `<title>${escapeXml(design.name)}</title>`,
    `<defs><pattern id="over" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${palette.over}"/><rect width="2" height="6" fill="${palette.panel}" fill-opacity="0.35"/></pattern></defs>`,
    options.background
      ? `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${palette.canvas}"/>`
      : "",
    ...containers,
    ...lines,
    ...cards,
    ...labels,
    "</svg>",
  ]
    .filter((part) => part !== "")
    .join("\n");
  return `${options.withSource ? embedInSvg(svg, printDesignFile(design)) : svg}\n`;
}

function container(box: Box, title: string, palette: DrawingPalette): string {
  return `<g><rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="10" fill="${palette.wash}" fill-opacity="0.35" stroke="${palette.line}" stroke-width="1.25"/><text x="${box.x + 14}" y="${box.y + 21}" font-size="11" fill="${palette.muted}">${escapeXml(fitText(title, 11, box.width - 28))}</text></g>`;
}

function inkOf(state: EdgeLook["state"], palette: DrawingPalette): string {
  switch (state) {
    case "ok":
      return palette.load;
    case "near":
      return palette.near;
    case "over":
      return palette.over;
    case "unknown":
      return palette.edge;
  }
}

function line(route: EdgeRoute, look: EdgeLook, palette: DrawingPalette): string {
  const ink = inkOf(look.state, palette);
  const path = roundedPath(route.points);
  const opacity = look.state === "ok" ? 0.75 : 0.9;
  const last = route.points.at(-1);
  const before = route.points.at(-2);
  const head = last === undefined || before === undefined ? "" : arrowHead(before, last, ink, look.width);
  if (look.line === "double") {
    return `<g fill="none" stroke-opacity="${opacity}"><path d="${path}" stroke="${ink}" stroke-width="${look.width + 2.5}"/><path d="${path}" stroke="${palette.canvas}" stroke-width="${Math.max(1, look.width - 0.5)}" stroke-opacity="1"/></g>${head}`;
  }
  const dash = look.line === "dashed" ? ' stroke-dasharray="7 5"' : "";
  return `<path d="${path}" fill="none" stroke="${ink}" stroke-opacity="${opacity}" stroke-width="${look.width}"${dash}/>${head}`;
}

function arrowHead(from: { x: number; y: number }, to: { x: number; y: number }, ink: string, width: number): string {
  const size = 5 + width;
  const dx = Math.sign(to.x - from.x);
  const dy = Math.sign(to.y - from.y);
  const points =
    dx !== 0
      ? `${to.x},${to.y} ${to.x - dx * size},${to.y - size * 0.6} ${to.x - dx * size},${to.y + size * 0.6}`
      : `${to.x},${to.y} ${to.x - size * 0.6},${to.y - dy * size} ${to.x + size * 0.6},${to.y - dy * size}`;
  return `<polygon points="${points}" fill="${ink}"/>`;
}

function chip(route: EdgeRoute, label: string, palette: DrawingPalette): string {
  const width = textWidth(label, 11) + 14;
  const { x, y } = route.label;
  return `<g><rect x="${x - width / 2}" y="${y - 9.5}" width="${width}" height="19" rx="4" fill="${palette.panel}" stroke="${palette.line}"/><text x="${x}" y="${y + 4}" font-size="11" text-anchor="middle" fill="${palette.muted}">${escapeXml(label)}</text></g>`;
}

function card(box: Box, look: NodeLook, icon: string, palette: DrawingPalette): string {
  const ink = inkOf(look.state, palette);
  const right = box.x + box.width - 12;
  const textLeft = box.x + 44;
  const nameWidth = right - textLeft - (look.utilizationText === "" ? 0 : textWidth(look.utilizationText, 12.5) + 8);
  const valueInk = look.state === "ok" || look.state === "unknown" ? palette.ink : ink;
  const gaugeLeft = box.x + 12;
  const gaugeWidth = box.width - 24;
  const filled = Math.min(1, Math.max(0, look.utilization ?? 0)) * gaugeWidth;
  const markAt = gaugeLeft + safeUtilization * gaugeWidth;
  const gaugeTop = box.y + 47;
  const gauge =
    look.utilization === null
      ? ""
      : `<rect x="${gaugeLeft}" y="${gaugeTop}" width="${gaugeWidth}" height="5" rx="2.5" fill="${palette.track}"/>` +
        (filled > 0
          ? `<rect x="${gaugeLeft}" y="${gaugeTop}" width="${Math.max(2, filled)}" height="5" rx="2.5" fill="${look.state === "over" ? "url(#over)" : ink}"/>`
          : "") +
        `<circle cx="${markAt}" cy="${gaugeTop + 2.5}" r="4" fill="${palette.panel}" stroke="${palette.mark}" stroke-width="1.5"/><path d="M${markAt - 7} ${gaugeTop + 2.5}h14" stroke="${palette.mark}" stroke-width="1.5"/>`;
  const foot = (x: number, text: string, anchor: "start" | "end"): string =>
    text === ""
      ? ""
      : `<text x="${x}" y="${box.y + 68}" font-size="11" fill="${palette.muted}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
  return [
    "<g>",
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="8" fill="${palette.panel}" stroke="${look.state === "over" ? palette.over : palette.line}" stroke-width="${look.state === "over" ? 1.75 : 1}"/>`,
    `<rect x="${box.x + 12}" y="${box.y + 10}" width="26" height="26" rx="5" fill="${palette.wash}"/>`,
    `<g transform="translate(${box.x + 16.5} ${box.y + 14.5}) scale(0.7083)" color="${look.state === "over" ? palette.over : palette.load}">${iconContent(icon)}</g>`,
    `<text x="${textLeft}" y="${box.y + 21}" font-size="12.5" font-weight="600" fill="${palette.ink}">${escapeXml(fitText(look.name, 12.5, nameWidth))}</text>`,
    look.utilizationText === ""
      ? ""
      : `<text x="${right}" y="${box.y + 21}" font-size="12.5" font-weight="600" fill="${valueInk}" text-anchor="end">${escapeXml(look.utilizationText)}</text>`,
    `<text x="${textLeft}" y="${box.y + 36}" font-size="11" fill="${palette.muted}">${escapeXml(fitText(look.caption, 11, right - textLeft))}</text>`,
    gauge,
    foot(box.x + 12, look.rateText, "start"),
    foot(right, look.latencyText, "end"),
    "</g>",
  ]
    .filter((part) => part !== "")
    .join("");
}

/** The strokes of an icon file with its drawing attributes, without its frame and title. */
function iconContent(icon: string): string {
  const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(icon)?.[1] ?? "";
  const strokes = inside.replace(/<title>[\s\S]*?<\/title>/, "").trim();
  return `<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${strokes}</g>`;
}
