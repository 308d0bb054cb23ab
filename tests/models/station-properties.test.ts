import fc from "fast-check";
import { expect, it } from "vitest";
import { randomStation, stationFaults } from "./station-properties.ts";

it("every station is sound, does not depend on the unit of time, and gets no better with more load", () => {
  fc.assert(
    fc.property(randomStation, (station) => {
      expect(stationFaults(station)).toEqual([]);
    }),
    { seed: 20261122, numRuns: 250 },
  );
});
