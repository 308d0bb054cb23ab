import { describe, expect, it } from "vitest";
import { choice, delay, ModelBuilder, repeated, sequence, work } from "#src/analysis/model/build-model.ts";
import type { AnalysisModel, Program } from "#src/analysis/model/program.ts";
import type { Solution } from "#src/analysis/model/solution.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";

function solved(model: AnalysisModel, load = 1): Solution {
  const ready = prepareModel(model);
  if (!ready.ok) throw new Error("calls without end");
  return solveModel(ready.value, load);
}

/** Figures of the stations in order, of shared or exponential servers. */
function figuresOf({ stations }: Solution) {
  return stations.map((station) => {
    const sojournMs = station.sojournLaw?.meanMs ?? Number.NaN;
    return {
      rate: station.arrivalsPerSecond,
      busy: station.utilization,
      sojournMs,
      number: (station.arrivalsPerSecond * sojournMs) / 1000,
    };
  });
}

/** Within one unit of the last digit printed. */
function close(found: readonly number[], printed: readonly number[], digits: number): void {
  expect(found.length).toBe(printed.length);
  found.forEach((value, index) => {
    expect(Math.abs(value - (printed[index] ?? Number.NaN))).toBeLessThanOrEqual(10 ** -digits);
  });
}

/** One journey that makes so many visits to each of some single servers. */
function visited(
  visits: readonly number[],
  serviceMs: readonly number[],
  start: (b: ModelBuilder, routine: number) => void,
) {
  const builder = new ModelBuilder();
  const steps = visits.map((count, index) => {
    const server = builder.server(`device-${index}`, { serviceMs: serviceMs[index] ?? 0 });
    return repeated(count, builder.call(server));
  });
  start(builder, builder.routine("client", sequence(...steps)));
  return builder.build();
}

