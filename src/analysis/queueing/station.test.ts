import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantiles } from "../latency/quantile.ts";
import { type StationLoad, type StationSolution, solveStation } from "./station.ts";

const DISPATCHES = ["shared-queue", "random", "round-robin", "least-connections", "power-of-two", "hash"] as const;

const anyLoad: fc.Arbitrary<StationLoad> = fc.record({
  arrivalRatePerSecond: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e7, noNaN: true })),
  serviceTimeMs: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e5, noNaN: true })),
  serviceVariability: fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 12, noNaN: true })),
  arrivalScv: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 20, noNaN: true })),
  servers: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 10_000 })),
  queues: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 1000 })),
  dispatch: fc.constantFrom(...DISPATCHES),
  queueLimit: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1_000_000 })),
});

/** The same station at a utilization, which random rates hardly ever bring near 1. */
function at(load: StationLoad, utilization: number): StationLoad {
  const serviceTimeMs = load.serviceTimeMs === 0 ? 1 : load.serviceTimeMs;
  const servers = load.servers * load.queues;
  return { ...load, serviceTimeMs, arrivalRatePerSecond: (utilization * servers * 1000) / serviceTimeMs };
}

function figuresOf(solution: StationSolution): readonly number[] {
  const { waitingLaw, sojournLaw } = solution;
  return [
    solution.offeredUtilization,
    solution.utilization,
    solution.waitProbability,
    solution.rejectedFraction,
    solution.acceptedPerSecond,
    solution.completedPerSecond,
    solution.backlogGrowthPerSecond,
    solution.meanWaitMs ?? 0,
    solution.meanQueueLength ?? 0,
    waitingLaw?.meanMs ?? 0,
    waitingLaw?.varianceMs2 ?? 0,
    sojournLaw?.meanMs ?? 0,
    sojournLaw?.varianceMs2 ?? 0,
  ];
}

function expectConsistent(load: StationLoad, solution: StationSolution): void {
  for (const figure of figuresOf(solution)) expect(figure).toSatisfy((n: number) => Number.isFinite(n) && n >= 0);
  for (const share of [solution.utilization, solution.waitProbability, solution.rejectedFraction]) {
    expect(share).toBeLessThanOrEqual(1);
  }
  const { saturated, meanWaitMs, meanQueueLength, waitingLaw, sojournLaw } = solution;
  expect([meanWaitMs, meanQueueLength, waitingLaw, sojournLaw].every((part) => (part === null) === saturated)).toBe(
    true,
  );
  const close = 1e-9 * Math.max(1e-300, load.arrivalRatePerSecond);
  const rejected = load.arrivalRatePerSecond * solution.rejectedFraction;
  expect(Math.abs(load.arrivalRatePerSecond - rejected - solution.acceptedPerSecond)).toBeLessThanOrEqual(close);
  const grown = solution.completedPerSecond + solution.backlogGrowthPerSecond;
  expect(Math.abs(solution.acceptedPerSecond - grown)).toBeLessThanOrEqual(close);
  if (meanWaitMs === null || waitingLaw === null || sojournLaw === null) return;
  const near = 1e-7 * meanWaitMs + 1e-13 * load.serviceTimeMs;
  expect(Math.abs(waitingLaw.meanMs - meanWaitMs)).toBeLessThanOrEqual(near);
  const sojourn = meanWaitMs + load.serviceTimeMs;
  expect(Math.abs(sojournLaw.meanMs - sojourn)).toBeLessThanOrEqual(1e-7 * sojourn);
  expect(meanQueueLength).toBeCloseTo((solution.acceptedPerSecond * meanWaitMs) / 1000, 6);
}

describe("every valid load has a finite and consistent answer", () => {
  test("over the whole range", () => {
    fc.assert(
      fc.property(anyLoad, (load) => expectConsistent(load, solveStation(load))),
      { numRuns: 400 },
    );
  });

  test("around saturation", () => {
    const near = fc.oneof(
      fc.constant(1),
      fc.double({ min: 0.5, max: 1.5, noNaN: true }),
      fc.constantFrom(1 - 1e-9, 1 + 1e-9),
    );
    fc.assert(
      fc.property(anyLoad, near, (load, utilization) => {
        const station = at(load, utilization);
        expectConsistent(station, solveStation(station));
      }),
      { numRuns: 400 },
    );
  });

  test("with unequal shares", () => {
    const shares = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(anyLoad, shares, fc.double({ min: 0.01, max: 1.2, noNaN: true }), (load, weights, utilization) => {
        const some = weights.map((weight, k) => (k === 0 ? weight + 1 : weight));
        const station = at({ ...load, queues: some.length, dispatch: "hash", shares: some }, utilization);
        expectConsistent(station, solveStation(station));
      }),
      { numRuns: 400 },
    );
  });
});

const anyUtilization = fc.double({ min: 0.01, max: 1.5, noNaN: true });

test("more load never lowers the utilization, the loss or the mean wait", () => {
  fc.assert(
    fc.property(anyLoad, anyUtilization, anyUtilization, (some, one, other) => {
      const load = { ...some, serviceVariability: Math.min(6, some.serviceVariability) };
      const low = solveStation(at(load, Math.min(one, other)));
      const high = solveStation(at(load, Math.max(one, other)));
      const slack = 1 + 1e-6;
      expect(low.utilization).toBeLessThanOrEqual(high.utilization * slack + 1e-12);
      expect(low.rejectedFraction).toBeLessThanOrEqual(high.rejectedFraction * slack + 1e-12);
      if (high.saturated) return;
      expect(low.saturated).toBe(false);
      const service = load.serviceTimeMs === 0 ? 1 : load.serviceTimeMs;
      expect(low.meanWaitMs ?? 0).toBeLessThanOrEqual((high.meanWaitMs ?? 0) * slack + 1e-9 * service);
    }),
    { numRuns: 400 },
  );
});

