import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { exactMeanValues, openResidence } from "#src/analysis/closed/mean-value-analysis.ts";
import {
  choice,
  delay,
  hold,
  ModelBuilder,
  type StationSettings,
  sequence,
  work,
} from "#src/analysis/model/build-model.ts";
import { boundsOfUsers } from "#src/analysis/solve/bounds-of-users.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { explainFigure } from "#src/insights/explain-figure.ts";
import { client, type DesignText, reportOf, serves } from "./design-reports.ts";

/** Users of a service with 4 workers and a store behind it. */
function twoTiers(journey: object, more: object = {}): DesignText {
  return {
    nodes: [client, ["api", "service", serves(30, 4)], ["db", "service", serves(20)]],
    edges: [
      ["client", "api"],
      ["api", "db"],
    ],
    journeys: [{ id: "j", source: "client", ...journey }],
    ...more,
  };
}

describe("journeys of users, from the design file", () => {
  it("N* = (D + Z)/D_max is where maxLoad stands, and nothing is saturated beyond it", () => {
    const text = twoTiers({ users: 20, thinkTimeMs: 500 });
    const at = reportOf(text).report;
    expect(at.maxLoad).toBeCloseTo(27.5 / 20, 6);
    expect(at.breaksFirst[0]).toBe("db");
    const [journey] = at.journeys;
    expect(journey?.closed).toMatchObject({ users: 20, thinkTimeMs: 500 });
    expect(journey?.closed?.bounds?.saturationUsers).toBeCloseTo(27.5, 6);
    expect(journey?.closed?.bounds?.asymptotic.throughputPerSecond.most).toBeCloseTo(20 / 0.55, 6);
    expect(journey?.maxPerSecond).toBeCloseTo(50, 6);
    const beyond = reportOf(text, { load: 5 }).report;
    expect(beyond.nodes.some(({ saturated }) => saturated)).toBe(false);
    expect(beyond.journeys[0]?.saturated).toBe(false);
    expect(beyond.journeys[0]?.offeredPerSecond).toBeCloseTo(50, 6);
    // 100 users at 50 per second, of whom half a second's worth think.
    expect(beyond.journeys[0]?.latencyMs.mean).toBeCloseTo(100 / 0.05 - 500, 3);
  });

  it("think nothing by default, and the scenario of more traffic means more users", () => {
    expect(reportOf(twoTiers({ users: 3 })).report.journeys[0]?.closed?.thinkTimeMs).toBe(0);
    const more = { scenarios: [{ id: "s", effects: [{ type: "traffic", amount: 3 }] }] };
    const busy = reportOf(twoTiers({ users: 20, thinkTimeMs: 500 }, more), { scenario: "s" });
    expect(busy.report.journeys[0]?.closed?.users).toBe(60);
  });

  it("say in words what their rate follows from", () => {
    const text = twoTiers({ users: 20, thinkTimeMs: 500 });
    const { report, analysis } = reportOf(text);
    const { design } = analysis.compiled.resolved;
    const told = explainFigure({ design, report, catalogue }, { of: "journey", id: "j", figure: "offeredPerSecond" });
    expect(told?.formula).toContain("X = N / (Z + R)");
    expect(told?.values.find(({ symbol }) => symbol === "N*")?.value).toBe("27.5");
  });
});

describe("journeys of users beside others", () => {
  it("one user and an open stream at one server: R = S/(1 − ρ) for it, and what theory says for the stream", () => {
    const builder = new ModelBuilder();
    const station = builder.station("server", { serviceMs: 20 });
    builder.closedJourney(1, 100, builder.routine("user", work(station, 20)));
    builder.journey(25, builder.routine("stream", work(station, 20), 1));
    const ready = prepareModel(builder.build());
    if (!ready.ok) throw new Error("unbounded");
    const [user, stream] = solveModel(ready.value, 1).journeys;
    const exact = exactMeanValues([{ users: 1, thinkTimeMs: 100, demandMs: [20] }], [0.5]);
    expect(user?.law?.meanMs).toBeCloseTo(40, 9);
    expect(user?.offeredPerSecond).toBeCloseTo((exact.cyclesPerMs[0] ?? Number.NaN) * 1000, 9);
    expect(stream?.law?.meanMs).toBeCloseTo(openResidence(20, exact.queue[0]?.[0] ?? Number.NaN, 0.5), 9);
  });

  it("two kinds of users at three single servers are exact while they are few", () => {
    const builder = new ModelBuilder();
    const services = [10, 20, 30];
    const stations = services.map((serviceMs, index) => builder.station(`s${index}`, { serviceMs }));
    const visit = (index: number) => work(stations[index] ?? 0, services[index] ?? 0);
    builder.closedJourney(4, 50, builder.routine("a", sequence(visit(0), visit(1), visit(0))));
    builder.closedJourney(3, 80, builder.routine("b", sequence(visit(1), visit(2)), 1));
    const ready = prepareModel(builder.build());
    if (!ready.ok) throw new Error("unbounded");
    const { journeys } = solveModel(ready.value, 1);
    const { cyclesPerMs } = exactMeanValues([
      { users: 4, thinkTimeMs: 50, demandMs: [20, 20, 0] },
      { users: 3, thinkTimeMs: 80, demandMs: [0, 20, 30] },
    ]);
    journeys.forEach(({ offeredPerSecond }, index) => {
      expect(offeredPerSecond).toBeCloseTo((cyclesPerMs[index] ?? Number.NaN) * 1000, 8);
    });
  });
});

