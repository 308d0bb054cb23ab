import { expect, test } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { thumbnailSvg } from "./thumbnail-svg.ts";

const design: Design = {
  ...emptyDesign("<script>"),
  nodes: new Map([
    ["zone", { id: "zone", kind: "availability-zone" }],
    ["a", { id: "a", kind: "client", name: "<b>" }],
    ["b", { id: "b", kind: "service", parent: "zone" }],
  ]),
  edges: new Map([["e", { id: "e", source: "a", target: "b" }]]),
};

test("shows every card, container and line once, with icons and without words", () => {
  const svg = thumbnailSvg(design, catalogue, "light");
  expect(svg.match(/<g transform/g)).toHaveLength(2);
  expect(svg.match(/fill="none" stroke="#2563eb"/g)).toHaveLength(1);
  expect(svg).not.toContain("<text");
  expect(svg).not.toContain("<b>");
  expect(svg).not.toContain("NaN");
  expect(svg).toBe(thumbnailSvg(design, catalogue, "light"));
});

test("an empty design has a valid, empty picture", () => {
  const svg = thumbnailSvg(emptyDesign(), catalogue, "dark");
  expect(svg).toMatch(/^<svg[^>]*><\/svg>\n$/);
  expect(svg).not.toContain("NaN");
});
