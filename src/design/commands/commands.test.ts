import { describe, expect, test } from "vitest";
import type { Command, Design } from "../document.ts";
import { nextId } from "../ids.ts";
import { absolutePosition } from "../queries.ts";
import { design, testKinds as kinds } from "../test-designs.ts";
import { addAnnotation } from "./add-annotation.ts";
import { addEdge } from "./add-edge.ts";
import { addJourney } from "./add-journey.ts";
import { addNode } from "./add-node.ts";
import { addScenario } from "./add-scenario.ts";
import { changeKind } from "./change-kind.ts";
import { duplicateItems } from "./duplicate-items.ts";
import { moveNodes } from "./move-nodes.ts";
import { reconnectEdge } from "./reconnect-edge.ts";
import { removeItems } from "./remove-items.ts";
import { removeJourney } from "./remove-journey.ts";
import { removeScenario } from "./remove-scenario.ts";
import { renameDesign } from "./rename-design.ts";
import { renameEdge } from "./rename-edge.ts";
import { renameNode } from "./rename-node.ts";
import { reorderEdge } from "./reorder-edge.ts";
import { resizeContainer } from "./resize-container.ts";
import { setEdgeSetting } from "./set-edge-setting.ts";
import { setParent } from "./set-parent.ts";
import { setReason } from "./set-reason.ts";
import { setRequirements } from "./set-requirements.ts";
import { setSetting } from "./set-setting.ts";
import { updateAnnotation } from "./update-annotation.ts";
import { updateJourney } from "./update-journey.ts";
import { updateScenario } from "./update-scenario.ts";

/** The design after the command; throws when it was refused. */
function changed<Args>(before: Design, command: Command<Args>, args: Args): Design {
  const outcome = command(before, args);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
}

function refusal<Args>(before: Design, command: Command<Args>, args: Args): string {
  const outcome = command(before, args);
  return outcome.ok ? "accepted" : `${outcome.problem.code} ${outcome.problem.path}`;
}

const shop = design("client 100/s -> api -> cache(hitRatio 0.9)", "api -> db", "zone: cache db", "region: zone");

