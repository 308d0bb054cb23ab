import { describe, expect, test } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { routeEdges } from "#src/design/drawing/edge-routing.ts";
import { sceneOf } from "#src/design/drawing/scene.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { templates } from "../templates/templates.ts";
import { hostileDesign, hostileNames, reportOf, templateDesign } from "../test-designs.ts";
import { readXml, type XmlElement } from "../test-xml.ts";
import { renderSvg } from "./render-svg.ts";
import { thumbnailSvg } from "./thumbnail-svg.ts";

const plain = { theme: "light", background: true, withSource: false } as const;

const elements = new Set(["svg", "title", "defs", "pattern", "rect", "g", "path", "circle", "text", "polygon"]);
const iconElements = new Set(["ellipse", "line", "polyline"]);
const referring = new Set(["href", "xlink:href", "src", "style", "class"]);

function expectHarmless(svg: string): readonly XmlElement[] {
  const found = readXml(svg);
  for (const { name, attributes } of found) {
    expect(elements.has(name) || iconElements.has(name), name).toBe(true);
    for (const [key, value] of attributes) {
      expect(/^on/i.test(key) || referring.has(key), `${name} ${key}`).toBe(false);
      if (value.includes("url(")) expect(value).toBe("url(#over)");
    }
  }
  return found;
}

describe("a drawing", () => {
  test.each(hostileNames)("of %j is well-formed and holds nothing that acts", (name) => {
    const design = hostileDesign(name);
    for (const theme of ["light", "dark"] as const) {
      const found = expectHarmless(renderSvg(design, catalogue, reportOf(design), { ...plain, theme }));
      expect(found.filter((element) => element.name === "title")).toHaveLength(1);
      expectHarmless(thumbnailSvg(design, catalogue, theme));
    }
  });

  test("has the same bytes each time", async () => {
    const design = await templateDesign("three-tier-vpc");
    const report = reportOf(design);
    const options = { ...plain, withSource: true };
    expect(renderSvg(design, catalogue, report, options)).toBe(renderSvg(design, catalogue, reportOf(design), options));
  });

  test("shows what the analysis says: name, utilisation, rate and a label of the edge", async () => {
    const design = await templateDesign("url-shortener");
    const texts = readXml(renderSvg(design, catalogue, reportOf(design), plain)).map(({ text }) => text);
    for (const text of ["Redirect API", "54 %", "miss 20 %", "Region eu-west"]) {
      expect(texts).toContain(text.replace(" %", "\u00a0%"));
    }
  });

  test("without an analysis shows no figure", async () => {
    const design = await templateDesign("url-shortener");
    const texts = readXml(renderSvg(design, catalogue, null, plain)).map(({ text }) => text);
    expect(texts).toContain("Redirect API");
    expect(texts.filter((text) => /^p99|\/s$/.test(text))).toEqual([]);
  });

  test("marks what is over its capacity by a hatched gauge, not by colour alone", async () => {
    const design = await templateDesign("url-shortener");
    const crowded: Design = {
      ...design,
      journeys: new Map([...design.journeys].map(([id, journey]) => [id, { ...journey, ratePerSecond: 200_000 }])),
    };
    expect(renderSvg(crowded, catalogue, reportOf(crowded), plain)).toContain('fill="url(#over)"');
    expect(renderSvg(design, catalogue, reportOf(design), plain)).not.toContain('fill="url(#over)"');
  });

  test("of an empty design is a picture too", () => {
    const found = expectHarmless(renderSvg(emptyDesign("Nothing yet"), catalogue, null, plain));
    expect(Number(found[0]?.attributes.get("width"))).toBeGreaterThan(0);
  });

  test("leaves the canvas colour out when it is not wanted", () => {
    const withIt = renderSvg(emptyDesign(), catalogue, null, plain);
    expect(withIt.length).toBeGreaterThan(
      renderSvg(emptyDesign(), catalogue, null, { ...plain, background: false }).length,
    );
  });
});

describe.each(templates.map(({ id }) => id))("the drawing of the template %s", (id) => {
  test("keeps cards and notes apart and holds inside its containers what belongs there", async () => {
    const design = await templateDesign(id);
    const { cards, annotations, containers, bounds } = sceneOf(
      design,
      (kind) => catalogue.get(kind)?.isContainer === true,
    );
    const boxes = [...cards.values(), ...annotations.map(({ box }) => box)];
    for (const [index, box] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        const apart =
          box.x >= other.x + other.width + 16 ||
          other.x >= box.x + box.width + 16 ||
          box.y >= other.y + other.height + 16 ||
          other.y >= box.y + box.height + 16;
        expect(apart, `${JSON.stringify(box)} ${JSON.stringify(other)}`).toBe(true);
      }
    }
    // Containers hold what is inside them, with room for their title.
    for (const node of design.nodes.values()) {
      const holder = containers.find((container) => container.id === node.parent)?.box;
      const box = cards.get(node.id) ?? containers.find((container) => container.id === node.id)?.box;
      if (holder === undefined || box === undefined) continue;
      expect(box.y).toBeGreaterThanOrEqual(holder.y + 32);
      expect(box.x).toBeGreaterThanOrEqual(holder.x + 16);
      expect(box.x + box.width).toBeLessThanOrEqual(holder.x + holder.width - 16);
      expect(box.y + box.height).toBeLessThanOrEqual(holder.y + holder.height - 16);
    }
    expect(bounds.width).toBeLessThan(2500);
  });

  test("leads no line through a card", async () => {
    const { cards, design } = sceneOf(await templateDesign(id), (kind) => catalogue.get(kind)?.isContainer === true);
    const routes = routeEdges(cards, [...design.edges.values()]);
    for (const { id: edge, source, target } of design.edges.values()) {
      const points = routes.get(edge)?.points ?? [];
      for (const [index, to] of points.slice(1).entries()) {
        const from = points[index] ?? to;
        for (const [card, box] of cards) {
          if (card === source || card === target) continue;
          const isThrough =
            Math.max(from.x, to.x) > box.x &&
            Math.min(from.x, to.x) < box.x + box.width &&
            Math.max(from.y, to.y) > box.y &&
            Math.min(from.y, to.y) < box.y + box.height;
          expect(isThrough, `${edge} through ${card}`).toBe(false);
        }
      }
    }
  });
});