describe("open networks of the literature", () => {
  it("Jain 1991, 34.1: λ = 3 per s, 16, 7 and 8 visits of 10, 20 and 30 ms", () => {
    const solution = solved(visited([16, 7, 8], [10, 20, 30], (builder, routine) => builder.journey(3, routine)));
    const figures = figuresOf(solution);
    close(
      figures.map(({ busy }) => busy),
      [0.48, 0.42, 0.72],
      9,
    );
    close(
      figures.map(({ sojournMs }) => sojournMs),
      [10 / 0.52, 20 / 0.58, 30 / 0.28],
      6,
    );
    expect(solution.journeys[0]?.law?.meanMs).toBeCloseTo(1406.21448, 4);
    expect(figures.reduce((sum, { number }) => sum + number, 0)).toBeCloseTo(4.21864, 5);
  });

  it("Lazowska et al. 1984, p. 113: λ = 0.3 per s, 121, 70 and 50 visits", () => {
    const figures = figuresOf(
      solved(visited([121, 70, 50], [5, 30, 27], (builder, routine) => builder.journey(0.3, routine))),
    );
    expect(figures[0]?.busy).toBeCloseTo(0.1815, 9);
    expect(figures[0]?.rate).toBeCloseTo(36.3, 9);
    expect(figures[0]?.number).toBeCloseTo(0.1815 / 0.8185, 9);
  });

  it("Bolch et al. 2006, 7.4: a processor and two devices that come back to it", () => {
    const builder = new ModelBuilder();
    const stations = [40, 30, 60, 50].map((serviceMs, index) => builder.station(`node-${index}`, { serviceMs }));
    const [one = 0, two = 0, three = 0, four = 0] = stations;
    const entry = builder.routine("node-0");
    const back = builder.call(entry);
    const nothing = sequence();
    const atTwo = builder.call(builder.routine("node-1", sequence(work(two, 30), back)));
    const atThree = builder.call(
      builder.routine("node-2", sequence(work(three, 60), choice([0.6, back], [0.4, nothing]))),
    );
    builder.define(entry, sequence(work(one, 40), choice([0.5, atTwo], [0.5, atThree])));
    builder.journey(4, builder.routine("node-3", sequence(work(four, 50), back)));
    const figures = figuresOf(solved(builder.build()));
    close(
      figures.map(({ rate }) => rate),
      [20, 10, 10, 4],
      6,
    );
    close(
      figures.map(({ busy }) => busy),
      [0.8, 0.3, 0.6, 0.2],
      6,
    );
    close(
      figures.map(({ sojournMs }) => sojournMs),
      [200, 30 / 0.7, 150, 62.5],
      4,
    );
    close(
      figures.map(({ number }) => number),
      [4, 0.3 / 0.7, 1.5, 0.25],
      6,
    );
  });

  it("three nodes of which two lead back: 5, 1.5 and 2.5 visits, 34.026 s", () => {
    const builder = new ModelBuilder();
    const stations = [1000, 2000, 1500].map((serviceMs, index) => builder.station(`node-${index}`, { serviceMs }));
    const [one = 0, two = 0, three = 0] = stations;
    const entry = builder.routine("node-0");
    const back = builder.call(entry);
    const atTwo = builder.call(builder.routine("node-1", sequence(work(two, 2000), back)));
    const atThree = builder.call(builder.routine("node-2", sequence(work(three, 1500), back)));
    builder.define(entry, sequence(work(one, 1000), choice([0.3, atTwo], [0.5, atThree], [0.2, sequence()])));
    builder.journey(0.15, entry);
    const solution = solved(builder.build());
    close(
      figuresOf(solution).map(({ rate }) => rate / 0.15),
      [5, 1.5, 2.5],
      9,
    );
    expect(solution.journeys[0]?.law?.meanMs).toBeCloseTo(34_025.97403, 3);
  });

  /** Product form with a service of its own for each class needs servers that all share. */
  function sharedStations(builder: ModelBuilder, count: number): readonly number[] {
    return Array.from({ length: count }, (_, index) =>
      builder.station(`node-${index}`, { discipline: "processor-sharing" }),
    );
  }

  it("Zahorjan's two classes at shared servers: R₁₁ = 0.158 s, Q₁₁ = 0.25", () => {
    const builder = new ModelBuilder();
    const [cpu = 0, disk = 0] = sharedStations(builder, 2);
    const visits = [
      { cpu: [10, 100], disk: [9, 1000 / 3], rate: 3 / 19 },
      { cpu: [5, 400], disk: [4, 1000], rate: 2 / 19 },
    ] as const;
    const routines = visits.map(({ cpu: [cpuVisits, cpuMs], disk: [diskVisits, diskMs], rate }, journey) => {
      const atCpu = builder.routine("node-0", work(cpu, cpuMs), journey);
      const atDisk = builder.routine("node-1", work(disk, diskMs), journey);
      const visit = sequence(repeated(cpuVisits, builder.call(atCpu)), repeated(diskVisits, builder.call(atDisk)));
      builder.journey(rate, builder.routine("client", visit, journey));
      return atCpu;
    });
    const solution = solved(builder.build());
    const residence = solution.routines[routines[0] ?? -1]?.law?.meanMs ?? Number.NaN;
    expect(residence).toBeCloseTo(100 / (1 - 7 / 19), 6);
    expect((residence / 1000) * (30 / 19)).toBeCloseTo(0.25, 9);
    expect(solution.stations.map(({ utilization }) => utilization)).toEqual([
      expect.closeTo(7 / 19, 9),
      expect.closeTo(17 / 19, 9),
    ]);
  });

  it("Bolch et al. 2006, 7.7: two classes with routes of their own", () => {
    const builder = new ModelBuilder();
    const stations = sharedStations(builder, 3);
    const services = [
      [1000 / 8, 1000 / 12, 1000 / 16],
      [1000 / 24, 1000 / 32, 1000 / 36],
    ];
    const routes = [
      [
        [0, 0.4, 0.3],
        [0.6, 0, 0.4],
        [0.5, 0.5, 0],
      ],
      [
        [0, 0.3, 0.6],
        [0.7, 0, 0.3],
        [0.4, 0.6, 0],
      ],
    ];
    const routines = routes.map((route, journey) => {
      const own = stations.map((_, index) => builder.routine(`node-${index}`, sequence(), journey));
      own.forEach((routine, index) => {
        const options = (route[index] ?? []).map((share, to): readonly [number, Program] => [
          share,
          builder.call(own[to] ?? 0),
        ]);
        const left = 1 - options.reduce((sum, [share]) => sum + share, 0);
        const going = options.filter(([share]) => share > 0);
        const next = left > 1e-9 ? [...going, [left, sequence()] as const] : going;
        builder.define(routine, sequence(work(stations[index] ?? 0, services[journey]?.[index] ?? 0), choice(...next)));
      });
      builder.journey(1, own[0] ?? 0);
      return own;
    });
    const solution = solved(builder.build());
    close(
      solution.stations.map(({ utilization }) => utilization),
      [0.833, 0.442, 0.354],
      3,
    );
    const busy = solution.stations.map(({ utilization }) => utilization);
    const numbers = routines.map((own, journey) =>
      own.map((routine, index) => {
        const rate = solution.routines[routine]?.visitsPerSecond ?? Number.NaN;
        const time = (services[journey]?.[index] ?? 0) / (1 - (busy[index] ?? 0));
        return (rate * time) / 1000;
      }),
    );
    close(numbers[0] ?? [], [2.5, 0.342, 0.186], 3);
    close(numbers[1] ?? [], [2.5, 0.451, 0.362], 3);
    // The stations hold both classes together, by their own laws.
    figuresOf(solution).forEach(({ number }, index) => {
      expect(number).toBeCloseTo((numbers[0]?.[index] ?? 0) + (numbers[1]?.[index] ?? 0), 6);
    });
  });
});

