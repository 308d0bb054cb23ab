import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantiles } from "../latency/quantile.ts";
import { choice, delay, hold, ModelBuilder, parallel, repeated, sequence, work } from "../model/build-model.ts";
import type { AnalysisModel, CallSite, Program } from "../model/program.ts";
import type { Solution } from "../model/solution.ts";
import { breakingLoads } from "./largest-load.ts";
import { prepareModel } from "./prepare-model.ts";
import { solveModel } from "./solve-model.ts";

interface NodePlan {
  readonly serviceMs: number;
  readonly variability: number;
  readonly servers: number;
  readonly queueLimit: number | null;
  readonly held: boolean;
  readonly shape: number;
  readonly calls: readonly { readonly target: number; readonly mean: number; readonly settings: Partial<CallSite> }[];
}

const milliseconds = fc.integer({ min: 1, max: 50 });
const settings: fc.Arbitrary<Partial<CallSite>> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ networkMs: fc.constantFrom(0, 0.5, 2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      networkMs: fc.constant(1),
      timeoutMs: fc.constantFrom(20, 100, 500),
      retries: fc.integer({ min: 0, max: 2 }),
      backoffMs: fc.constantFrom(0, 10),
      jitter: fc.boolean(),
    }),
  },
);

function planArbitrary(count: number): fc.Arbitrary<readonly NodePlan[]> {
  return fc.tuple(
    ...Array.from({ length: count }, (_, index) =>
      fc.record({
        serviceMs: milliseconds,
        variability: fc.constantFrom(0, 0.5, 1, 1, 2),
        servers: fc.integer({ min: 1, max: 8 }),
        queueLimit: fc.constantFrom(null, null, null, 0, 5),
        held: fc.integer({ min: 0, max: 4 }).map((die) => die === 0),
        shape: fc.integer({ min: 0, max: 3 }),
        calls:
          index === 0
            ? fc.constant([])
            : fc.array(
                fc.record({
                  target: fc.integer({ min: 0, max: index - 1 }),
                  mean: fc.constantFrom(1, 0.3, 2),
                  settings,
                }),
                { maxLength: 3 },
              ),
      }),
    ),
  );
}

function modelOf(plans: readonly NodePlan[], ratePerSecond: number): AnalysisModel {
  const builder = new ModelBuilder();
  const routines: number[] = [];
  plans.forEach((plan, index) => {
    const { serviceMs, servers, variability } = plan;
    const limit = plan.queueLimit === null ? {} : { queueLimit: plan.queueLimit };
    const station = builder.station(`n${index}`, { serviceMs, servers, ...limit });
    const calls = plan.calls.map(({ target, mean, settings: call }) => {
      const step = builder.call(routines[target] ?? 0, call);
      return mean === 1 ? step : repeated(mean, step);
    });
    const after = combine(plan.shape, calls);
    const program = plan.held
      ? hold(station, delay(serviceMs, variability), after)
      : sequence(work(station, serviceMs, variability), after);
    routines.push(builder.routine(`n${index}`, program));
  });
  builder.journey(ratePerSecond, routines.at(-1) ?? 0);
  return builder.build();
}

function combine(shape: number, calls: readonly Program[]): Program {
  const [first, ...rest] = calls;
  if (first === undefined) return sequence();
  if (rest.length === 0) return first;
  if (shape === 1) return parallel(null, ...calls);
  if (shape === 2) return choice(...calls.map((call) => [1 / calls.length, call] as const));
  if (shape === 3) return { op: "fallback", attempt: first, otherwise: sequence(...rest) };
  return sequence(...calls);
}

function solveAt(model: AnalysisModel, load: number): Solution {
  const result = prepareModel(model);
  if (!result.ok) throw new Error("unbounded");
  return solveModel(result.value, load);
}

const cases = { numRuns: 60, seed: 20_240_601 };

