import { expect, test } from "vitest";
import type { Annotation, Design, DesignNode } from "../document.ts";
import { emptyDesign } from "../empty-design.ts";
import { nodeSize } from "../quick-layout.ts";
import { sceneOf } from "./scene.ts";

function designOf(nodes: readonly DesignNode[], annotations: readonly Annotation[] = []): Design {
  return {
    ...emptyDesign(),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    annotations: new Map(annotations.map((annotation) => [annotation.id, annotation])),
  };
}

const isContainer = (kind: string) => kind === "zone";

test("positions inside containers add up, and outer containers come first", () => {
  const scene = sceneOf(
    designOf([
      { id: "api", kind: "service", parent: "inner", position: { x: 5, y: 7 } },
      { id: "inner", kind: "zone", parent: "outer", position: { x: 10, y: 20 }, size: { width: 300, height: 200 } },
      { id: "outer", kind: "zone", position: { x: 100, y: 100 }, size: { width: 500, height: 400 } },
    ]),
    isContainer,
  );
  expect(scene.cards.get("api")).toEqual({ x: 115, y: 127, ...nodeSize });
  expect(scene.containers.map(({ id, depth }) => [id, depth])).toEqual([
    ["outer", 0],
    ["inner", 1],
  ]);
  expect(scene.bounds).toEqual({ x: 100, y: 100, width: 500, height: 400 });
});

test("what has no position is laid out, without changing what has", () => {
  const scene = sceneOf(
    designOf([
      { id: "placed", kind: "service", position: { x: 40, y: 50 } },
      { id: "new", kind: "service" },
    ]),
    isContainer,
  );
  expect(scene.cards.get("placed")).toEqual({ x: 40, y: 50, ...nodeSize });
  expect(scene.cards.has("new")).toBe(true);
  expect(scene.design.nodes.get("new")?.position).toBeDefined();
});

test("annotations belong to the picture, freehand lines by their points", () => {
  const scene = sceneOf(
    designOf(
      [{ id: "zone", kind: "zone", position: { x: 0, y: 0 }, size: { width: 100, height: 100 } }],
      [
        { id: "note", type: "note", parent: "zone", position: { x: 10, y: 20 }, size: { width: 400, height: 30 } },
        { id: "line", type: "freehand", position: { x: 50, y: 50 }, points: [0, 0, -70, 10, 5, 300] },
        { id: "nowhere", type: "text" },
      ],
    ),
    isContainer,
  );
  expect(scene.annotations.map(({ annotation, box }) => [annotation.id, box])).toEqual([
    ["note", { x: 10, y: 20, width: 400, height: 30 }],
    ["line", { x: -20, y: 50, width: 75, height: 300 }],
  ]);
  expect(scene.bounds).toEqual({ x: -20, y: 0, width: 430, height: 350 });
});

test("an empty design has an empty scene", () => {
  expect(sceneOf(designOf([]), isContainer).bounds).toEqual({ x: 0, y: 0, width: 0, height: 0 });
});
