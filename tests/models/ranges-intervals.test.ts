import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { triangularQuantile } from "#src/analysis/uncertainty/triangular-law.ts";
import { setRange } from "#src/design/commands/set-range.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { templates } from "#src/exchange/templates/templates.ts";
import { certaintyOf } from "#src/insights/sensitivity/assess-certainty.ts";
import type { Certainty, FigureCertainty } from "#src/insights/sensitivity/certainty.ts";
import { randomDesign } from "./random-designs.ts";

interface Part {
  readonly settings?: object;
  readonly ranges?: object;
}

/** client → first → second, everything exponential and without network time. */
function certainty(
  { rate = {}, first = {}, second }: { rate?: object; first?: Part; second?: Part },
  options: Parameters<typeof certaintyOf>[2] = {},
): Certainty {
  const serves = { concurrency: 1, capacityPerSecond: 100, latencyMs: 10, variability: 1 };
  const part = (id: string, { settings, ...rest }: Part) => ({
    id,
    kind: "service",
    settings: { ...serves, ...settings },
    ...rest,
  });
  const file = JSON.stringify({
    format: "plimsoll",
    version: 1,
    journeys: [{ id: "j", source: "client", ratePerSecond: 80, ...rate }],
    nodes: [{ id: "client", kind: "client" }, part("first", first), ...(second ? [part("second", second)] : [])],
    edges: [
      { id: "e1", source: "client", target: "first", settings: { networkMs: 0 } },
      ...(second ? [{ id: "e2", source: "first", target: "second", settings: { networkMs: 0 } }] : []),
    ],
  });
  const read = readDesignFile(file, kindDirectory);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const outcome = certaintyOf(read.value, catalogue, options);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
}

function figure(found: Certainty, name: string): FigureCertainty {
  const match = found.figures.find(({ figure: asked }) => asked.figure === name);
  if (match === undefined) throw new Error(`No figure ${name}`);
  return match;
}

/** By "id setting", so that a test reads what it is about. */
function elasticities(found: Certainty, name: string): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    figure(found, name).influences.map(({ factor, elasticity }) => {
      const { id, setting } = found.factors[factor] ?? { id: "", setting: "" };
      return [`${id} ${setting}`, elasticity];
    }),
  );
}

describe("elasticities of an M/M/1 queue, from the text of a design", () => {
  it("are theory's: rate ρ/(1−ρ), capacity −1/(1−ρ), for the mean and for every percentile", () => {
    for (const rho of [0.5, 0.8, 0.9]) {
      const found = certainty({ rate: { ratePerSecond: 100 * rho } });
      for (const name of ["mean", "p99"]) {
        const values = elasticities(found, name);
        expect(Math.abs((values["j ratePerSecond"] ?? 0) / (rho / (1 - rho)) - 1)).toBeLessThan(1e-6);
        expect(Math.abs((values["first capacityPerSecond"] ?? 0) / (-1 / (1 - rho)) - 1)).toBeLessThan(1e-6);
      }
      const load = elasticities(found, "maxLoad");
      expect(load["j ratePerSecond"]).toBeCloseTo(-1, 7);
      expect(load["first capacityPerSecond"]).toBeCloseTo(1, 7);
    }
  });

  it("need no range: ten percent around what is stated or assumed, said as such, and no samples", () => {
    const found = certainty({});
    expect(found.samples).toBe(0);
    expect(figure(found, "p99").interval).toBeNull();
    const basis = new Map(found.factors.map((factor) => [`${factor.id} ${factor.setting}`, factor.basis]));
    expect(basis.get("j ratePerSecond")).toBe("stated");
    expect(basis.get("first capacityPerSecond")).toBe("stated");
    // There is no number of instances within ten percent of one.
    expect(basis.has("first instances")).toBe(false);
    // All of it is service: it goes with the capacity.
    expect(basis.has("first latencyMs")).toBe(false);
    const rate = found.factors.find(({ setting }) => setting === "ratePerSecond");
    expect([rate?.low, rate?.high]).toEqual([72, 88]);
  });

  it("of a closed journey are those of its users and their time to think", () => {
    // 100 users who think for 4 s before a server of 100 a second: the rate is N / (Z + R), R far below Z.
    const found = certainty({ rate: { ratePerSecond: undefined, users: 100, thinkTimeMs: 4000 } });
    const values = elasticities(found, "completedPerSecond");
    expect(values["j users"]).toBeCloseTo(1, 2);
    expect(values["j thinkTimeMs"]).toBeCloseTo(-1, 2);
    expect(found.factors.some(({ setting }) => setting === "ratePerSecond")).toBe(false);
  });

  it("keep a stated delay when the capacity varies", () => {
    // Service 10 ms, delay 10 ms: less time of service leaves the stated 20 ms, so that only the wait shrinks.
    const found = certainty({ rate: { ratePerSecond: 50 }, first: { settings: { latencyMs: 20 } } });
    const wait = (capacity: number) => 1000 / (capacity - 50) - 1000 / capacity;
    const slope = (Math.log(20 + wait(100.01)) - Math.log(20 + wait(99.99))) / (Math.log(100.01) - Math.log(99.99));
    expect(elasticities(found, "mean")["first capacityPerSecond"]).toBeCloseTo(slope, 5);
  });
});

