import fc from "fast-check";
import { expect, it } from "vitest";
import { brokenLaws } from "./design-laws.ts";
import { randomDesign } from "./random-designs.ts";

it("any valid design keeps its figures in another unit of time, waits for nothing when idle, and gains by servers", () => {
  let solved = 0;
  fc.assert(
    fc.property(randomDesign, ({ file }) => {
      const faults = brokenLaws(file);
      if (faults !== null) solved += 1;
      expect(faults ?? []).toEqual([]);
    }),
    { seed: 20261122, numRuns: 60 },
  );
  expect(solved).toBeGreaterThan(50);
});
