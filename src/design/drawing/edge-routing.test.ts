import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Position } from "../document.ts";
import { nodeSize } from "../quick-layout.ts";
import type { Box } from "./box.ts";
import type { EdgeEnds } from "./edge-ports.ts";
import { roundedPath, routeEdges } from "./edge-routing.ts";

const card = (x: number, y: number): Box => ({ x, y, ...nodeSize });
const edge = (source: string, target: string): EdgeEnds => ({ id: `${source}-${target}`, source, target });

/** Drawings of up to 12 cards on a grid that leaves room for lines, with up to 20 edges of any kind. */
const drawings = fc
  .record({
    places: fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: -20, max: 20 })),
      { minLength: 2, maxLength: 12, selector: ([column, row]) => `${column},${row}` },
    ),
    ends: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 20 }),
  })
  .map(({ places, ends }) => ({
    boxes: new Map(
      places.map(([column, row, off], index): [string, Box] => [`n${index}`, card(column * 320, row * 140 + off)]),
    ),
    edges: ends.map(([from, to], index) => ({
      id: `e${index}`,
      source: `n${from % places.length}`,
      target: `n${to % places.length}`,
    })),
  }));

function isOnRim({ x, y }: Position, box: Box): boolean {
  const within = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
  return within && (x === box.x || x === box.x + box.width || y === box.y || y === box.y + box.height);
}

describe("any drawing", () => {
  test("ends lie on the sides of their boxes, every stretch is upright or level, every number is finite", () => {
    fc.assert(
      fc.property(drawings, ({ boxes, edges }) => {
        const routes = routeEdges(boxes, edges);
        expect(routes.size).toBe(edges.length);
        for (const { id, source, target } of edges) {
          const points = routes.get(id)?.points ?? [];
          expect(points.length).toBeGreaterThanOrEqual(2);
          expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
          const [first, last] = [points[0], points.at(-1)];
          const [from, to] = [boxes.get(source), boxes.get(target)];
          if (!first || !last || !from || !to) throw new Error("no ends");
          expect(isOnRim(first, from)).toBe(true);
          expect(isOnRim(last, to)).toBe(true);
          for (const [index, point] of points.slice(1).entries()) {
            const before = points[index];
            expect(point.x === before?.x || point.y === before?.y).toBe(true);
          }
        }
      }),
    );
  });

  test("the same drawing gives the same lines", () => {
    fc.assert(
      fc.property(drawings, ({ boxes, edges }) => {
        expect([...routeEdges(new Map(boxes), [...edges])]).toEqual([...routeEdges(boxes, edges)]);
      }),
    );
  });

  test("moving a box leaves the lines of another part of the drawing as they are", () => {
    fc.assert(
      fc.property(drawings, fc.nat(11), fc.integer({ min: -90, max: 90 }), ({ boxes, edges }, which, by) => {
        // A second copy, far away, joined to nothing here.
        const both = new Map(boxes);
        for (const [id, box] of boxes) both.set(`far-${id}`, { ...box, y: box.y + 5000 });
        const far = edges.map(({ id, source, target }) => ({
          id: `far-${id}`,
          source: `far-${source}`,
          target: `far-${target}`,
        }));
        const before = routeEdges(both, [...edges, ...far]);
        const moved = `n${which % boxes.size}`;
        const box = both.get(moved);
        if (box === undefined) throw new Error("no box");
        const after = routeEdges(new Map([...both, [moved, { ...box, x: box.x + by, y: box.y + by }]]), [
          ...edges,
          ...far,
        ]);
        for (const { id } of far) expect(after.get(id)).toEqual(before.get(id));
      }),
    );
  });

  test("the order of the boxes does not matter", () => {
    fc.assert(
      fc.property(drawings, ({ boxes, edges }) => {
        expect([...routeEdges(new Map([...boxes].reverse()), edges)]).toEqual([...routeEdges(boxes, edges)]);
      }),
    );
  });
});

test("a box between two others is gone around", () => {
  const boxes = new Map([
    ["a", card(0, 0)],
    ["wall", card(300, 0)],
    ["b", card(600, 0)],
  ]);
  const { points } = routeEdges(boxes, [edge("a", "b")]).get("a-b") ?? { points: [] };
  const wall = card(300, 0);
  for (const [index, to] of points.slice(1).entries()) {
    const from = points[index] ?? to;
    const passes =
      Math.max(from.x, to.x) > wall.x &&
      Math.min(from.x, to.x) < wall.x + wall.width &&
      Math.max(from.y, to.y) > wall.y &&
      Math.min(from.y, to.y) < wall.y + wall.height;
    expect(passes).toBe(false);
  }
});

