import { describe, expect, it } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { addNode } from "#src/design/commands/add-node.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { addConnectedNode, nodeOfPart, readPart, writePart } from "./placing.ts";

describe("parts on their way to the canvas", () => {
  it("travel as text and come back", () => {
    expect(readPart(writePart({ kind: "cache", preset: "Redis" }))).toEqual({ kind: "cache", preset: "Redis" });
    expect(readPart(writePart({ kind: "service" }))).toEqual({ kind: "service" });
  });

  it("are refused when they are no parts", () => {
    for (const text of ["", "{", "[]", '"service"', '{"kind":"no-such-kind"}', '{"kind":5}', '{"kind":"__proto__"}']) {
      expect(readPart(text)).toBeNull();
    }
  });
});

describe("nodeOfPart", () => {
  it("gives ids and names of their own, in a container or outside", () => {
    const first = nodeOfPart(emptyDesign("D"), { kind: "service" }, { x: 1.4, y: 2.6 }, null);
    expect(first).toEqual({ id: "service", kind: "service", name: "Service", position: { x: 1, y: 3 } });
    const added = addNode(emptyDesign("D"), { node: first, kinds: kindDirectory });
    if (!added.ok) throw new Error(added.problem.message);
    const second = nodeOfPart(added.value, { kind: "service" }, { x: 0, y: 0 }, "region");
    expect(second).toMatchObject({ id: "service-2", name: "Service 2", parent: "region" });
  });

  it("makes nodes that the design accepts, from every kind and every preset", () => {
    for (const kind of catalogue.values()) {
      for (const preset of [undefined, ...kind.presets.map(({ title }) => title)]) {
        const part = preset === undefined ? { kind: kind.id } : { kind: kind.id, preset };
        const node = nodeOfPart(emptyDesign("D"), part, { x: 0, y: 0 }, null);
        expect(addNode(emptyDesign("D"), { node, kinds: kindDirectory })).toMatchObject({ ok: true });
        if (preset !== undefined) expect(node.settings).toBeDefined();
      }
    }
  });
});

describe("addConnectedNode", () => {
  it("adds the part and the connection together", () => {
    const node = { id: "api", kind: "service" };
    const added = addNode(emptyDesign("D"), { node, kinds: kindDirectory });
    if (!added.ok) throw new Error(added.problem.message);
    const outcome = addConnectedNode(added.value, { node: { id: "db", kind: "cache" }, source: "api" });
    if (!outcome.ok) throw new Error(outcome.problem.message);
    expect([...outcome.value.edges.values()]).toEqual([{ id: "api-to-db", source: "api", target: "db" }]);
    expect(addConnectedNode(added.value, { node: { id: "db", kind: "cache" }, source: "gone" }).ok).toBe(false);
  });
});
