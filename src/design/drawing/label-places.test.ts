import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Box } from "./box.ts";
import { indexBoxes } from "./box-index.ts";
import { routeEdges } from "./edge-routing.ts";
import { placeLabels } from "./label-places.ts";

const boxes = fc.array(
  fc.record({
    x: fc.integer({ min: -3000, max: 3000 }),
    y: fc.integer({ min: -3000, max: 3000 }),
    width: fc.integer({ min: 1, max: 900 }),
    height: fc.integer({ min: 1, max: 900 }),
  }),
  { maxLength: 30 },
);

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  one.x + one.width > other.x &&
  one.y < other.y + other.height &&
  one.y + one.height > other.y;

test("the index finds exactly the boxes that an area reaches into, in their order", () => {
  fc.assert(
    fc.property(boxes, boxes, (all, areas) => {
      const index = indexBoxes(all);
      for (const area of areas) {
        const found = index.touching({
          left: area.x,
          right: area.x + area.width,
          top: area.y,
          bottom: area.y + area.height,
        });
        expect(found).toEqual(all.filter((box) => overlap(box, area)));
      }
    }),
  );
});

test("the index also holds boxes larger than many cells", () => {
  const huge = { x: -50_000, y: -50_000, width: 100_000, height: 100_000 };
  expect(indexBoxes([huge]).touching({ left: 1, right: 2, top: 1, bottom: 2 })).toEqual([huge]);
});

describe("labels", () => {
  const size = { width: 60, height: 19 };

  test("cover no box and no other label, and stand on their own line", () => {
    const cards = fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(4)), {
      minLength: 2,
      maxLength: 10,
      selector: ([column, row]) => `${column},${row}`,
    });
    const ends = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 15 });
    fc.assert(
      fc.property(cards, ends, (places, pairs) => {
        const obstacles = new Map(
          places.map(([column, row], index): [string, Box] => [
            `n${index}`,
            { x: column * 290, y: row * 110, width: 194, height: 76 },
          ]),
        );
        const edges = pairs.map(([from, to], index) => ({
          id: `e${index}`,
          source: `n${from % places.length}`,
          target: `n${to % places.length}`,
        }));
        const lines = new Map([...routeEdges(obstacles, edges)].map(([id, { points }]) => [id, points]));
        const placed = placeLabels(lines, new Map(edges.map(({ id }) => [id, size])), obstacles.values());
        expect([...placed.keys()]).toEqual(edges.map(({ id }) => id));
        const labels: Box[] = [];
        for (const [id, centre] of placed) {
          if (centre === null) continue;
          const label = { x: centre.x - 30, y: centre.y - 9.5, ...size };
          expect([...obstacles.values()].some((box) => overlap(box, label))).toBe(false);
          expect(labels.some((other) => overlap(other, label))).toBe(false);
          labels.push(label);
          const points = lines.get(id) ?? [];
          const isOnLine = points.slice(1).some((to, index) => {
            const from = points[index] ?? to;
            const dx = Math.max(Math.min(from.x, to.x) - centre.x, 0, centre.x - Math.max(from.x, to.x));
            const dy = Math.max(Math.min(from.y, to.y) - centre.y, 0, centre.y - Math.max(from.y, to.y));
            return dx < 1e-6 && dy < 1e-6;
          });
          expect(isOnLine).toBe(true);
        }
      }),
    );
  });

  test("a label without room is left out", () => {
    const line = [
      { x: 0, y: 0 },
      { x: 50, y: 0 },
    ];
    expect(placeLabels(new Map([["e", line]]), new Map([["e", size]]), []).get("e")).toBeNull();
  });

  test("a label stands in the middle of a line that has room, and beside what stands there", () => {
    const line = [
      { x: 0, y: 0 },
      { x: 400, y: 0 },
    ];
    const lines = new Map([["e", line]]);
    const sizes = new Map([["e", size]]);
    expect(placeLabels(lines, sizes, []).get("e")).toEqual({ x: 194, y: 0 });
    const beside = placeLabels(lines, sizes, [{ x: 180, y: -10, width: 40, height: 20 }]).get("e");
    expect(Math.abs((beside?.x ?? 194) - 194)).toBeGreaterThan(40);
  });
});
