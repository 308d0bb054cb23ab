import { describe, expect, test } from "vitest";
import { solveStation } from "./station.ts";

describe("a single server with a limited queue, offered many times what it serves", () => {
  const rates = [3004.01885654043, 30_000, 3e5, 3e6, 3e9];
  test.each(rates)("stays finite and full at %d per second of 50 ms each", (arrivalRatePerSecond) => {
    for (const serviceVariability of [0, 0.5, 0.9, 1, 2]) {
      const solution = solveStation({
        arrivalRatePerSecond,
        serviceTimeMs: 50,
        serviceVariability,
        servers: 1,
        queues: 1,
        dispatch: "shared-queue",
        queueLimit: 9,
      });
      expect(solution.utilization).toBeCloseTo(1, 2);
      expect(solution.completedPerSecond).toBeGreaterThan(19.8);
      expect(solution.completedPerSecond).toBeLessThan(20 * (1 + 1e-6));
      // Nine wait before it, and the one in service has on average half to all of its time left.
      expect(solution.meanWaitMs ?? Number.NaN).toBeGreaterThan(400);
      expect(solution.meanWaitMs ?? Number.NaN).toBeLessThan(520);
    }
  });
});
