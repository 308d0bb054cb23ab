import { describe, expect, test } from "vitest";
import { moveNodes } from "./commands/move-nodes.ts";
import type { Design, DesignNode } from "./document.ts";
import { emptyDesign } from "./empty-design.ts";
import { needsLayout } from "./queries.ts";
import { containerPadding, nodeSize, placeMissing, placeQuickly } from "./quick-layout.ts";

function designOf(nodes: readonly DesignNode[], edges: readonly (readonly [string, string])[]): Design {
  return {
    ...emptyDesign("layout"),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: new Map(
      edges.map(([source, target]) => [`${source}-${target}`, { id: `${source}-${target}`, source, target }]),
    ),
  };
}

const service = (id: string, parent?: string): DesignNode => ({
  id,
  kind: "service",
  ...(parent === undefined ? {} : { parent }),
});

describe("placeQuickly", () => {
  test("puts each node to the right of everything that calls it", () => {
    const design = designOf(
      ["db", "api", "client", "cache"].map((id) => service(id)),
      [
        ["client", "api"],
        ["api", "cache"],
        ["cache", "db"],
        ["api", "db"],
      ],
    );
    const { positions } = placeQuickly(design);
    const x = (id: string) => positions.get(id)?.x ?? Number.NaN;
    expect(x("client")).toBeLessThan(x("api"));
    expect(x("api")).toBeLessThan(x("cache"));
    expect(x("cache")).toBeLessThan(x("db"));
  });

  test("ends on cycles and on long chains, and leaves no two cards overlapping", () => {
    const ids = Array.from({ length: 3000 }, (_, index) => `n${index}`);
    const edges = ids.map((id, index): [string, string] => [id, ids[(index + 1) % ids.length] ?? id]);
    const { positions } = placeQuickly(
      designOf(
        ids.map((id) => service(id)),
        edges,
      ),
    );
    expect(positions.size).toBe(ids.length);
    const taken = new Set([...positions.values()].map(({ x, y }) => `${x},${y}`));
    expect(taken.size).toBe(ids.length);
  });

  test("a container holds its children with room for its title, at any depth", () => {
    const design = designOf(
      [service("region"), service("zone", "region"), service("a", "zone"), service("b", "zone"), service("out")],
      [
        ["a", "b"],
        ["b", "out"],
      ],
    );
    const { positions, sizes } = placeQuickly(design);
    for (const [child, parent] of [
      ["a", "zone"],
      ["b", "zone"],
      ["zone", "region"],
    ] as const) {
      const at = positions.get(child);
      const room = sizes.get(parent);
      const box = sizes.get(child) ?? nodeSize;
      expect(at?.x).toBeGreaterThanOrEqual(containerPadding.side);
      expect(at?.y).toBeGreaterThanOrEqual(containerPadding.top);
      expect((at?.x ?? 0) + box.width).toBeLessThanOrEqual((room?.width ?? 0) - containerPadding.side);
      expect((at?.y ?? 0) + box.height).toBeLessThanOrEqual((room?.height ?? 0) - containerPadding.bottom);
    }
    expect(positions.get("out")?.x).toBeGreaterThanOrEqual(sizes.get("region")?.width ?? Infinity);
    const placed = moveNodes(design, { positions, sizes });
    expect(placed.ok && needsLayout(placed.value)).toBe(false);
  });

  test("the same design is always drawn the same", () => {
    const design = designOf([service("a"), service("b"), service("c")], [["a", "c"]]);
    expect(placeQuickly(design)).toEqual(placeQuickly(design));
  });
});

describe("placeMissing", () => {
  test("moves nothing that has a place and puts the rest clear of it", () => {
    const placed: DesignNode = { ...service("placed"), position: { x: 500, y: 40 } };
    const design = designOf([placed, service("new-1"), service("new-2")], []);
    const { positions } = placeMissing(design);
    expect(positions.has("placed")).toBe(false);
    expect(positions.get("new-1")).toEqual({ x: 500, y: 40 + nodeSize.height + 28 });
    expect(positions.get("new-2")?.x).toBeGreaterThanOrEqual(500 + nodeSize.width);
  });
});
