import fc from "fast-check";
import { expect, it } from "vitest";
import { faultsOfFile } from "./prove-designs.ts";
import { randomDesign } from "./random-designs.ts";

it("any valid design gives a finite report in balance, twice the same, with percentiles in order", () => {
  fc.assert(
    fc.property(randomDesign, ({ file }) => {
      expect(faultsOfFile(file) ?? []).toEqual([]);
    }),
    { seed: 20261121, numRuns: 60 },
  );
});
