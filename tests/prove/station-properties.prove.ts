import fc from "fast-check";
import { expect, it } from "vitest";
import { randomStation, stationFaults } from "../models/station-properties.ts";

const batches = 20;
const stationsInBatch = 500;

it.each(Array.from({ length: batches }, (_, batch) => batch))(
  `${stationsInBatch} random stations hold every invariant (batch %i)`,
  (batch) => {
    fc.assert(
      fc.property(randomStation, (station) => {
        expect(stationFaults(station)).toEqual([]);
      }),
      { seed: 2000 + batch, numRuns: stationsInBatch },
    );
  },
);