test("more servers or queues never raise the wait of a stable station without a limit", () => {
  fc.assert(
    fc.property(anyLoad, anyUtilization, fc.boolean(), (load, utilization, byServers) => {
      // Arrivals are Poisson here: a more regular stream gets less regular when it is split over more queues.
      const before = at({ ...load, arrivalScv: 1, queueLimit: null }, utilization);
      const more = byServers ? { servers: before.servers + 1 } : { queues: before.queues + 1 };
      const less = solveStation(before);
      const after = solveStation({ ...before, ...more });
      if (less.saturated) return;
      expect(after.saturated).toBe(false);
      expect(after.meanWaitMs ?? 0).toBeLessThanOrEqual(
        (less.meanWaitMs ?? 0) * (1 + 1e-6) + 1e-5 * before.serviceTimeMs,
      );
    }),
    { numRuns: 400 },
  );
});

test("percentiles rise and stay finite", () => {
  fc.assert(
    fc.property(anyLoad, fc.double({ min: 0.05, max: 1.3, noNaN: true }), (load, utilization) => {
      const { sojournLaw, waitingLaw } = solveStation(at(load, utilization));
      for (const law of [sojournLaw, waitingLaw]) {
        if (law === null) continue;
        const found = quantiles(law, [0.5, 0.9, 0.99]);
        for (const [k, value] of found.entries()) {
          expect(Number.isFinite(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(k === 0 ? 0 : (found[k - 1] ?? 0));
        }
      }
    }),
    { numRuns: 400 },
  );
});

describe("limits", () => {
  const load: StationLoad = {
    arrivalRatePerSecond: 1,
    serviceTimeMs: 1000,
    serviceVariability: 1,
    servers: 1,
    queues: 1,
    dispatch: "shared-queue",
    queueLimit: null,
  };

  test("an idle or infinitely fast station does not wait", () => {
    const idle = solveStation({ ...load, arrivalRatePerSecond: 0 });
    expect(idle).toMatchObject({ utilization: 0, meanWaitMs: 0, saturated: false, rejectedFraction: 0 });
    expect(idle.sojournLaw?.meanMs).toBe(1000);
    expect(solveStation({ ...load, serviceTimeMs: 0 })).toMatchObject({ completedPerSecond: 1, meanWaitMs: 0 });
  });

  test("a saturated station has no waits, completes its capacity and grows", () => {
    expect(solveStation({ ...load, arrivalRatePerSecond: 3, servers: 2 })).toMatchObject({
      saturated: true,
      offeredUtilization: 1.5,
      utilization: 1,
      completedPerSecond: 2,
      backlogGrowthPerSecond: 1,
      meanWaitMs: null,
      waitingLaw: null,
      sojournLaw: null,
    });
  });

  test.each([...DISPATCHES])("a very long queue limit changes nothing under %s", (dispatch) => {
    for (const serviceVariability of [0, 0.5, 1, 2]) {
      const base = { ...load, dispatch, servers: 2, queues: 3, arrivalRatePerSecond: 4.5, serviceVariability };
      const free = solveStation(base);
      const limited = solveStation({ ...base, queueLimit: 1_000_000 });
      expect((limited.meanWaitMs ?? 0) / (free.meanWaitMs ?? 1)).toBeCloseTo(1, 3);
      expect(limited.rejectedFraction).toBeLessThan(1e-12);
    }
  });

  test.each([...DISPATCHES])("one queue is the same under %s", (dispatch) => {
    const station = { ...load, servers: 3, arrivalRatePerSecond: 2.4 };
    expect(solveStation({ ...station, dispatch }).meanWaitMs).toBe(solveStation(station).meanWaitMs);
  });

  test("policies stand in their order", () => {
    const waitUnder = (dispatch: StationLoad["dispatch"]): number =>
      solveStation({ ...load, queues: 10, arrivalRatePerSecond: 9, dispatch }).meanWaitMs ?? Number.NaN;
    const waits = (["shared-queue", "least-connections", "power-of-two", "round-robin", "random"] as const).map(
      waitUnder,
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeCloseTo(668.732, 2);
    expect(waits[4]).toBeCloseTo(9000, 6);
  });

  test("hash with unequal shares is a mixture of independent queues, and the hottest saturates first", () => {
    const shares = [0.5, 0.25, 0.25];
    const hashed = { ...load, queues: 3, dispatch: "hash", shares } as const;
    const solution = solveStation({ ...hashed, arrivalRatePerSecond: 1.6 });
    const expected = 0.5 * (0.8 / 0.2) + 0.5 * (0.4 / 0.6);
    expect(solution.meanWaitMs).toBeCloseTo(1000 * expected, 6);
    expect(solution.exactness.kind).toBe("exact");
    const hot = solveStation({ ...hashed, arrivalRatePerSecond: 2.4 });
    expect(hot).toMatchObject({ saturated: true, meanWaitMs: null });
    expect(hot.completedPerSecond).toBeCloseTo(1 + 1.2, 9);
  });

  test("a load outside the ranges is refused", () => {
    for (const wrong of [
      { arrivalRatePerSecond: -1 },
      { serviceTimeMs: Number.NaN },
      { servers: 0 },
      { queues: 1.5 },
      { queueLimit: -1 },
      { shares: [1, 2] },
    ]) {
      expect(() => solveStation({ ...load, ...wrong })).toThrow(RangeError);
    }
  });
});
