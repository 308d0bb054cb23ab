import { expect, test } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { certaintyOf } from "#src/insights/sensitivity/assess-certainty.ts";
import { certaintySections } from "./report-certainty.ts";

function sections(ranges: object): string {
  const read = readDesignFile(
    JSON.stringify({
      format: "plimsoll",
      version: 1,
      journeys: [{ id: "j", name: "Buy | sell", source: "client", ratePerSecond: 100 }],
      nodes: [
        { id: "client", kind: "client" },
        { id: "api", name: "Shop", kind: "service", settings: { concurrency: 1, capacityPerSecond: 200 }, ...ranges },
      ],
      edges: [{ id: "e", source: "client", target: "api" }],
    }),
    kindDirectory,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const outcome = certaintyOf(read.value, catalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return certaintySections(read.value, outcome.value)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

test("intervals stand in the report with the ranges they come from and what matters most", () => {
  const text = sections({ ranges: { capacityPerSecond: [80, 240], mtbfHours: [1000, 9000] } });
  expect(text).toContain("## How certain these figures are");
  expect(text).toMatch(/200 designs were drawn .*triangular.*seed 1/);
  expect(text).toMatch(/\| Largest load \| 2× \| 1\.\d+× to 2\.\d+× \|/);
  // Below 100 a second there is no bound: P = 20² / (160 · 120) = 2.1 %, which 200 samples tell to half a percent.
  expect(text).toMatch(/\| Buy \\\| sell: p99 \|.*\| 2(?:\.5)?\s% \| Shop: capacity of one instance \|/u);
  expect(text).toMatch(/\| Buy \\\| sell: availability \|.*Shop: time between failures/);
  expect(text).toMatch(/\| Shop: capacity of one instance \| 200\/s \| 80\/s to 240\/s \|/);
});

test("a design without ranges has no such part", () => {
  expect(sections({})).toBe("");
});
