import { describe, expect, it } from "vitest";
import type { Design, DesignEdge, DesignNode } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { routeAll, routeMoved, sameGeometry } from "./routes.ts";

/** A row of cards, each calling the next. */
function row(count: number): { readonly design: Design; readonly boxes: Map<string, Box> } {
  const nodes: DesignNode[] = [];
  const edges: DesignEdge[] = [];
  const boxes = new Map<string, Box>();
  for (let index = 0; index < count; index += 1) {
    nodes.push({ id: `n${index}`, kind: "service", position: { x: index * 300, y: 0 } });
    boxes.set(`n${index}`, { x: index * 300, y: 0, width: 194, height: 76 });
    if (index > 0) edges.push({ id: `e${index}`, source: `n${index - 1}`, target: `n${index}` });
  }
  const table = <Item extends { readonly id: string }>(items: readonly Item[]) =>
    new Map(items.map((item) => [item.id, item]));
  return { design: { ...emptyDesign("Row"), nodes: table(nodes), edges: table(edges) }, boxes };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe("routeMoved", () => {
  it("routes again only what touches the moved part, and the same as routing all would", () => {
    const { design, boxes } = row(100);
    const before = routeAll(design.edges.values(), boxes, new Map());
    boxes.set("n50", { x: 15_000, y: 200, width: 194, height: 76 });
    const after = routeMoved(design, boxes, new Set(["n50"]), before);
    const whole = routeAll(design.edges.values(), boxes, new Map());
    for (const [id, route] of after) {
      if (id === "e50" || id === "e51") expect(route.points).toEqual(whole.get(id)?.points);
      else expect(route).toBe(before.get(id));
    }
    expect(after.get("e50")).not.toBe(before.get("e50"));
    expect(after.size).toBe(99);
  });

  it("keeps routes that come out as they were", () => {
    const { design, boxes } = row(10);
    const before = routeAll(design.edges.values(), boxes, new Map());
    const after = routeMoved(design, boxes, new Set(["n1"]), before);
    for (const [id, route] of after) expect(route).toBe(before.get(id));
  });
});

describe("sameGeometry", () => {
  it("sees through names and settings, and notices places and ends", () => {
    const { design } = row(3);
    const changed = (node: DesignNode): Design => ({ ...design, nodes: new Map(design.nodes).set(node.id, node) });
    const first = { id: "n0", kind: "service" };
    expect(sameGeometry(design, changed({ ...first, name: "Other", position: { x: 0, y: 0 } }))).toBe(true);
    expect(sameGeometry(design, changed({ ...first, position: { x: 1, y: 0 } }))).toBe(false);
    const edges = new Map(design.edges).set("e1", { id: "e1", source: "n0", target: "n2" });
    expect(sameGeometry(design, { ...design, edges })).toBe(false);
  });
});
