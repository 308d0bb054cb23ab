import { icons } from "#library/icons.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import { roundedPath, routeEdges } from "#src/design/drawing/edge-routing.ts";
import { sceneOf } from "#src/design/drawing/scene.ts";
import { palettes } from "./palette.ts";

/** The picture is made for a frame of about this many pixels: lines are as wide as look right there. */
const frame = { width: 270, height: 150 } as const;
/** Icons are drawn on a grid of 24 × 24. */
const iconGrid = 24;
const most = { unitsPerPixel: 9, iconSize: 52 } as const;

/**
 * A small picture of a design as SVG: its shape, its containers and its icons, without words or figures, which nobody could
 * read at that size. Deterministic, from the model.
 */
export function thumbnailSvg(design: Design, catalogue: Catalogue, theme: "light" | "dark"): string {
  const palette = palettes[theme];
  const scene = sceneOf(design, (kind) => catalogue.get(kind)?.isContainer === true);
  const { x, y, width, height } = scene.bounds;
  // Canvas units under one pixel of the frame.
  const unit = Math.min(most.unitsPerPixel, Math.max(1, width / frame.width, height / frame.height));
  const margin = 2 * unit;
  const size = (pixels: number) => Math.round(pixels * unit * 10) / 10;

  const containers = scene.containers.map(
    ({ box }) =>
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${size(3)}" fill="${palette.load}" fill-opacity="0.05" stroke="${palette.load}" stroke-opacity="0.3" stroke-width="${size(1)}"/>`,
  );
  const lines = [...routeEdges(scene.cards, [...design.edges.values()]).values()].map(
    (route) =>
      `<path d="${roundedPath(route.points)}" fill="none" stroke="${palette.load}" stroke-opacity="0.55" stroke-width="${size(1.25)}"/>`,
  );
  const cards = [...scene.cards].map(([id, box]) => {
    const icon = icons.get(scene.design.nodes.get(id)?.kind ?? "") ?? "";
    const iconSize = Math.min(most.iconSize, 14 * unit);
    const iconX = box.x + (box.width - iconSize) / 2;
    const iconY = box.y + (box.height - iconSize) / 2;
    return [
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${size(2.5)}" fill="${palette.panel}" stroke="${palette.edge}" stroke-opacity="0.6" stroke-width="${size(1)}"/>`,
      `<g transform="translate(${iconX} ${iconY}) scale(${iconSize / iconGrid})" color="${palette.load}">${icon}</g>`,
    ].join("");
  });
  const view = `${x - margin} ${y - margin} ${width + 2 * margin} ${height + 2 * margin}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}">${containers.join("")}${lines.join("")}${cards.join("")}</svg>\n`;
}
