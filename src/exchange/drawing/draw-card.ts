import { safeUtilization } from "#src/compile/report.ts";
import type { Box } from "#src/design/drawing/box.ts";
import type { EdgeLook } from "#src/insights/look/edge-look.ts";
import type { NodeLook } from "#src/insights/look/node-look.ts";
import type { DrawingPalette } from "./palette.ts";
import { escapeXml, fitText, num, textWidth } from "./svg-text.ts";

const inset = 12;
const nameSize = 12.5;
const smallSize = 11;
const iconTile = 26;
/** Icons are drawn on a grid of 24 × 24. */
const iconScale = 17 / 24;

export function inkOf(state: EdgeLook["state"], palette: DrawingPalette): string {
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

/** The hatching that marks a full gauge without colour; its id is `over`. */
export function overPattern(palette: DrawingPalette): string {
  return `<pattern id="over" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${palette.over}"/><rect width="2" height="6" fill="${palette.panel}" fill-opacity="0.35"/></pattern>`;
}

/** A node's card: icon, name, kind with its size, utilisation, gauge with the safe line at its mark, rate and p99. */
export function drawCard(box: Box, look: NodeLook, icon: string, palette: DrawingPalette): string {
  const { x, y } = box;
  const left = x + inset;
  const right = x + box.width - inset;
  const textLeft = left + iconTile + 6;
  const isOver = look.state === "over";
  const figureWidth = look.utilizationText === "" ? 0 : textWidth(look.utilizationText, nameSize, 600) + 8;
  const figureInk = look.state === "near" || isOver ? inkOf(look.state, palette) : palette.ink;
  const rateRoom = (right - left) * (look.latencyText === "" ? 1 : 0.46);
  return [
    "<g>",
    `<rect x="${num(x)}" y="${num(y)}" width="${num(box.width)}" height="${num(box.height)}" rx="8" fill="${palette.panel}" stroke="${isOver ? palette.over : palette.line}" stroke-width="${isOver ? 1.75 : 1}"/>`,
    `<rect x="${num(left)}" y="${num(y + 10)}" width="${iconTile}" height="${iconTile}" rx="5" fill="${palette.wash}"/>`,
    `<g transform="translate(${num(left + 4.5)} ${num(y + 14.5)}) scale(${iconScale.toFixed(4)})" color="${isOver ? palette.over : palette.load}">${iconContent(icon)}</g>`,
    text(textLeft, y + 21, fitText(look.name, nameSize, right - textLeft - figureWidth, 600), {
      size: nameSize,
      ink: palette.ink,
      strong: true,
    }),
    text(right, y + 21, look.utilizationText, { size: nameSize, ink: figureInk, strong: true, end: true }),
    text(textLeft, y + 36, fitText(look.caption, smallSize, right - textLeft), {
      size: smallSize,
      ink: palette.muted,
    }),
    look.utilization === null ? "" : gauge(left, y + 47, right - left, look.utilization, look.state, palette),
    text(left, y + 68, fitText(look.rateText, smallSize, rateRoom), { size: smallSize, ink: palette.muted }),
    text(right, y + 68, fitText(look.latencyText, smallSize, right - left - rateRoom + 8), {
      size: smallSize,
      ink: palette.muted,
      end: true,
    }),
    "</g>",
  ].join("");
}

interface TextStyle {
  readonly size: number;
  readonly ink: string;
  readonly strong?: boolean;
  readonly end?: boolean;
}

function text(x: number, y: number, content: string, { size, ink, strong = false, end = false }: TextStyle): string {
  if (content === "") return "";
  return `<text x="${num(x)}" y="${num(y)}" font-size="${size}"${strong ? ' font-weight="600"' : ""} fill="${ink}"${end ? ' text-anchor="end"' : ""}>${escapeXml(content)}</text>`;
}

/** Utilisation filled against the safe line, which is the mark of the product: a circle crossed by a line. */
function gauge(
  left: number,
  top: number,
  width: number,
  utilization: number,
  state: NodeLook["state"],
  palette: DrawingPalette,
): string {
  const filled = Math.min(1, Math.max(0, utilization)) * width;
  const ink = state === "over" ? "url(#over)" : inkOf(state, palette);
  const bar = (barWidth: number, fill: string) =>
    `<rect x="${num(left)}" y="${num(top)}" width="${num(barWidth)}" height="5" rx="2.5" fill="${fill}"/>`;
  const markAt = left + safeUtilization * width;
  const middle = top + 2.5;
  return [
    bar(width, palette.track),
    filled > 0 ? bar(Math.max(2, filled), ink) : "",
    `<circle cx="${num(markAt)}" cy="${num(middle)}" r="4" fill="${palette.panel}" stroke="${palette.mark}" stroke-width="1.5"/>`,
    `<path d="M${num(markAt - 7)} ${num(middle)}h14" stroke="${palette.mark}" stroke-width="1.5"/>`,
  ].join("");
}

/** The strokes of an icon file with its drawing attributes, without its frame and title. */
function iconContent(icon: string): string {
  const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(icon)?.[1] ?? "";
  const strokes = inside.replace(/<title>[\s\S]*?<\/title>/, "").trim();
  return `<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${strokes}</g>`;
}
