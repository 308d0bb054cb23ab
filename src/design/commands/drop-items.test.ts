import { describe, expect, it } from "vitest";
import type { Design } from "../document.ts";
import { emptyDesign } from "../empty-design.ts";
import { absolutePosition } from "../queries.ts";
import { testKinds } from "../test-designs.ts";
import { dropItems } from "./drop-items.ts";

const container = testKinds.known().find((kind) => testKinds.isContainer(kind)) ?? "";

const design: Design = {
  ...emptyDesign("Drop"),
  nodes: new Map([
    ["box", { id: "box", kind: container, position: { x: 100, y: 100 }, size: { width: 400, height: 300 } }],
    ["api", { id: "api", kind: "service", position: { x: 0, y: 0 } }],
  ]),
};

describe("dropItems", () => {
  it("moves into a container and keeps the place on the screen", () => {
    const positions = new Map([["api", { x: 150, y: 160 }]]);
    const outcome = dropItems(design, { positions, ids: ["api"], parent: "box", kinds: testKinds });
    if (!outcome.ok) throw new Error(outcome.problem.message);
    expect(outcome.value.nodes.get("api")).toMatchObject({ parent: "box", position: { x: 50, y: 60 } });
    expect(absolutePosition(outcome.value, "api")).toEqual({ x: 150, y: 160 });
  });

  it("refuses a container inside itself, and changes nothing then", () => {
    const outcome = dropItems(design, { positions: new Map(), ids: ["box"], parent: "box", kinds: testKinds });
    expect(outcome.ok).toBe(false);
  });
});