describe("commands refuse bad input with one problem", () => {
  test.each<readonly [what: string, refused: string, expected: string]>([
    [
      "a node with a taken id",
      refusal(shop, addNode, { node: { id: "api", kind: "cache" }, kinds }),
      "duplicate-id $.nodes[6].id",
    ],
    [
      "a node of no kind",
      refusal(shop, addNode, { node: { id: "n", kind: "x" }, kinds }),
      "unknown-kind $.nodes[6].kind",
    ],
    [
      "a node in a cache",
      refusal(shop, addNode, { node: { id: "n", kind: "cache", parent: "cache" }, kinds }),
      "not-allowed $.nodes[6].parent",
    ],
    [
      "a node with a bad setting",
      refusal(shop, addNode, { node: { id: "n", kind: "cache", settings: { hitRatio: 2 } }, kinds }),
      "bad-value $.nodes[6].settings.hitRatio",
    ],
    [
      "an edge to nowhere",
      refusal(shop, addEdge, { edge: { id: "e9", source: "api", target: "x" } }),
      "missing-reference $.edges[3].target",
    ],
    [
      "an edge with a taken id",
      refusal(shop, addEdge, { edge: { id: "db", source: "api", target: "db" } }),
      "duplicate-id $.edges[3].id",
    ],
    [
      "a place at infinity",
      refusal(shop, moveNodes, { positions: new Map([["db", { x: Number.POSITIVE_INFINITY, y: 0 }]]) }),
      "bad-value $.nodes[3].position.x",
    ],
    [
      "a move of nothing",
      refusal(shop, moveNodes, { positions: new Map([["x", { x: 0, y: 0 }]]) }),
      "missing-reference $.nodes",
    ],
    [
      "a container without width",
      refusal(shop, resizeContainer, { id: "zone", size: { width: 0, height: 9 } }),
      "bad-value $.nodes[4].size.width",
    ],
    [
      "a region inside its zone",
      refusal(shop, setParent, { ids: ["region"], parent: "zone", kinds }),
      "not-allowed $.nodes[5].parent",
    ],
    ["a node inside a node", refusal(shop, setParent, { ids: ["api"], parent: "db", kinds }), "not-allowed $.nodes"],
    [
      "a name of 201 characters",
      refusal(shop, renameNode, { id: "api", name: "x".repeat(201) }),
      "too-large $.nodes[1].name",
    ],
    [
      "a long name of an edge",
      refusal(shop, renameEdge, { id: "e2", name: "x".repeat(201) }),
      "too-large $.edges[1].name",
    ],
    ["a long name of the design", refusal(shop, renameDesign, { name: "x".repeat(201) }), "too-large $.name"],
    [
      "a reason of 10 001 characters",
      refusal(shop, setReason, { id: "api", reason: "x".repeat(10_001) }),
      "too-large $.nodes[1].reason",
    ],
    [
      "a ratio above 1",
      refusal(shop, setSetting, { id: "cache", key: "hitRatio", value: 1.1, kinds }),
      "bad-value $.nodes[2].settings.hitRatio",
    ],
    [
      "a prototype as setting",
      refusal(shop, setSetting, { id: "cache", key: "__proto__", value: {}, kinds }),
      "unknown-key $.nodes[2].settings.__proto__",
    ],
    [
      "negative calls",
      refusal(shop, setEdgeSetting, { id: "e1", key: "calls", value: -1 }),
      "bad-value $.edges[0].settings.calls",
    ],
    [
      "an unknown edge setting",
      refusal(shop, setEdgeSetting, { id: "e1", key: "speed", value: 1 }),
      "unknown-key $.edges[0].settings.speed",
    ],
    [
      "an edge end at nothing",
      refusal(shop, reconnectEdge, { id: "e1", target: "x" }),
      "missing-reference $.edges[0].target",
    ],
    [
      "a zone full of nodes as a cache",
      refusal(shop, changeKind, { id: "zone", kind: "cache", kinds }),
      "not-allowed $.nodes[4].kind",
    ],
    ["an unknown new kind", refusal(shop, changeKind, { id: "api", kind: "x", kinds }), "unknown-kind $.nodes[1].kind"],
    ["the removal of nothing", refusal(shop, removeItems, { ids: ["x"] }), "missing-reference $.nodes"],
    [
      "a journey from nowhere",
      refusal(shop, addJourney, { journey: { id: "j", source: "x" } }),
      "missing-reference $.journeys[1].source",
    ],
    [
      "a journey that is not there",
      refusal(shop, updateJourney, { journey: { id: "j", source: "api" } }),
      "missing-reference $.journeys",
    ],
    ["the removal of no journey", refusal(shop, removeJourney, { id: "j" }), "missing-reference $.journeys"],
    ["an impossible place", refusal(shop, reorderEdge, { id: "e2", place: 2 }), "bad-value $.edges[1]"],
    [
      "a note in a cache",
      refusal(shop, addAnnotation, { annotation: { id: "n", type: "note", parent: "cache" }, kinds }),
      "not-allowed $.annotations[0].parent",
    ],
    [
      "a scenario on nothing",
      refusal(shop, addScenario, { scenario: { id: "s", effects: [{ type: "down", target: "x" }] } }),
      "missing-reference $.scenarios[0].effects[0].target",
    ],
    [
      "a scenario that is not there",
      refusal(shop, updateScenario, { scenario: { id: "s" } }),
      "missing-reference $.scenarios",
    ],
    ["the removal of no scenario", refusal(shop, removeScenario, { id: "s" }), "missing-reference $.scenarios"],
    [
      "a negative budget",
      refusal(shop, setRequirements, { requirements: { monthlyBudget: -1 } }),
      "bad-value $.requirements.monthlyBudget",
    ],
    [
      "a duplicate of nothing",
      refusal(shop, duplicateItems, { ids: ["x"], newId: () => "y", offset: { x: 0, y: 0 } }),
      "missing-reference $.nodes",
    ],
  ])("%s", (_what, refused, expected) => {
    expect(refused).toBe(expected);
  });
});

