import { describe, expect, it } from "vitest";
import type { Design } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { freePlaceBeside, neighbourTowards } from "./graph-walk.ts";

const card = (x: number, y: number) => ({ x, y, width: 194, height: 76 });

describe("neighbourTowards", () => {
  const boxes = new Map([
    ["a", card(0, 0)],
    ["near", card(250, 0)],
    ["called", card(500, 20)],
    ["below", card(0, 200)],
  ]);
  const design: Design = {
    ...emptyDesign("Walk"),
    edges: new Map([["e", { id: "e", source: "a", target: "called" }]]),
  };

  it("follows a connection before what is merely nearer", () => {
    expect(neighbourTowards(design, boxes, "a", "right")).toBe("called");
    expect(neighbourTowards(design, boxes, "called", "left")).toBe("a");
  });

  it("takes the nearest part where no connection leads that way", () => {
    expect(neighbourTowards(design, boxes, "a", "down")).toBe("below");
    expect(neighbourTowards(emptyDesign("None"), boxes, "a", "right")).toBe("near");
  });

  it("stays where nothing lies that way", () => {
    expect(neighbourTowards(design, boxes, "a", "up")).toBeNull();
    expect(neighbourTowards(design, boxes, "unknown", "up")).toBeNull();
  });
});

describe("freePlaceBeside", () => {
  const size = { width: 194, height: 76 };

  it("stands beside the box, in the direction", () => {
    expect(freePlaceBeside([], card(0, 0), "right", size)).toEqual({ x: 258, y: 0 });
    expect(freePlaceBeside([], card(0, 0), "up", size)).toEqual({ x: 0, y: -140 });
  });

  it("never covers another card", () => {
    const taken = [card(0, 0)];
    for (let count = 0; count < 12; count += 1) {
      const place = freePlaceBeside(taken, card(0, 0), "right", size);
      for (const box of taken) {
        const isApart = Math.abs(box.x - place.x) >= 194 || Math.abs(box.y - place.y) >= 76;
        expect(isApart).toBe(true);
      }
      taken.push(card(place.x, place.y));
    }
  });
});