describe("intervals from ranges", () => {
  it("of the largest load are those of the capacity, which it is proportional to", () => {
    const found = certainty({ first: { ranges: { capacityPerSecond: [60, 160] } } });
    const { interval, likely, influences } = figure(found, "maxLoad");
    expect(likely).toBeCloseTo(100 / 80, 12);
    for (const [value, probability] of [
      [interval?.low, 0.05],
      [interval?.high, 0.95],
    ] as const) {
      // Each of 200 strata holds one point: a quantile of the sample is within two strata of its own.
      const between = [-0.01, 0.01].map((by) => triangularQuantile(60, 100, 160, probability + by) / 80);
      expect(value).toBeGreaterThan(between[0] ?? Number.NaN);
      expect(value).toBeLessThan(between[1] ?? Number.NaN);
    }
    expect(influences).toHaveLength(1);
    expect(influences[0]?.rankCorrelation).toBeCloseTo(1, 12);
    expect(influences[0]?.atLow).toBeCloseTo(0.75, 12);
    expect(influences[0]?.atHigh).toBeCloseTo(2, 12);
  });

  it("say how often a latency has no bound", () => {
    const found = certainty({ first: { ranges: { capacityPerSecond: [60, 160] } } });
    const { interval, influences } = figure(found, "p99");
    // P(capacity ≤ 80) = 20² / (100 · 40).
    expect(interval?.unboundedShare).toBeCloseTo(0.1, 2);
    expect(interval?.high).toBeNull();
    expect(interval?.low).toBeGreaterThan(0);
    expect(influences[0]?.atLow).toBeNull();
    expect(influences[0]?.rankCorrelation).toBeCloseTo(-1, 2);
  });

  it("name the parts that may be full first with their shares", () => {
    const ranges = { capacityPerSecond: [80, 120] };
    const even = certainty({ first: { ranges }, second: { ranges } }, { samples: 300 });
    expect(even.breaksFirst.map(({ share }) => share).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const { share } of even.breaksFirst) expect(Math.abs(share - 0.5)).toBeLessThan(0.08);
    const uneven = certainty({ first: { ranges }, second: { settings: { capacityPerSecond: 400, latencyMs: 2.5 } } });
    expect(uneven.breaksFirst).toEqual([{ node: "first", share: 1 }]);
  });

  it("rank what matters by its swing: the widest first, what does nothing left out", () => {
    const found = certainty({
      rate: { ratePerSecond: 50, ranges: { ratePerSecond: [45, 55] } },
      first: { ranges: { capacityPerSecond: [70, 130], mtbfHours: [1000, 9000] } },
      second: { settings: { capacityPerSecond: 1000, latencyMs: 1 }, ranges: { capacityPerSecond: [900, 1100] } },
    });
    const order = figure(found, "mean").influences.map(({ factor }) => found.factors[factor]?.title);
    expect(order).toEqual(["first: capacity of one instance", "j: rate", "second: capacity of one instance"]);
    expect(figure(found, "availability").influences.map(({ factor }) => found.factors[factor]?.setting)).toEqual([
      "mtbfHours",
    ]);
    const [widest] = figure(found, "mean").influences;
    expect(widest?.rankCorrelation).toBeLessThan(-0.9);
  });

  it("are the same for the same seed, and samples are rounded where only whole numbers are possible", () => {
    const parts = { first: { settings: { instances: 2 }, ranges: { instances: [1, 5], variability: [0.5, 2] } } };
    expect(certainty(parts)).toEqual(certainty(parts));
    expect(certainty(parts, { seed: 2 })).not.toEqual(certainty(parts));
    const found = certainty(parts);
    expect(found.unusableSamples).toBe(0);
    const { interval } = figure(found, "maxLoad");
    // Capacity 100 each at 80 per second.
    expect([1.25, 2.5, 3.75, 5, 6.25]).toContain(Number(interval?.low?.toPrecision(12)));
  });

  it("narrow when the ranges do", () => {
    const width = (capacity: readonly number[]): number => {
      const { interval } = figure(
        certainty({ rate: { ratePerSecond: 40 }, first: { ranges: { capacityPerSecond: capacity } } }),
        "p99",
      );
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width([95, 105])).toBeLessThan(width([80, 120]));
    expect(width([100, 100])).toBe(0);
  });
});

