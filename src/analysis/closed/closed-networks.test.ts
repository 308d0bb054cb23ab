import { describe, expect, it } from "vitest";
import { exponentialLaw } from "../latency/exponential-law.ts";
import { quantiles } from "../latency/quantile.ts";
import { tail } from "../latency/tail.ts";
import { closedBounds } from "./bounds.ts";
import { linearize } from "./linearizer.ts";
import { exactMeanValues, openResidence } from "./mean-value-analysis.ts";
import { type ClosedStation, mostCycles, solveClosedNetwork } from "./product-form.ts";
import { waitingLawSeeing, waitSeeing } from "./seen-queue.ts";
import { tailFinding, tailWaiting, waitFinding } from "./wait-seeing.ts";

/** Mean number, time and rate at each station, with the times in the units of the service. */
function figures(users: number, delayMs: number, stations: readonly ClosedStation[]) {
  const { cyclesPerMs, seen } = solveClosedNetwork({ users, delayMs, stations });
  return stations.map(({ visits, serviceMs, servers }, index) => {
    const time = serviceMs + (serviceMs / servers) * waitSeeing(seen[index] ?? new Float64Array(0)).mean;
    const rate = cyclesPerMs * visits;
    return { rate, time, number: rate * time };
  });
}

const station = (visits: number, serviceMs: number, servers = 1): ClosedStation => ({ visits, serviceMs, servers });

function close(found: readonly number[], printed: readonly number[], within = 1e-3): void {
  expect(found.length).toBe(printed.length);
  found.forEach((value, index) => {
    expect(Math.abs(value - (printed[index] ?? Number.NaN))).toBeLessThanOrEqual(within);
  });
}

