import { describe, expect, test } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { UNIT_SPACE } from "#src/base/format.ts";
import { prepareAnalysis } from "#src/compile/analyse.ts";
import type { Design, DesignEdge, DesignNode } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { edgeLook, edgeWidth, reportIndex } from "./edge-look.ts";
import { nodeLook, stateOf } from "./node-look.ts";

/** A client, a service of 200/s, a cache in front of a database, at a rate. */
function designAt(ratePerSecond: number, edges: readonly Partial<DesignEdge>[] = []): Design {
  const nodes: readonly DesignNode[] = [
    { id: "user", kind: "client", name: "Users" },
    {
      id: "api",
      kind: "service",
      settings: { instances: 1, concurrency: 1, capacityPerSecond: 200, latencyMs: 5, holdsWorkerWhileWaiting: false },
    },
    { id: "cache", kind: "cache", settings: { hitRatio: 0.8 } },
    { id: "store", kind: "relational-database" },
    { id: "copy", kind: "read-replica" },
  ];
  const drawn: readonly DesignEdge[] = [
    { id: "in", source: "user", target: "api" },
    { id: "ask", source: "api", target: "cache" },
    { id: "miss", source: "api", target: "store" },
    { id: "apply", source: "store", target: "copy" },
  ];
  return {
    ...emptyDesign("Shop"),
    journeys: new Map([["j", { id: "j", source: "user", ratePerSecond }]]),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: new Map(drawn.map((edge, index) => [edge.id, { ...edge, ...edges[index] }])),
  };
}

function looksOf(design: Design) {
  const prepared = prepareAnalysis(design, catalogue);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problem));
  const index = reportIndex(fullReportAt(prepared.value, catalogue, 1));
  const kindOf = (id: string) => catalogue.get(design.nodes.get(id)?.kind ?? "");
  return {
    node(id: string) {
      const node = design.nodes.get(id);
      const kind = kindOf(id);
      if (node === undefined || kind === undefined) throw new Error(`No node ${id}`);
      return nodeLook(node, kind, index.nodes.get(id));
    },
    edge(id: string) {
      const edge = design.edges.get(id);
      if (edge === undefined) throw new Error(`No edge ${id}`);
      return edgeLook(design, edge, kindOf, index.edges.get(id), index.nodes.get(edge.target));
    },
  };
}

describe("the card of a node", () => {
  test("says what the analysis says", () => {
    const look = looksOf(designAt(100)).node("api");
    expect(look).toMatchObject({ name: "api", state: "ok", utilizationText: `50${UNIT_SPACE}%`, rateText: "100/s" });
    expect(look.latencyText).toMatch(/^p99 /);
  });

  test.each([
    [139, "ok"],
    [141, "near"],
    [199, "near"],
    [201, "over"],
  ])("at %i/s of 200/s is %s", (rate, state) => {
    expect(looksOf(designAt(rate)).node("api").state).toBe(state);
  });

  test("says that there is no steady state when more is offered than it can serve", () => {
    const look = looksOf(designAt(300)).node("api");
    expect(look.latencyText).toBe("no steady state");
    expect(look.utilization).toBeCloseTo(1.5, 6);
  });

  test("of what serves nothing shows a rate and no gauge", () => {
    expect(looksOf(designAt(100)).node("user")).toMatchObject({
      utilization: null,
      rateText: "100/s",
      latencyText: "",
    });
  });

  test("is unknown without a report", () => {
    const kind = catalogue.get("service");
    if (kind === undefined) throw new Error("No kind");
    expect(nodeLook({ id: "api", kind: "service" }, kind, undefined)).toMatchObject({ state: "unknown", rateText: "" });
  });

  test("a saturated node is over whatever its figure", () => {
    const prepared = prepareAnalysis(designAt(100), catalogue);
    if (!prepared.ok) throw new Error("unprepared");
    const report = fullReportAt(prepared.value, catalogue, 1).nodes.find(({ id }) => id === "api");
    if (report === undefined) throw new Error("No report");
    expect(stateOf({ ...report, saturated: true })).toBe("over");
  });
});

describe("the line of an edge", () => {
  test("is solid, dashed or double by its mode", () => {
    const looks = looksOf(designAt(100, [{}, {}, { settings: { mode: "asynchronous" } }]));
    expect([looks.edge("in").line, looks.edge("miss").line, looks.edge("apply").line]).toEqual([
      "solid",
      "dashed",
      "double",
    ]);
  });

  test("has the state of what it leads to", () => {
    const looks = looksOf(designAt(300));
    expect(looks.edge("in").state).toBe("over");
    expect(looks.edge("ask").state).toBe("ok");
  });

  test("grows by the same step with each tenfold rate, between a thinnest and a thickest line", () => {
    expect(edgeWidth(0)).toBe(edgeWidth(1));
    expect(edgeWidth(1000) - edgeWidth(100)).toBeCloseTo(edgeWidth(100) - edgeWidth(10), 9);
    expect(edgeWidth(1e12)).toBe(5);
  });

  test.each([
    [{}, `miss 20${UNIT_SPACE}%`],
    [{ name: "orders" }, `orders, miss 20${UNIT_SPACE}%`],
    [{ settings: { condition: "always", calls: 3 } }, "×3"],
    [{ settings: { condition: "always", timeoutMs: 200, retries: 1 } }, `timeout 200${UNIT_SPACE}ms, 1 retry`],
    [{ settings: { condition: "write", retries: 2 } }, "writes, 2 retries"],
  ] as const)("with %j says %j", (change, label) => {
    expect(looksOf(designAt(100, [{}, {}, change])).edge("miss").label).toBe(label);
  });

  test("says nothing where there is nothing to say", () => {
    expect(looksOf(designAt(100)).edge("in").label).toBe("");
  });
});
