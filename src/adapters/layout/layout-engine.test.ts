import { createRequire } from "node:module";
import { expect, test } from "vitest";
import type { Design, DesignNode } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { nodeSize } from "#src/design/quick-layout.ts";
import { createLayoutEngine } from "./layout-engine.ts";

/** The layout kernel's own stand-in for a worker, for programs without workers. */
const kernel: { readonly Worker: new () => Worker } = createRequire(import.meta.url)("elkjs/lib/elk-worker.min.js");
const startWorker = () => Object.assign(new kernel.Worker(), { terminate: () => {} });

function designOf(nodes: readonly DesignNode[], edges: readonly (readonly [string, string])[]): Design {
  return {
    ...emptyDesign(),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: new Map(edges.map(([source, target], index) => [`e${index}`, { id: `e${index}`, source, target }])),
  };
}

const nested = designOf(
  [
    { id: "client", kind: "client" },
    { id: "zone", kind: "availability-zone", size: { width: 10, height: 10 } },
    { id: "api", kind: "service", parent: "zone" },
    { id: "db", kind: "relational-database", parent: "zone" },
    { id: "empty", kind: "region", size: { width: 10, height: 10 } },
  ],
  [
    ["client", "api"],
    ["api", "db"],
    ["api", "api"],
  ],
);

test("runs from left to right, with children inside their container and places relative to it", async () => {
  const { positions, sizes } = await createLayoutEngine(startWorker).layout(nested, new AbortController().signal);
  const at = (id: string) => positions.get(id) ?? { x: Number.NaN, y: Number.NaN };
  const zone = sizes.get("zone") ?? { width: 0, height: 0 };
  expect(at("client").x + nodeSize.width).toBeLessThanOrEqual(at("zone").x);
  expect(at("api").x + nodeSize.width).toBeLessThan(at("db").x);
  for (const id of ["api", "db"]) {
    expect(at(id).x).toBeGreaterThan(0);
    expect(at(id).x + nodeSize.width).toBeLessThan(zone.width);
    expect(at(id).y + nodeSize.height).toBeLessThan(zone.height);
  }
  expect(sizes.get("empty")?.width).toBeGreaterThanOrEqual(260);
});

test("lays the same design out the same every time", async () => {
  const engine = createLayoutEngine(startWorker);
  const { signal } = new AbortController();
  expect(await engine.layout(nested, signal)).toEqual(await engine.layout(nested, signal));
});

test("ends when it is cancelled, and does not start when it already was", async () => {
  const cancelled = new AbortController();
  const engine = createLayoutEngine(startWorker);
  const running = engine.layout(nested, cancelled.signal);
  cancelled.abort();
  await expect(running).rejects.toThrow("cancelled");
  await expect(engine.layout(nested, cancelled.signal)).rejects.toThrow();
});
