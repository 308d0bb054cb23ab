import type { Annotation } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/box.ts";
import type { DrawingPalette } from "./palette.ts";
import { escapeXml, num, wrapText } from "./svg-text.ts";

const textSize = 12;
const lineHeight = 17;
const inset = 12;

/** A note (a sheet with a bar at its side), a text, a frame with its title, or a freehand line. */
export function drawAnnotation(annotation: Annotation, box: Box, palette: DrawingPalette): string {
  const { text = "", points = [], type } = annotation;
  switch (type) {
    case "note":
      return `<g><rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" rx="2" fill="${palette.track}" fill-opacity="0.55"/><rect x="${num(box.x)}" y="${num(box.y)}" width="3" height="${num(box.height)}" fill="${palette.edge}"/>${textLines(text, { ...box, x: box.x + 3, width: box.width - 3 }, inset, palette.ink)}</g>`;
    case "text":
      return textLines(text, { ...box, height: Math.max(box.height, lineHeight) }, 0, palette.ink);
    case "frame":
      return `<g><rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" rx="4" fill="none" stroke="${palette.edge}" stroke-dasharray="2 4"/>${textLines(text, { ...box, height: lineHeight + 14 }, 8, palette.muted)}</g>`;
    case "freehand":
      return points.length < 4
        ? ""
        : `<path d="${freehandPath(annotation, box)}" fill="none" stroke="${palette.ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`;
  }
}

function textLines(text: string, box: Box, padding: number, ink: string): string {
  const room = Math.max(1, Math.floor((box.height - 2 * padding + 4) / lineHeight));
  return wrapText(text, textSize, box.width - 2 * padding, room)
    .map((line, index) =>
      line === ""
        ? ""
        : `<text x="${num(box.x + padding)}" y="${num(box.y + padding + textSize + index * lineHeight)}" font-size="${textSize}" fill="${ink}">${escapeXml(line)}</text>`,
    )
    .join("");
}

/** `box` begins at the least coordinates of the points, which count from the annotation's own position. */
function freehandPath({ points = [] }: Annotation, box: Box): string {
  let [left, top] = [0, 0];
  for (const [index, value] of points.entries()) {
    if (index % 2 === 0) left = Math.min(left, value);
    else top = Math.min(top, value);
  }
  let path = "";
  for (let index = 0; index + 1 < points.length; index += 2) {
    path += `${index === 0 ? "M" : "L"}${num(box.x - left + (points[index] ?? 0))} ${num(box.y - top + (points[index + 1] ?? 0))}`;
  }
  return path;
}
