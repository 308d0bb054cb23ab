import { describe, expect, test } from "vitest";
import type { Design } from "../document.ts";
import { design, testKinds } from "../test-designs.ts";
import { printDesignFile } from "./print-design-file.ts";
import { readDesignFile } from "./read-design-file.ts";

function readBack(text: string): Design {
  const read = readDesignFile(text, testKinds);
  if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 2));
  return read.value;
}

describe("printDesignFile", () => {
  test("[FILE1] keeps small records on one line and breaks what is longer", () => {
    const text = printDesignFile(design("client 100/s -> cache(hitRatio 0.9) -> db", "zone: cache db"));
    expect(text).toMatchInlineSnapshot(`
      "{
        "format": "plimsoll",
        "version": 1,
        "name": "Test",
        "journeys": [
          { "id": "client", "source": "client", "ratePerSecond": 100 }
        ],
        "nodes": [
          { "id": "client", "kind": "client", "position": { "x": 0, "y": 0 } },
          {
            "id": "cache",
            "kind": "cache",
            "parent": "zone",
            "position": { "x": 100, "y": 0 },
            "settings": { "hitRatio": 0.9 }
          },
          { "id": "db", "kind": "database", "parent": "zone", "position": { "x": 200, "y": 0 } },
          { "id": "zone", "kind": "zone", "position": { "x": 300, "y": 0 } }
        ],
        "edges": [
          { "id": "e1", "source": "client", "target": "cache" },
          { "id": "e2", "source": "cache", "target": "db" }
        ]
      }
      "
    `);
    expect(printDesignFile(readBack(text))).toBe(text);
  });
});