describe("any design with ranges", () => {
  it("has figures that are numbers or without bound, in intervals that are in order, and no sample that does not fit", () => {
    fc.assert(
      fc.property(randomDesign, ({ file, constructs }) => {
        // Fixed points in fixed points take long, and differ by nothing that matters here.
        if (constructs.includes("style:holding")) return;
        const read = readDesignFile(file, kindDirectory);
        if (!read.ok) return;
        let design = read.value;
        for (const { id, kind, settings } of design.nodes.values()) {
          const capacity = kindDirectory.numberOf(kind, settings ?? {}, "capacityPerSecond");
          if (typeof capacity !== "number") continue;
          const range = [capacity / 2, capacity * 3] as const;
          const outcome = setRange(design, { of: "nodes", id, key: "capacityPerSecond", range, kinds: kindDirectory });
          if (outcome.ok) design = outcome.value;
        }
        const outcome = certaintyOf(design, catalogue, { samples: 6 });
        if (!outcome.ok) return;
        const { samples, unusableSamples, figures } = outcome.value;
        expect([samples, unusableSamples]).toEqual([6, 0]);
        for (const { likely, interval } of figures) {
          for (const value of [likely, interval?.low, interval?.high]) {
            expect(value === null || Number.isFinite(value)).toBe(true);
          }
          expect(interval?.low ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(
            interval?.high ?? Number.POSITIVE_INFINITY,
          );
        }
      }),
      { seed: 20261122, numRuns: 15 },
    );
  }, 120_000);
});

describe("templates", () => {
  // The others take longer and hold no other kind of number.
  const shown = ["three-tier-vpc", "primary-replicas", "sharded-database"];
  it.each(templates.filter(({ id }) => shown.includes(id)).map((template) => [template.id, template] as const))(
    "%s says what it rests on",
    async (_, { load }) => {
      const read = readDesignFile(await load(), kindDirectory);
      if (!read.ok) throw new Error(JSON.stringify(read.problem));
      const outcome = certaintyOf(read.value, catalogue);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
      const found = outcome.value;
      expect(found.factors.length).toBeGreaterThan(5);
      const { likely, influences } = figure(found, "maxLoad");
      expect(likely).toBeGreaterThan(0);
      // More of every rate together is less load: the elasticities of the rates sum to −1.
      const byRate = influences
        .filter(({ factor }) => found.factors[factor]?.of === "journey")
        .reduce((sum, { elasticity }) => sum + (elasticity ?? 0), 0);
      expect(byRate).toBeCloseTo(-1, 3);
      for (const { influences: moved } of found.figures) {
        const swings = moved.map(({ atLow, atHigh }) =>
          atLow === null || atHigh === null ? Number.POSITIVE_INFINITY : Math.abs(atHigh - atLow),
        );
        expect(swings).toEqual([...swings].sort((a, b) => (a === b ? 0 : b - a)));
      }
    },
  );
});