describe("placing", () => {
  test("only what moves changes identity", () => {
    const positions = new Map([
      ["api", { x: 7, y: 8 }],
      ["db", { x: 300, y: 0 }],
    ]);
    const moved = changed(shop, moveNodes, { positions });
    expect(moved.nodes.get("api")?.position).toEqual({ x: 7, y: 8 });
    expect(moved.nodes.get("db")).toBe(shop.nodes.get("db"));
    expect(moved.nodes.get("cache")).toBe(shop.nodes.get("cache"));
  });

  test("a node that changes container keeps its place on the screen", () => {
    for (const parent of ["zone", "region", null]) {
      const moved = changed(shop, setParent, { ids: ["api", "cache"], parent, kinds });
      for (const id of ["api", "cache"]) {
        expect(absolutePosition(moved, id)).toEqual(absolutePosition(shop, id));
        expect(moved.nodes.get(id)?.parent ?? null).toBe(parent);
      }
    }
  });

  test("what is inside a chosen container stays inside it", () => {
    const moved = changed(shop, setParent, { ids: ["zone", "cache"], parent: null, kinds });
    expect(moved.nodes.get("cache")?.parent).toBe("zone");
    expect(moved.nodes.get("zone")?.parent).toBeUndefined();
  });

  test("a container that grows to the upper left leaves its contents in place", () => {
    const resized = changed(shop, resizeContainer, {
      id: "zone",
      size: { width: 900, height: 400 },
      position: { x: 350, y: -60 },
    });
    expect(resized.nodes.get("zone")).toMatchObject({
      size: { width: 900, height: 400 },
      position: { x: 350, y: -60 },
    });
    expect(absolutePosition(resized, "cache")).toEqual(absolutePosition(shop, "cache"));
  });
});

describe("settings", () => {
  test("a setting is set, and undefined takes it back to its default", () => {
    const set = changed(shop, setSetting, { id: "api", key: "instances", value: 4, kinds });
    expect(set.nodes.get("api")?.settings).toEqual({ instances: 4 });
    const reset = changed(set, setSetting, { id: "api", key: "instances", value: undefined, kinds });
    expect(reset.nodes.get("api")).toEqual(shop.nodes.get("api"));
    expect(changed(set, setSetting, { id: "api", key: "instances", value: 4, kinds })).toBe(set);
  });

  test("an edge takes calls by journey, a breaker, and gives them up again", () => {
    const byJourney = changed(shop, setEdgeSetting, { id: "e1", key: "calls", value: { client: 2 } });
    const guarded = changed(byJourney, setEdgeSetting, { id: "e1", key: "circuitBreaker", value: { openMs: 100 } });
    expect(guarded.edges.get("e1")?.settings).toEqual({ calls: { client: 2 }, circuitBreaker: { openMs: 100 } });
    const bare = ["calls", "circuitBreaker"].reduce(
      (now, key) => changed(now, setEdgeSetting, { id: "e1", key, value: undefined }),
      guarded,
    );
    expect(bare.edges.get("e1")).toEqual(shop.edges.get("e1"));
  });

  test("another kind takes along what it accepts", () => {
    const sized = changed(shop, setSetting, { id: "cache", key: "instances", value: 3, kinds });
    const all = changed(sized, changeKind, { id: "cache", kind: "database", kinds });
    expect(all.nodes.get("cache")).toMatchObject({ kind: "database", settings: { instances: 3 }, parent: "zone" });
    const none = changed(sized, changeKind, { id: "cache", kind: "database", keep: ["hitRatio"], kinds });
    expect(none.nodes.get("cache")?.settings).toBeUndefined();
  });

  test("blank texts take the field away", () => {
    const named = changed(shop, renameNode, { id: "api", name: "API" });
    expect(named.nodes.get("api")?.name).toBe("API");
    expect(changed(named, renameNode, { id: "api", name: "  " }).nodes.get("api")).toEqual(shop.nodes.get("api"));
  });
});

