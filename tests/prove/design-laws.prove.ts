import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { brokenLaws } from "../models/design-laws.ts";
import { randomDesign } from "../models/random-designs.ts";

const batches = 20;
const designsInBatch = 500;
let solved = 0;

it.each(Array.from({ length: batches }, (_, batch) => batch))(
  `${designsInBatch} random designs keep the laws between their solutions (batch %i)`,
  (batch) => {
    fc.assert(
      fc.property(randomDesign, ({ file }) => {
        const faults = brokenLaws(file);
        if (faults !== null) solved += 1;
        expect(faults ?? []).toEqual([]);
      }),
      { seed: 3000 + batch, numRuns: designsInBatch },
    );
  },
);

afterAll(() => {
  expect(solved).toBeGreaterThan(0.9 * batches * designsInBatch);
});