describe("one class in product form", () => {
  const jain = [station(16, 0.125), station(10, 0.3), station(5, 0.2)];

  it("Jain 1991, 34.2: N = 20, Z = 4", () => {
    const found = figures(20, 4, jain);
    close(
      found.map(({ time }) => time),
      [0.373, 4.854, 0.3],
    );
    close(
      found.map(({ number }) => number),
      [1.991, 16.177, 0.5],
    );
    const { cyclesPerMs } = solveClosedNetwork({ users: 20, delayMs: 4, stations: jain });
    expect(cyclesPerMs).toBeCloseTo(0.33324651, 8);
    expect(20 / cyclesPerMs - 4).toBeCloseTo(56.01563, 4);
  });

  it("Bolch et al. 2006, 8.3 and 8.4: single servers; two processors and a delay", () => {
    const devices = figures(6, 0, [station(1, 0.02), station(0.4, 0.2), station(0.2, 0.4), station(0.1, 0.6)]);
    close(
      devices.map(({ rate }) => rate),
      [9.92, 3.968, 1.984, 0.992],
    );
    close(
      devices.map(({ number }) => number),
      [0.244, 2.261, 2.261, 1.234],
    );
    const several = figures(3, 1, [station(1, 0.5, 2), station(0.5, 0.6), station(0.5, 0.8)]);
    close(
      several.map(({ rate }) => rate),
      [1.218, 0.609, 0.609],
    );
    close(
      several.map(({ number }) => number),
      [0.624, 0.473, 0.686],
    );
  });

  it("is exact mean value analysis, number by number", () => {
    for (let users = 1; users <= 40; users++) {
      const { cyclesPerMs, seen } = solveClosedNetwork({ users, delayMs: 4, stations: jain });
      const exact = exactMeanValues([{ users, thinkTimeMs: 4, demandMs: [2, 3, 1] }]);
      expect(cyclesPerMs / (exact.cyclesPerMs[0] ?? Number.NaN)).toBeCloseTo(1, 12);
      jain.forEach(({ visits, serviceMs }, index) => {
        const time = visits * serviceMs * (1 + waitSeeing(seen[index] ?? new Float64Array(0)).mean);
        expect(time / (exact.residenceMs[0]?.[index] ?? Number.NaN)).toBeCloseTo(1, 11);
      });
    }
  });

  it("beside a delay alone is the machine-repair model, and holds for thousands of users", () => {
    // M/M/c//N by its birth-death chain.
    const users = 30;
    const [think, service, servers] = [300, 30, 3];
    const weights = [1];
    for (let n = 1; n <= users; n++) {
      weights.push((((weights[n - 1] ?? 0) * (users - n + 1)) / think) * (service / Math.min(n, servers)));
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const busy = weights.reduce((sum, weight, n) => sum + (weight * Math.min(n, servers)) / total, 0);
    const { cyclesPerMs } = solveClosedNetwork({ users, delayMs: think, stations: [station(1, service, servers)] });
    expect(cyclesPerMs).toBeCloseTo(busy / service, 12);
    const many = solveClosedNetwork({ users: 3000, delayMs: 1000, stations: [station(1, 10, 8), station(1, 1)] });
    expect(many.cyclesPerMs).toBeCloseTo(0.8, 9);
    const huge = solveClosedNetwork({ users: 1_000_000, delayMs: 1e6, stations: [station(1, 0.5), station(2, 0.2)] });
    expect(huge.cyclesPerMs).toBeGreaterThan(0.999);
    expect(huge.cyclesPerMs).toBeLessThan(1);
  });

  it("gives a user of a cycle of two exponential servers the exponential mixture of its wait", () => {
    // Two users, one server each: who arrives finds the other at either place.
    const { seen } = solveClosedNetwork({ users: 2, delayMs: 0, stations: [station(1, 1), station(1, 1)] });
    const law = waitingLawSeeing(seen[0] ?? new Float64Array(0), 1);
    expect(law.meanMs).toBeCloseTo(0.5, 12);
    const alone = exponentialLaw(1);
    for (const ms of [0.1, 1, 3]) expect(tail(law, ms)).toBeCloseTo(0.5 * tail(alone, ms), 9);
    const [p75, p99] = quantiles(law, [0.75, 0.99]);
    expect(p75).toBeCloseTo(Math.log(2), 6);
    expect(p99).toBeCloseTo(Math.log(50), 6);
  });
});

describe("several classes", () => {
  it("Zahorjan: two users at a processor and a disk", () => {
    const { queue, residenceMs, cyclesPerMs } = exactMeanValues([
      { users: 1, thinkTimeMs: 0, demandMs: [1, 3] },
      { users: 1, thinkTimeMs: 0, demandMs: [2, 4] },
    ]);
    close(queue.flat(), [4 / 19, 15 / 19, 5 / 19, 14 / 19], 1e-9);
    close(residenceMs.flat(), [4 / 3, 5, 5 / 2, 7], 1e-9);
    close(cyclesPerMs, [3 / 19, 2 / 19], 1e-9);
  });

  it("Schwetman 1982: 15 and 5 users who think 1 and 15", () => {
    const { queue, cyclesPerMs } = exactMeanValues([
      { users: 15, thinkTimeMs: 1, demandMs: [0.025] },
      { users: 5, thinkTimeMs: 15, demandMs: [0.5] },
    ]);
    close(queue.flat(), [0.677, 0.293]);
    close(cyclesPerMs, [14.323, 0.314]);
  });

  it("40 batch and 4 heavy jobs at six stations, as computed by JMVA", () => {
    const drives = [0.035 / 4, 0.035 / 4, 0.035 / 4, 0.035 / 4];
    const [light, heavy] = [1 / 0.9, 1 / 0.05].map((visits) => visits);
    const { cyclesPerMs, queue } = exactMeanValues([
      { users: 40, thinkTimeMs: 5, demandMs: [0.01, ...drives].map((demand) => demand * (light ?? 0)) },
      { users: 4, thinkTimeMs: 10, demandMs: [0.1, ...drives].map((demand) => demand * (heavy ?? 0)) },
    ]);
    close(cyclesPerMs, [7.891588, 0.27727], 1e-5);
    close([queue[0]?.[0] ?? 0, queue[1]?.[0] ?? 0], [0.192262, 1.008198], 1e-5);
    close([queue[0]?.[1] ?? 0, queue[1]?.[1] ?? 0], [0.087449, 0.054775], 1e-5);
  });

  it("Bolch et al. 2006, 8.6: two open and two closed classes", () => {
    const open = [
      { rate: 0.5, demand: [0.8, 0.6] },
      { rate: 0.25, demand: [2, 2.4] },
    ];
    const busy = [0, 1].map((index) => open.reduce((sum, { rate, demand }) => sum + rate * (demand[index] ?? 0), 0));
    const { residenceMs, queue, cyclesPerMs } = exactMeanValues(
      [
        { users: 1, thinkTimeMs: 0, demandMs: [0.3, 0.25] },
        { users: 1, thinkTimeMs: 0, demandMs: [0.5, 0.32] },
      ],
      busy,
    );
    close(queue.flat(), [0.582, 0.418, 0.624, 0.376]);
    // Times of one visit: 1 and 0.5, 1 and 0.4 of them.
    close([residenceMs[0]?.[0] ?? 0, (residenceMs[0]?.[1] ?? 0) / 0.5], [4.829, 6.951]);
    close([residenceMs[1]?.[0] ?? 0, (residenceMs[1]?.[1] ?? 0) / 0.4], [7.727, 11.636]);
    close(cyclesPerMs, [0.12, 0.081]);
    const there = [0, 1].map((index) => queue.reduce((sum, row) => sum + (row[index] ?? 0), 0));
    const met = open.map(({ demand }) => demand.map((own, at) => openResidence(own, there[at] ?? 0, busy[at] ?? 0)));
    close(met[0] ?? [], [2 * 8.822, 10.766]);
    close(met[1] ?? [], [2.5 * 17.645, 1.5 * 28.71], 2e-3);
  });

  it("Lazowska et al. 1984, p. 117: Schweitzer's approximation", () => {
    const services = [0.605, 2.1, 1.35];
    const { cyclesPerMs, waitMs } = linearize(
      {
        classes: [{ users: 3, delayMs: 15 + 4.055, visits: [1, 1, 1] }],
        stations: services.map((serviceMs) => ({
          serviceMs,
          servers: 1,
          serviceScv: 1,
          openPerMs: 0,
          mostUsers: null,
        })),
      },
      0,
    );
    const [cycles = 0] = cyclesPerMs;
    expect(cycles).toBeCloseTo(0.151, 3);
    expect(3 / cycles - 15).toBeCloseTo(4.87, 2);
    close(
      services.map((service, index) => cycles * (service + (waitMs[0]?.[index] ?? 0))),
      [0.0973, 0.4021, 0.2359],
    );
  });

  it("Linearizer is within 0.5 % of exact throughputs, Schweitzer–Bard within 6 %", () => {
    let worst = 0;
    let worstOfSchweitzer = 0;
    for (const [one, other] of [
      [2, 1],
      [5, 5],
      [15, 5],
      [30, 10],
    ] as const) {
      const services = [1, 2, 3];
      const visits = [
        [4, 1, 1],
        [1, 3, 1],
      ];
      const thinkTimes = [20, 5];
      const users = [one, other];
      const exact = exactMeanValues(
        users.map((count, at) => ({
          users: count,
          thinkTimeMs: thinkTimes[at] ?? 0,
          demandMs: services.map((service, index) => service * (visits[at]?.[index] ?? 0)),
        })),
      );
      const network = {
        classes: users.map((count, at) => ({
          users: count,
          delayMs: services.reduce(
            (sum, service, index) => sum + service * (visits[at]?.[index] ?? 0),
            thinkTimes[at] ?? 0,
          ),
          visits: visits[at] ?? [],
        })),
        stations: services.map((serviceMs) => ({
          serviceMs,
          servers: 1,
          serviceScv: 1,
          openPerMs: 0,
          mostUsers: null,
        })),
      };
      const off = (cycles: readonly number[]): number =>
        Math.max(...cycles.map((value, at) => Math.abs(value / (exact.cyclesPerMs[at] ?? 1) - 1)));
      worst = Math.max(worst, off(linearize(network).cyclesPerMs));
      worstOfSchweitzer = Math.max(worstOfSchweitzer, off(linearize(network, 0).cyclesPerMs));
    }
    expect(worst).toBeLessThan(0.005);
    expect(worstOfSchweitzer).toBeLessThan(0.06);
    expect(worst).toBeLessThan(worstOfSchweitzer);
  });
});

describe("what an arrival finds", () => {
  it("at one server is a wait of as many services, whatever the law of the number", () => {
    for (const mean of [0.2, 3, 17]) expect(waitSeeing(tailFinding(1, 20, mean)).mean).toBeCloseTo(mean, 9);
    expect(waitFinding(1, 20, 3, 1, 0.8, 0.8)).toBe(3);
    expect(waitFinding(1, 20, 3, 0, 0.8, 0.8)).toBeCloseTo(3 - 0.4 * (1 - 0.8 ** 4), 12);
    expect(waitFinding(1, 20, 3, 0, 1, 1)).toBe(3);
  });

  it("with as many servers as users is none, and with endless sources that of M/M/c", () => {
    expect(waitFinding(5, 4, 3, 1, 1, 1)).toBe(0);
    // M/M/2 at ρ = 0.8: L = 2·0.8 + C·0.8/0.2 with C = 2ρ²/(1 + ρ).
    const delayed = (2 * 0.64) / 1.8;
    expect(waitFinding(2, Number.POSITIVE_INFINITY, 1.6 + delayed * 4, 1, 1, 0.8)).toBeCloseTo(delayed / 0.4, 9);
    expect(waitSeeing(tailWaiting(3, 12, 2.5)).mean).toBeCloseTo(2.5, 3);
  });
});

describe("bounds", () => {
  it("hold the exact figures for every number of users", () => {
    const demands = [1, 1.6, 2.4, 0.5];
    const list = demands.map((demandMs) => ({ demandMs, servers: 1, isHeld: false }));
    for (const think of [0, 10]) {
      for (let users = 1; users <= 60; users++) {
        const { cyclesPerMs } = exactMeanValues([{ users, thinkTimeMs: think, demandMs: demands }]);
        const rate = (cyclesPerMs[0] ?? Number.NaN) * 1000;
        const { asymptotic, balancedJob, saturationUsers } = closedBounds(users, think, think + 5.5, list);
        expect(saturationUsers).toBeCloseTo((think + 5.5) / 2.4, 9);
        for (const found of [asymptotic, balancedJob]) {
          if (found === null) throw new Error("single servers have balanced-job bounds");
          expect(found.throughputPerSecond.least).toBeLessThanOrEqual(rate * (1 + 1e-9));
          expect(found.throughputPerSecond.most).toBeGreaterThanOrEqual(rate * (1 - 1e-9));
          expect(found.responseMs.least).toBeLessThanOrEqual((users / rate) * 1000 - think + 1e-9);
        }
        expect(balancedJob?.throughputPerSecond.most).toBeLessThanOrEqual(asymptotic.throughputPerSecond.most + 1e-9);
        expect(
          mostCycles(
            users,
            think,
            demands.map((demand) => station(1, demand)),
          ),
        ).toBeGreaterThanOrEqual(rate / 1000 - 1e-12);
      }
    }
  });

  it("Lazowska et al. 1984, p. 75: 20 users at D = 17.2, D_max = 9.2, Z = 120", () => {
    const { asymptotic } = closedBounds(20, 120, 137.2, [
      { demandMs: 9.2, servers: 1, isHeld: false },
      { demandMs: 8, servers: 1, isHeld: false },
    ]);
    expect(asymptotic.throughputPerSecond.most / 1000).toBeCloseTo(0.109, 3);
    expect(asymptotic.responseMs.least).toBeCloseTo(64, 9);
  });
});