test("edges between the same two columns run in lanes of their own", () => {
  const boxes = new Map<string, Box>();
  for (const row of [0, 1, 2, 3]) {
    boxes.set(`l${row}`, card(0, row * 110));
    boxes.set(`r${row}`, card(320, row * 110));
  }
  const edges = [edge("l0", "r2"), edge("l1", "r3"), edge("l2", "r0"), edge("l3", "r1"), edge("l0", "r3")];
  const stretches = [...routeEdges(boxes, edges).values()].map(({ points }) => points.slice(1, 3));
  for (const [index, [from, to]] of stretches.entries()) {
    for (const [otherFrom, otherTo] of stretches.slice(index + 1)) {
      if (!from || !to || !otherFrom || !otherTo) throw new Error("a straight line");
      const overlap =
        Math.min(Math.max(from.y, to.y), Math.max(otherFrom.y, otherTo.y)) -
        Math.max(Math.min(from.y, to.y), Math.min(otherFrom.y, otherTo.y));
      if (overlap > 0) expect(Math.abs(from.x - otherFrom.x)).toBeGreaterThanOrEqual(7.9);
    }
  }
});

test("a fan of edges from one side does not cross itself", () => {
  const boxes = new Map([["hub", card(0, 165)]]);
  for (const row of [0, 1, 2, 3]) boxes.set(`t${row}`, card(320, row * 110));
  const lines = [
    ...routeEdges(
      boxes,
      [0, 1, 2, 3].map((row) => edge("hub", `t${row}`)),
    ).values(),
  ];
  const level: { y: number; left: number; right: number; line: number }[] = [];
  const upright: { x: number; top: number; bottom: number; line: number }[] = [];
  for (const [line, { points }] of lines.entries()) {
    for (const [index, to] of points.slice(1).entries()) {
      const from = points[index] ?? to;
      if (from.y === to.y) level.push({ y: to.y, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x), line });
      else upright.push({ x: to.x, top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y), line });
    }
  }
  const crossings = level.flatMap((one) =>
    upright.filter(
      (other) =>
        one.line !== other.line &&
        other.x > one.left &&
        other.x < one.right &&
        one.y > other.top &&
        one.y < other.bottom,
    ),
  );
  expect(crossings).toEqual([]);
});

test("ends that almost face each other are joined by one straight line", () => {
  const boxes = new Map([
    ["a", card(0, 0)],
    ["b", card(300, 12)],
  ]);
  expect(routeEdges(boxes, [edge("a", "b")]).get("a-b")?.points).toHaveLength(2);
});

test("edges to boxes that do not exist have no line", () => {
  expect(routeEdges(new Map([["a", card(0, 0)]]), [edge("a", "gone")]).size).toBe(0);
});

test("ten times the drawing takes far less than a hundred times as long", () => {
  const grid = (columns: number) => {
    const boxes = new Map<string, Box>();
    const edges: EdgeEnds[] = [];
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < 10; row++) {
        boxes.set(`${column}.${row}`, card(column * 300, row * 110));
        if (column > 0) edges.push(edge(`${column - 1}.${row}`, `${column}.${(row * 7 + column) % 10}`));
        if (column > 1) edges.push(edge(`${column - 2}.${row}`, `${column}.${(row * 3 + 1) % 10}`));
      }
    }
    return { boxes, edges };
  };
  const timeMs = (columns: number) => {
    const { boxes, edges } = grid(columns);
    const start = performance.now();
    routeEdges(boxes, edges);
    return performance.now() - start;
  };
  timeMs(20);
  const small = Math.min(timeMs(20), timeMs(20), timeMs(20));
  expect(Math.min(timeMs(200), timeMs(200))).toBeLessThan(50 * Math.max(1, small));
});

describe("the path of a line", () => {
  test("has a rounded corner at each turn, smaller where there is no room", () => {
    const points = [
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 6 },
      { x: 60, y: 6 },
    ];
    expect(roundedPath(points)).toBe("M0 0L17 0Q20 0 20 3L20 3Q20 6 23 6L60 6");
  });

  test("is empty for no points", () => {
    expect(roundedPath([])).toBe("");
  });
});
