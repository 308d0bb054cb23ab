import { describe, expect, it } from "vitest";
import type { Design, DesignNode } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { isContainerKind } from "./canvas-store.ts";
import { containerAt, outermost } from "./containers.ts";

const nodes: readonly DesignNode[] = [
  { id: "region", kind: "region", position: { x: 0, y: 0 }, size: { width: 600, height: 400 } },
  {
    id: "zone",
    kind: "availability-zone",
    parent: "region",
    position: { x: 50, y: 50 },
    size: { width: 300, height: 200 },
  },
  { id: "api", kind: "service", parent: "zone", position: { x: 20, y: 40 } },
  { id: "other", kind: "service", position: { x: 900, y: 0 } },
];
const design: Design = { ...emptyDesign("Nested"), nodes: new Map(nodes.map((node) => [node.id, node])) };
const boxes = new Map([
  ["region", { x: 0, y: 0, width: 600, height: 400 }],
  ["zone", { x: 50, y: 50, width: 300, height: 200 }],
  ["api", { x: 70, y: 90, width: 194, height: 76 }],
]);
const at = (x: number, y: number, excluded: readonly string[] = []) =>
  containerAt(design, boxes, isContainerKind, { x, y }, excluded);

describe("containerAt", () => {
  it("finds the innermost container at a point", () => {
    expect(at(100, 100)).toBe("zone");
    expect(at(500, 100)).toBe("region");
    expect(at(700, 100)).toBeNull();
  });

  it("passes over what is being moved and what is inside it", () => {
    expect(at(100, 100, ["zone"])).toBe("region");
    expect(at(100, 100, ["region"])).toBeNull();
  });
});

describe("outermost", () => {
  it("leaves out what is inside another of the chosen", () => {
    expect(outermost(design, ["region", "api", "other"])).toEqual(["region", "other"]);
    expect(outermost(design, ["api"])).toEqual(["api"]);
  });
});