const stationOf = fc.record({
  serviceMs: fc.integer({ min: 1, max: 60 }),
  servers: fc.constantFrom(1, 1, 2, 6),
  queues: fc.constantFrom(1, 1, 3),
  variability: fc.constantFrom(1, 1, 1, 0, 0.5, 2),
  isHeld: fc.constantFrom(false, false, false, true),
  share: fc.constantFrom(1, 0.4),
});
const networks = fc.record({
  stations: fc.array(stationOf, { minLength: 1, maxLength: 4 }),
  thinkTimeMs: fc.constantFrom(0, 30, 1000),
  users: fc.integer({ min: 1, max: 60 }),
});

describe("any closed network", () => {
  it("gives no more than its bounds, keeps Little's law, and no less to more users", () => {
    fc.assert(
      fc.property(networks, ({ stations, thinkTimeMs, users }) => {
        const builder = new ModelBuilder();
        const steps = stations.map(({ variability, isHeld, share, ...settings }, index) => {
          const place: StationSettings = { ...settings, dispatch: settings.queues > 1 ? "random" : "shared-queue" };
          const station = builder.station(`s${index}`, place);
          const time = settings.serviceMs;
          const visit = isHeld ? hold(station, delay(time, variability)) : work(station, time, variability);
          return share === 1 ? visit : choice([share, visit], [1 - share, sequence()]);
        });
        builder.closedJourney(users, thinkTimeMs, builder.routine("user", sequence(...steps)));
        const ready = prepareModel(builder.build());
        if (!ready.ok) throw new Error("unbounded");
        let before = 0;
        for (const load of [0.5, 1, 1.3, 3]) {
          const solution = solveModel(ready.value, load, { details: false });
          const [journey] = solution.journeys;
          if (journey === undefined || journey.law === null) throw new Error("users are never without an answer");
          const rate = journey.offeredPerSecond;
          const most = boundsOfUsers(ready.value, 0, load)?.asymptotic.throughputPerSecond.most ?? Number.NaN;
          expect(rate).toBeLessThanOrEqual(most * (1 + 1e-6));
          expect(rate).toBeGreaterThanOrEqual(before * (1 - 1e-6));
          expect((rate * (thinkTimeMs + journey.law.meanMs)) / 1000 / (users * load)).toBeCloseTo(1, 6);
          for (const { saturated, utilization } of solution.stations) {
            expect(saturated).toBe(false);
            expect(utilization).toBeLessThanOrEqual(1);
          }
          before = rate;
        }
      }),
      { numRuns: 60, seed: 20261122 },
    );
  });
});

describe("users at the edges of what they can be", () => {
  const beside = (users: object, open: number, settings: object): DesignText => ({
    nodes: [client, ["api", "api-gateway", settings]],
    edges: [["client", "api", { condition: "read" }]],
    journeys: [
      { id: "idle", source: "client", operation: "write", thinkTimeMs: 0, ...users },
      { id: "busy", source: "client", users: 1, thinkTimeMs: 0 },
      { id: "open", source: "client", ratePerSecond: open },
    ],
  });

  it("who neither thinks nor waits for anything leaves all figures finite", () => {
    const { report, journey } = reportOf(beside({ users: 5 }, 5, serves(0.2)));
    for (const { completedPerSecond, latencyMs } of report.journeys) {
      expect(Number.isFinite(completedPerSecond)).toBe(true);
      expect(Number.isFinite(latencyMs.mean ?? 0)).toBe(true);
    }
    expect(journey("busy").latencyMs.mean).toBeGreaterThanOrEqual(0.2);
  });

  it("a part of a user beside open requests waits no negative time, and keeps to Little's law", () => {
    const { journey } = reportOf(beside({ users: 5, thinkTimeMs: 1000 }, 60, serves(20, 1, { variability: 0 })), {
      load: 0.08,
    });
    const { completedPerSecond, latencyMs } = journey("busy");
    expect(latencyMs.mean).toBeGreaterThanOrEqual(20);
    expect((completedPerSecond * (latencyMs.mean ?? 0)) / 1000).toBeCloseTo(0.08, 6);
  });
});
