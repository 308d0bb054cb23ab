import { describe, expect, test } from "vitest";
import { pasteFragment } from "./commands/paste-fragment.ts";
import { setEdgeSetting } from "./commands/set-edge-setting.ts";
import type { Design } from "./document.ts";
import { emptyDesign } from "./empty-design.ts";
import { printDesignFile } from "./file/print-design-file.ts";
import { copyFragment, type Fragment, printFragment, readFragment } from "./fragment.ts";
import { nextId } from "./ids.ts";
import { absolutePosition } from "./queries.ts";
import { design, testKinds as kinds } from "./test-designs.ts";

const shop = design("client 100/s -> api -> cache(hitRatio 0.9)", "api -> db", "zone: cache db", "region: zone");

function read(text: string): Fragment {
  const outcome = readFragment(text, kinds);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
}

function pasted(into: Design, fragment: Fragment, parent?: string): Design {
  const outcome = pasteFragment(into, {
    fragment,
    newId: (prefix, reserved) => nextId(into, prefix, reserved),
    offset: { x: 0, y: 0 },
    ...(parent === undefined ? {} : { parent }),
    kinds,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
}

describe("fragments", () => {
  test("a copied zone brings its contents and the edges among them", () => {
    const fragment = copyFragment(shop, ["zone", "api", "unknown"]);
    expect(fragment.nodes.map((node) => node.id)).toEqual(["api", "cache", "db", "zone"]);
    expect(fragment.edges.map((edge) => edge.id)).toEqual(["e2", "e3"]);
    expect(read(printFragment(fragment))).toEqual(fragment);
  });

  test("outermost items go by their place on the screen", () => {
    const copy = pasted(emptyDesign(), read(printFragment(copyFragment(shop, ["cache", "zone"]))));
    expect([...copy.nodes.keys()]).toEqual(["cache", "db", "zone"]);
    expect(absolutePosition(copy, "zone")).toEqual(absolutePosition(shop, "zone"));
    expect(copy.nodes.get("zone")?.parent).toBeUndefined();
    expect(pasted(shop, copyFragment(shop, ["api"]), "region").nodes.get("api-2")?.parent).toBe("region");
  });

  test("what edges say about journeys and caches that stayed behind is left out", () => {
    const first = setEdgeSetting(shop, { id: "e3", key: "calls", value: { client: 2 } });
    const second = first.ok ? setEdgeSetting(first.value, { id: "e3", key: "of", value: "cache" }) : first;
    if (!second.ok) throw new Error(second.problem.message);
    const fragment = read(printFragment(copyFragment(second.value, ["api", "db"])));
    const here = [...pasted(second.value, fragment).edges.values()].at(-1);
    expect(here).toMatchObject({ source: "api-2", target: "db-2", settings: { calls: { client: 2 } } });
    expect(here?.settings).not.toHaveProperty("of");
    expect([...pasted(emptyDesign(), fragment).edges.values()].at(-1)?.settings).toBeUndefined();
  });

  test("a whole design file can be pasted", () => {
    const fragment = read(printDesignFile(shop));
    expect(fragment.nodes).toHaveLength(6);
    expect(fragment.edges).toEqual([...shop.edges.values()]);
  });

  test.each([
    ["prose", "Hello", "syntax $"],
    ["another object", '{ "type": "excalidraw" }', "shape $.format"],
    [
      "a bad setting",
      printFragment(copyFragment(shop, ["cache"])).replace("0.9", "9"),
      "bad-value $.nodes[0].settings.hitRatio",
    ],
    [
      "an edge to nowhere",
      printFragment(copyFragment(shop, ["api", "db"])).replace('"target": "db"', '"target": "x"'),
      "missing-reference $.edges[0].target",
    ],
    ["a polluting key", '{ "format": "plimsoll-fragment", "version": 1, "__proto__": {} }', "unknown-key $.__proto__"],
    ["an unknown key", '{ "format": "plimsoll-fragment", "version": 1, "node": [] }', "unknown-key $.node"],
  ])("%s is refused", (_what, text, expected) => {
    const outcome = readFragment(text, kinds);
    expect(outcome.ok ? [] : outcome.problem.map(({ code, path }) => `${code} ${path}`)).toEqual([expected]);
  });
});