describe("removing", () => {
  const note = { id: "note", type: "note", parent: "zone", text: "warm", position: { x: 1, y: 1 } } as const;
  const scenario = {
    id: "s",
    effects: [
      { type: "down", target: "cache" },
      { type: "down", target: "api" },
    ],
  } as const;
  const noted = changed(changed(shop, addAnnotation, { annotation: note, kinds }), addScenario, { scenario });
  const full = changed(noted, setEdgeSetting, { id: "e3", key: "of", value: "cache" });

  test("a container takes its contents, their edges and their mentions with it", () => {
    const left = changed(full, removeItems, { ids: ["zone"] });
    expect([...left.nodes.keys()]).toEqual(["client", "api", "region"]);
    expect([...left.edges.keys()]).toEqual(["e1"]);
    expect(left.annotations.size).toBe(0);
    expect(left.scenarios.get("s")?.effects).toEqual([{ type: "down", target: "api" }]);
  });

  test("or its contents are lifted out and stay where they are", () => {
    const left = changed(full, removeItems, { ids: ["zone"], children: "lift" });
    expect([...left.nodes.keys()]).toEqual(["client", "api", "cache", "db", "region"]);
    for (const id of ["cache", "db", "note"]) {
      expect(absolutePosition(left, id)).toEqual(absolutePosition(full, id));
      expect((left.nodes.get(id) ?? left.annotations.get(id))?.parent).toBe("region");
    }
    expect(left.edges).toEqual(full.edges);
  });

  test("the cache that an edge names is forgotten", () => {
    const left = changed(full, removeItems, { ids: ["cache"] });
    expect(left.edges.get("e3")).toEqual({ id: "e3", source: "api", target: "db" });
  });

  test("a source takes its journeys, and those their calls", () => {
    const split = changed(full, setEdgeSetting, { id: "e2", key: "calls", value: { client: 2 } });
    const sourceless = changed(split, removeItems, { ids: ["client"] });
    expect(sourceless.journeys.size).toBe(0);
    expect(sourceless.edges.get("e2")?.settings).toEqual({ calls: {} });
    expect(changed(split, removeJourney, { id: "client" }).edges.get("e2")?.settings).toEqual({ calls: {} });
  });
});

describe("order, copies and records", () => {
  test("an edge changes place among those of its source only", () => {
    const before = design("a1 -> b1", "c1 -> d1", "a1 -> e1x", "a1 -> f1");
    const moved = changed(before, reorderEdge, { id: "e4", place: 0 });
    expect([...moved.edges.keys()]).toEqual(["e4", "e2", "e1", "e3"]);
  });

  test("duplicates have fresh ids, edges among themselves only, and no journeys", () => {
    const newId = (prefix: string, reserved: ReadonlySet<string>) => nextId(shop, prefix, reserved);
    const copied = changed(shop, duplicateItems, { ids: ["client", "api", "zone"], newId, offset: { x: 20, y: 20 } });
    expect([...copied.nodes.keys()].slice(6)).toEqual(["client-2", "api-2", "cache-2", "db-2", "zone-2"]);
    expect([...copied.edges.values()].slice(3).map(({ source, target }) => `${source} ${target}`)).toEqual([
      "client-2 api-2",
      "api-2 cache-2",
      "api-2 db-2",
    ]);
    expect(copied.nodes.get("cache-2")).toMatchObject({ parent: "zone-2", position: { x: 200, y: 0 } });
    expect(copied.nodes.get("zone-2")).toMatchObject({ parent: "region", position: { x: 420, y: 20 } });
    expect(copied.journeys).toBe(shop.journeys);
  });

  test("an id that is given twice is a broken generator", () => {
    const offset = { x: 0, y: 0 };
    expect(() => duplicateItems(shop, { ids: ["api"], newId: () => "api", offset })).toThrow("again");
  });

  test("a journey may have the id of a node, as in files", () => {
    const journey = { id: "api", source: "client" };
    expect(changed(shop, addJourney, { journey }).journeys.get("api")).toEqual(journey);
    expect(refusal(shop, addJourney, { journey: { id: "client", source: "client" } })).toBe(
      "duplicate-id $.journeys[1].id",
    );
  });

  test("journeys, notes and scenarios are replaced as a whole", () => {
    const journey = { id: "client", source: "client", operation: "write" } as const;
    expect(changed(shop, updateJourney, { journey }).journeys.get("client")).toEqual(journey);
    const noted = changed(shop, addAnnotation, { annotation: { id: "n", type: "note", text: "a" }, kinds });
    const annotation = { id: "n", type: "note", text: "b" } as const;
    expect(changed(noted, updateAnnotation, { annotation, kinds }).annotations.get("n")).toEqual(annotation);
    const planned = changed(shop, addScenario, { scenario: { id: "s" } });
    const scenario = { id: "s", effects: [{ type: "traffic", amount: 3 }] } as const;
    expect(changed(planned, updateScenario, { scenario }).scenarios.get("s")).toEqual(scenario);
    expect(changed(planned, removeScenario, { id: "s" }).scenarios.size).toBe(0);
  });
});
