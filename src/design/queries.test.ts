import { describe, expect, test } from "vitest";
import type { Design } from "./document.ts";
import { nextId, toIdPart } from "./ids.ts";
import {
  absolutePosition,
  ancestorsOf,
  childrenOf,
  descendantsOf,
  edgesFrom,
  edgesTo,
  journeysFrom,
  needsLayout,
} from "./queries.ts";
import { design } from "./test-designs.ts";

const shop = design("client 100/s -> api -> cache", "api -> db", "zone: cache db", "region: zone");
const ids = (items: readonly { readonly id: string }[]) => items.map((item) => item.id);

describe("queries", () => {
  test("containers, in file order", () => {
    expect(ids(childrenOf(shop, null))).toEqual(["client", "api", "region"]);
    expect(ids(childrenOf(shop, "zone"))).toEqual(["cache", "db"]);
    expect(descendantsOf(shop, "region")).toEqual(["zone", "cache", "db"]);
    expect(ancestorsOf(shop, "cache")).toEqual(["zone", "region"]);
  });

  test("edges and journeys of a node", () => {
    expect(ids(edgesFrom(shop, "api"))).toEqual(["e2", "e3"]);
    expect(ids(edgesTo(shop, "api"))).toEqual(["e1"]);
    expect(ids(journeysFrom(shop, "client"))).toEqual(["client"]);
    expect(journeysFrom(shop, "api")).toEqual([]);
  });

  test("a place on the canvas is the sum of the containers' places, or unknown", () => {
    expect(absolutePosition(shop, "cache")).toEqual({ x: 1100, y: 0 });
    expect(absolutePosition(shop, "nowhere")).toBeNull();
    expect(needsLayout(shop)).toBe(false);
    const unplaced: Design = { ...shop, nodes: new Map(shop.nodes).set("zone", { id: "zone", kind: "zone" }) };
    expect(absolutePosition(unplaced, "cache")).toBeNull();
    expect(needsLayout(unplaced)).toBe(true);
  });
});

describe("ids", () => {
  test("the next id is readable, free in every table, and not promised to others", () => {
    expect(nextId(shop, "service")).toBe("service");
    expect(nextId(shop, "api")).toBe("api-2");
    expect(nextId(shop, "e1")).toBe("e1-2");
    expect(nextId(shop, "api", new Set(["api-2"]))).toBe("api-3");
  });

  test.each([
    ["Orders DB", "orders-db"],
    ["  ", "item"],
    ["Überweisung", "berweisung"],
    ["__proto__", "item"],
    ["x".repeat(80), "x".repeat(48)],
  ])("%j as part of an id is %j", (text, part) => {
    expect(toIdPart(text)).toBe(part);
  });
});