describe("closed networks of the literature, from end to end", () => {
  it("Jain 1991, 34.2: 20 users who think 4 s: R = 56.015632 s, X = 0.33324651 per s", () => {
    const solution = solved(
      visited([16, 10, 5], [125, 300, 200], (builder, routine) => builder.closedJourney(20, 4000, routine)),
    );
    const figures = figuresOf(solution);
    close(
      figures.map(({ sojournMs }) => sojournMs / 1000),
      [0.373, 4.854, 0.3],
      3,
    );
    close(
      figures.map(({ number }) => number),
      [1.991, 16.177, 0.5],
      3,
    );
    expect(solution.journeys[0]?.offeredPerSecond).toBeCloseTo(0.33324651, 8);
    expect(solution.journeys[0]?.law?.meanMs).toBeCloseTo(56_015.63, 2);
  });

  it("Bolch et al. 2006, 8.3: 6 jobs that never think", () => {
    const solution = solved(
      visited([1, 0.4, 0.2, 0.1], [20, 200, 400, 600], (builder, routine) => builder.closedJourney(6, 0, routine)),
    );
    const figures = figuresOf(solution);
    close(
      figures.map(({ busy }) => busy),
      [0.198, 0.794, 0.794, 0.595],
      3,
    );
    close(
      figures.map(({ rate }) => rate),
      [9.92, 3.968, 1.984, 0.992],
      3,
    );
    close(
      figures.map(({ sojournMs }) => sojournMs / 1000),
      [0.025, 0.57, 1.14, 1.244],
      3,
    );
    close(
      figures.map(({ number }) => number),
      [0.244, 2.261, 2.261, 1.234],
      3,
    );
  });

  it("Bolch et al. 2006, 8.4: two processors, two devices and a delay for 3 jobs", () => {
    const builder = new ModelBuilder();
    const one = builder.server("processors", { serviceMs: 500, servers: 2 });
    const two = builder.server("device-1", { serviceMs: 600 });
    const three = builder.server("device-2", { serviceMs: 800 });
    const cycle = sequence(
      builder.call(one),
      choice([0.5, builder.call(two)], [0.5, builder.call(three)]),
      delay(1000, 1),
    );
    builder.closedJourney(3, 0, builder.routine("terminal", cycle));
    const solution = solved(builder.build());
    const figures = figuresOf(solution);
    close(
      figures.map(({ rate }) => rate),
      [1.218, 0.609, 0.609],
      3,
    );
    close(
      figures.map(({ number }) => number),
      [0.624, 0.473, 0.686],
      3,
    );
    expect(solution.stations.map(({ exactness }) => exactness.kind)).toEqual(["exact", "exact", "exact"]);
  });

  it("keep Little's law N = X(Z + R), also between whole numbers of users", () => {
    const model = visited([3, 2], [20, 50], (builder, routine) => builder.closedJourney(10, 700, routine));
    for (const load of [0.04, 0.33, 1, 1.7, 12.5]) {
      const { offeredPerSecond = 0, law } = solved(model, load).journeys[0] ?? {};
      expect(offeredPerSecond * (0.7 + (law?.meanMs ?? Number.NaN) / 1000)).toBeCloseTo(10 * load, 6);
    }
  });
});
