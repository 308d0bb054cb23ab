import { describe, expect, it } from "vitest";
import type { Design, DesignNode } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { isContainerKind } from "./canvas-store.ts";
import { boxesOf, type FlowNode, flowEdgesOf, flowNodesOf } from "./flow-nodes.ts";

const records: readonly DesignNode[] = [
  { id: "api", kind: "service", parent: "zone", position: { x: 20, y: 40 } },
  {
    id: "zone",
    kind: "availability-zone",
    parent: "region",
    position: { x: 50, y: 60 },
    size: { width: 300, height: 200 },
  },
  { id: "region", kind: "region", position: { x: 100, y: 100 }, size: { width: 600, height: 400 } },
  { id: "db", kind: "relational-database", position: { x: 900, y: 0 } },
];
const design: Design = {
  ...emptyDesign("Nested"),
  nodes: new Map(records.map((node) => [node.id, node])),
  edges: new Map([["e", { id: "e", source: "api", target: "db" }]]),
};
const nothing: ReadonlySet<string> = new Set();
const byId = (nodes: readonly FlowNode[]) => new Map(nodes.map((node) => [node.id, node]));

describe("flowNodesOf", () => {
  it("puts holders before what they hold, whatever the order of the file", () => {
    const ids = flowNodesOf(design, isContainerKind, nothing, new Map()).map(({ id }) => id);
    expect(ids).toEqual(["region", "zone", "api", "db"]);
  });

  it("gives size, measurement and handles, so that nothing has to be mounted to be measured", () => {
    for (const node of flowNodesOf(design, isContainerKind, nothing, new Map())) {
      expect(node.width).toBeGreaterThan(0);
      expect(node.measured).toEqual({ width: node.width, height: node.height });
      expect(node.handles?.map(({ type }) => type)).toEqual(["source", "target"]);
    }
  });

  it("keeps every node that did not change", () => {
    const before = byId(flowNodesOf(design, isContainerKind, nothing, new Map()));
    const moved = { ...design, nodes: new Map(design.nodes).set("db", { ...records[3], id: "db", kind: "cache" }) };
    const after = byId(flowNodesOf(moved, isContainerKind, new Set(["zone"]), before));
    expect(after.get("api")).toBe(before.get("api"));
    expect(after.get("region")).toBe(before.get("region"));
    expect(after.get("db")).not.toBe(before.get("db"));
    expect(after.get("zone")?.selected).toBe(true);
  });

  it("keeps edges that did not change", () => {
    const before = flowEdgesOf(design, nothing, new Map());
    const known = new Map(before.map((edge) => [edge.id, edge]));
    expect(flowEdgesOf({ ...design, name: "Other" }, nothing, known)[0]).toBe(before[0]);
    expect(flowEdgesOf(design, new Set(["e"]), known)[0]).not.toBe(before[0]);
  });
});

describe("boxesOf", () => {
  it("adds up the places of all holders", () => {
    const boxes = boxesOf(flowNodesOf(design, isContainerKind, nothing, new Map()));
    expect(boxes.get("api")).toEqual({ x: 170, y: 200, width: 194, height: 76 });
    expect(boxes.get("zone")).toMatchObject({ x: 150, y: 160 });
  });
});
