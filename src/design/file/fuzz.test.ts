import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Design } from "../document.ts";
import { design, testKinds } from "../test-designs.ts";
import { printDesignFile } from "./print-design-file.ts";
import { readDesignFile, readDesignValue } from "./read-design-file.ts";

const shop = design("client 100/s -> api -> cache(hitRatio 0.9)", "api -> db", "zone: cache db");
const text = printDesignFile(shop);

/** Refused with problems that have a place, or accepted as something that prints and reads. */
function expectSound(source: string): boolean {
  const read = readDesignFile(source, testKinds);
  if (read.ok) {
    expect(readDesignFile(printDesignFile(read.value), testKinds)).toEqual(read);
    return true;
  }
  expect(read.problem.length).toBeGreaterThan(0);
  for (const problem of read.problem) {
    expect(problem.path).toMatch(/^\$/);
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.message).not.toBe("");
    expect(problem.expected).not.toBe("");
  }
  return false;
}

describe("[FILE7] no input makes the reader throw", () => {
  test("texts with a piece cut out, doubled or replaced", () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(20), fc.string({ maxLength: 6 }), (at, length, piece) => {
        if (!expectSound(text.slice(0, at) + piece + text.slice(at + length))) refused += 1;
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test("any JSON, alone and in the place of any table", () => {
    const tables = fc.constantFrom("nodes", "edges", "journeys", "annotations", "scenarios", "requirements", "name");
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), tables, (value, table) => {
        expectSound(JSON.stringify(value));
        expectSound(JSON.stringify({ format: "plimsoll", version: 1, [table]: value }));
        expectSound(JSON.stringify({ format: "plimsoll", version: 1, [table]: [value] }));
      }),
      { numRuns: 500 },
    );
  });

  test("any value of the language", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (value) => {
          expect(
            typeof readDesignValue({ format: "plimsoll", version: 1, nodes: [value], name: value }, testKinds).ok,
          ).toBe("boolean");
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("[FILE8] texts and numbers survive to the bit", () => {
  test("names, reasons, notes and positions read back as they were", () => {
    const label = fc.string({ unit: "binary", maxLength: 90 });
    const place = fc.double({ min: -1e7, max: 1e7, noNaN: true }).map((value) => value + 0);
    fc.assert(
      fc.property(label, label, label, place, place, (name, reason, note, x, y) => {
        const node = { id: "a", kind: "cache", name, reason, position: { x, y } };
        const annotation = { id: "n", type: "text", text: note, points: [x, y] } as const;
        const before: Design = {
          ...shop,
          nodes: new Map(shop.nodes).set("a", node),
          annotations: new Map([["n", annotation]]),
        };
        expect(readDesignFile(printDesignFile(before), testKinds)).toEqual({ ok: true, value: before });
      }),
      { numRuns: 300 },
    );
  });

  test("equal designs print to equal bytes, in whatever order their keys were set", () => {
    const settings = [
      { latencyMs: 4, instances: 2 },
      { instances: 2, latencyMs: 4 },
    ];
    const texts = settings.map((each) =>
      printDesignFile({
        ...shop,
        nodes: new Map([["a", { settings: each, kind: "service", id: "a" }]]),
        edges: new Map(),
      }),
    );
    expect(texts[0]).toBe(texts[1]);
  });
});