describe("random models", () => {
  const models = fc
    .integer({ min: 1, max: 7 })
    .chain((count) => fc.record({ plans: planArbitrary(count), rate: fc.constantFrom(1, 10, 50, 200) }));

  it("conserve flow, complete no more than offered, and give no NaN", () => {
    fc.assert(
      fc.property(models, ({ plans, rate }) => {
        const solution = solveAt(modelOf(plans, rate), 1);
        for (const station of solution.stations) {
          const out = station.completedPerSecond + station.rejectedPerSecond + station.backlogGrowthPerSecond;
          expect(Math.abs(out - station.arrivalsPerSecond)).toBeLessThanOrEqual(
            1e-6 * Math.max(1, station.arrivalsPerSecond),
          );
          expect(station.utilization).toBeGreaterThanOrEqual(0);
          expect(station.utilization).toBeLessThanOrEqual(1);
          expect(Number.isNaN(station.offeredUtilization)).toBe(false);
          if (station.saturated) expect(station.meanWaitMs).toBeNull();
          else expect(station.meanWaitMs).toBeGreaterThanOrEqual(0);
        }
        for (const journey of solution.journeys) {
          expect(journey.completedPerSecond).toBeLessThanOrEqual(journey.offeredPerSecond * (1 + 1e-9));
          expect(journey.completedPerSecond).toBeGreaterThanOrEqual(0);
          expect(journey.errorRate).toBeGreaterThanOrEqual(0);
          expect(journey.errorRate + journey.completedPerSecond / journey.offeredPerSecond).toBeLessThanOrEqual(
            1 + 1e-9,
          );
          if (journey.law !== null) expect(journey.law.meanMs).toBeGreaterThan(0);
        }
      }),
      cases,
    );
  });

  it("have percentiles that rise and a mean between them, and paths that add up", () => {
    fc.assert(
      fc.property(models, ({ plans, rate }) => {
        for (const journey of solveAt(modelOf(plans, rate), 0.3).journeys) {
          if (journey.law !== null) {
            const values = quantiles(journey.law, [0.01, 0.5, 0.9, 0.99, 0.999]);
            values.forEach((value, index) => {
              expect(value).toBeGreaterThanOrEqual(values[index - 1] ?? 0);
            });
            expect(journey.law.meanMs).toBeGreaterThanOrEqual((values[0] ?? Number.NaN) * (1 - 1e-9));
          }
          if (journey.completedPerSecond > 0) {
            expect(journey.paths.length).toBeGreaterThan(0);
            expect(journey.paths.length).toBeLessThanOrEqual(16);
            expect(journey.paths.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
          }
        }
      }),
      { ...cases, numRuns: 40 },
    );
  });

  it("give the same figures twice", () => {
    fc.assert(
      fc.property(models, ({ plans, rate }) => {
        const figures = () => {
          const { stations, journeys, warnings } = solveAt(modelOf(plans, rate), 1);
          return JSON.stringify([
            stations.map(({ arrivalsPerSecond, meanWaitMs }) => [arrivalsPerSecond, meanWaitMs]),
            journeys.map(({ law, errorRate }) => [law?.meanMs, law?.varianceMs2, errorRate]),
            warnings,
          ]);
        };
        expect(figures()).toBe(figures());
      }),
      { ...cases, numRuns: 15 },
    );
  });

  it("are never less utilised under more load", () => {
    fc.assert(
      fc.property(models, ({ plans, rate }) => {
        // Without failures, which take load off what stands behind them.
        const calm = plans.map((plan) => ({
          ...plan,
          queueLimit: null,
          calls: plan.calls.map((call) => ({ ...call, settings: {} })),
        }));
        const model = modelOf(calm, rate);
        const result = prepareModel(model);
        if (!result.ok) throw new Error("unbounded");
        const first = breakingLoads(result.value)[0]?.load ?? 1;
        let before: readonly number[] = [];
        for (const share of [0.1, 0.4, 0.7, 0.95]) {
          const { stations } = solveModel(result.value, share * first);
          const utilizations = stations.map(({ utilization }) => utilization);
          utilizations.forEach((value, index) => {
            expect(value).toBeGreaterThanOrEqual((before[index] ?? 0) - 1e-9);
            expect(value).toBeLessThan(1);
          });
          before = utilizations;
        }
        // Just below the first breaking load nothing is saturated, just above it something is.
        expect(solveModel(result.value, first * 0.9999).stations.some(({ saturated }) => saturated)).toBe(false);
        expect(solveModel(result.value, first * 1.0001).stations.some(({ saturated }) => saturated)).toBe(true);
      }),
      { ...cases, numRuns: 60 },
    );
  });
});
