import { expect, test } from "vitest";
import { kindDirectory } from "#library/catalogue.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { connectedParts } from "./connected-parts.ts";

test("a part holds what edges join, the containers around it, and its journeys at the rates of the whole design", () => {
  const read = readDesignFile(
    JSON.stringify({
      format: "plimsoll",
      version: 1,
      requirements: { dailyActiveUsers: 86_400, requestsPerUserPerDay: 10, peakFactor: 3 },
      journeys: [
        { id: "one", source: "c1" },
        { id: "two", source: "c2" },
      ],
      nodes: [
        { id: "zone", kind: "availability-zone" },
        { id: "c1", kind: "client" },
        { id: "a", kind: "service", parent: "zone" },
        { id: "b", kind: "service" },
        { id: "c2", kind: "client" },
        { id: "d", kind: "service", parent: "zone" },
        { id: "alone", kind: "service" },
      ],
      edges: [
        { id: "e1", source: "c1", target: "a" },
        { id: "e2", source: "b", target: "a" },
        { id: "e3", source: "c2", target: "d" },
      ],
    }),
    kindDirectory,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const parts = connectedParts(read.value);
  const spoken = (id: string) => {
    const part = parts.get(id);
    return [part?.nodes, part?.edges, part?.journeys].map((table) => [...(table?.keys() ?? [])].join(" "));
  };
  expect(spoken("a")).toEqual(["zone c1 a b", "e1 e2", "one"]);
  expect(parts.get("b")).toBe(parts.get("a"));
  expect(spoken("d")).toEqual(["zone c2 d", "e3", "two"]);
  expect(spoken("alone")).toEqual(["alone", "", ""]);
  // 86 400 × 10 / 86 400 × 3 = 30, half each.
  expect(parts.get("d")?.journeys.get("two")?.ratePerSecond).toBeCloseTo(15, 12);
});
