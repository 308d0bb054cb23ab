import { describe, expect, test } from "vitest";
import { quantiles } from "../latency/quantile.ts";
import { tail } from "../latency/tail.ts";
import { solveErlangA } from "./erlang-a.ts";
import { waitingLawsErlangA } from "./erlang-a-waiting-law.ts";
import { erlangB } from "./erlang-b.ts";
import { erlangC, meanWaitMMc } from "./erlang-c.ts";
import { solveMMcK } from "./mmck.ts";

/** Stationary probabilities of a birth–death chain with deaths at the rate `deathAt(n)`, up to `most`. */
function birthDeath(arrival: number, deathAt: (n: number) => number, most: number): readonly number[] {
  const logs = [0];
  for (let n = 1; n <= most; n += 1) logs.push((logs[n - 1] ?? 0) + Math.log(arrival / deathAt(n)));
  const largest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

test("the example of Garnett, Mandelbaum and Reiman 2002: 48 calls a minute, 50 agents, patience 2 minutes", () => {
  const queue = solveErlangA({ servers: 50, offeredLoad: 48, places: null, patience: 2 });
  expect(queue.abandonedFraction).toBeCloseTo(0.0309, 4);
  const meanWaitSeconds = 60 * queue.accepted.waitProbability * queue.accepted.conditionalMean;
  expect(meanWaitSeconds).toBeCloseTo(3.709, 3);
  expect(queue.busy / 50).toBeCloseTo(0.9303, 4);
  expect((meanWaitSeconds * 48) / 60).toBeCloseTo(2.968, 3);
});

const cases = [
  { servers: 1, offeredLoad: 0.5, places: null, patience: 1 },
  { servers: 1, offeredLoad: 3, places: null, patience: 0.2 },
  { servers: 3, offeredLoad: 2.4, places: null, patience: 10 },
  { servers: 3, offeredLoad: 2.4, places: 5, patience: 2 },
  { servers: 5, offeredLoad: 9, places: null, patience: 4 },
  { servers: 5, offeredLoad: 9, places: 12, patience: 4 },
  { servers: 50, offeredLoad: 48, places: null, patience: 2 },
  { servers: 200, offeredLoad: 300, places: null, patience: 3 },
  { servers: 20, offeredLoad: 19, places: 40, patience: 0.5 },
] as const;

describe.each(cases)("$servers servers, $offeredLoad Erlang, $places places, patience $patience", (line) => {
  const { servers, offeredLoad, places, patience } = line;
  const queue = solveErlangA(line);
  const room = servers + (places ?? 2000);
  const states = birthDeath(offeredLoad, (n) => Math.min(n, servers) + Math.max(0, n - servers) / patience, room);
  const waiting = states.reduce((sum, p, n) => sum + p * Math.max(0, n - servers), 0);
  const full = places === null ? 0 : (states.at(-1) ?? 0);

  test("is the birth–death chain", () => {
    expect(queue.rejectedFraction).toBeCloseTo(full, 12);
    expect(queue.abandonedFraction / (waiting / patience / offeredLoad)).toBeCloseTo(1, 9);
    const found = states.reduce((sum, p, n) => sum + (n >= servers && n < room ? p : 0), 0);
    expect(queue.accepted.waitProbability / (found / (1 - full))).toBeCloseTo(1, 9);
    // Little: number waiting over accepted rate.
    const meanWait = queue.accepted.waitProbability * queue.accepted.conditionalMean;
    expect(meanWait / (waiting / (offeredLoad * (1 - full)))).toBeCloseTo(1, 9);
    const busy = states.reduce((sum, p, n) => sum + p * Math.min(n, servers), 0);
    expect(queue.busy / busy).toBeCloseTo(1, 9);
    // What is not lost is served.
    expect(offeredLoad * (1 - queue.rejectedFraction - queue.abandonedFraction)).toBeCloseTo(busy, 9);
  });

  /** Tagged request that finds j waiting: rates rate + i/patience towards service, 1/patience out; by uniformization. */
  const waitLaws = (t: number): { readonly accepted: number; readonly served: number } => {
    const most = places ?? 500;
    const rateAt = (ahead: number): number => servers + ahead / patience;
    const uniform = rateAt(most) + 1 / patience;
    // Probability of being served in the end from `ahead` waiting ahead.
    const reach = (ahead: number): number => servers / (servers + (ahead + 1) / patience);
    let now = Array.from({ length: most }, (_, ahead) => states[servers + ahead] ?? 0);
    const accepted = states.slice(0, room).reduce((sum, p) => sum + p, 0);
    const servedInAll =
      states.slice(0, servers).reduce((sum, p) => sum + p, 0) +
      now.reduce((sum, p, ahead) => sum + p * reach(ahead), 0);
    let poisson = Math.exp(-uniform * t);
    let [there, serve] = [0, 0];
    for (let k = 0; k < uniform * t + 12 * Math.sqrt(uniform * t) + 60; k += 1) {
      there += poisson * now.reduce((sum, p) => sum + p, 0);
      serve += poisson * now.reduce((sum, p, ahead) => sum + p * reach(ahead), 0);
      now = now.map((p, ahead) => {
        const leaving = (rateAt(ahead) + 1 / patience) / uniform;
        return p * (1 - leaving) + (now[ahead + 1] ?? 0) * (rateAt(ahead + 1) / uniform);
      });
      poisson *= (uniform * t) / (k + 1);
    }
    return { accepted: there / accepted, served: serve / servedInAll };
  };

  test("has the laws of waiting of the tagged chain", () => {
    const laws = waitingLawsErlangA(queue, 1);
    for (const share of [0.2, 1, 2.5]) {
      const t = share * queue.accepted.conditionalMean;
      if ((servers + 500 / patience) * t > 600) continue;
      const expected = waitLaws(t);
      expect(tail(laws.accepted, t) / expected.accepted).toBeCloseTo(1, 7);
      expect(tail(laws.served, t) / expected.served).toBeCloseTo(1, 7);
    }
    expect(laws.accepted.meanMs / (queue.accepted.waitProbability * queue.accepted.conditionalMean)).toBeCloseTo(1, 6);
    expect(laws.served.meanMs / (queue.served.waitProbability * queue.served.conditionalMean)).toBeCloseTo(1, 6);
    const { conditionalMean, conditionalScv } = queue.abandoned;
    expect((laws.abandoned?.meanMs ?? 0) / conditionalMean).toBeCloseTo(1, 6);
    expect((laws.abandoned?.varianceMs2 ?? 0) / (conditionalScv * conditionalMean ** 2)).toBeCloseTo(1, 5);
    const [p50 = Number.NaN, p99 = Number.NaN] = quantiles(laws.served, [0.5, 0.99]);
    expect(p50).toBeLessThanOrEqual(p99);
  });
});

describe("limits", () => {
  test("endless patience is M/M/c, and M/M/c/K with places", () => {
    const endless = solveErlangA({ servers: 5, offeredLoad: 4.5, places: null, patience: 1e9 });
    expect(endless.accepted.waitProbability / erlangC(5, 4.5)).toBeCloseTo(1, 6);
    expect((endless.accepted.waitProbability * endless.accepted.conditionalMean) / meanWaitMMc(5, 4.5)).toBeCloseTo(
      1,
      6,
    );
    const limited = solveErlangA({ servers: 3, offeredLoad: 4, places: 7, patience: 1e9 });
    const expected = solveMMcK(3, 4, 7);
    expect(limited.rejectedFraction / expected.rejectedFraction).toBeCloseTo(1, 6);
    expect(limited.accepted.conditionalScv / expected.conditionalScv).toBeCloseTo(1, 6);
  });

  test("without patience and without places it is Erlang's loss formula", () => {
    const hasty = solveErlangA({ servers: 10, offeredLoad: 12, places: null, patience: 1e-9 });
    expect(hasty.abandonedFraction / erlangB(10, 12)).toBeCloseTo(1, 6);
    expect(solveErlangA({ servers: 10, offeredLoad: 12, places: 0, patience: 1 }).rejectedFraction).toBeCloseTo(
      erlangB(10, 12),
      12,
    );
  });

  test("far above capacity the fluid limit: all but c/a give up", () => {
    for (const [servers, offeredLoad, patience] of [
      [10_000, 30_000, 10],
      [10_000, 10_500, 1000],
      [1, 1e6, 100],
    ] as const) {
      const queue = solveErlangA({ servers, offeredLoad, places: null, patience });
      expect(queue.abandonedFraction).toBeCloseTo(1 - servers / offeredLoad, 5);
      expect(queue.busy / servers).toBeCloseTo(1, 9);
      expect(queue.accepted.conditionalMean / (queue.abandonedFraction * patience)).toBeCloseTo(1, 9);
      const laws = waitingLawsErlangA(queue, 1);
      expect(laws.served.meanMs / queue.served.conditionalMean).toBeCloseTo(1, 6);
    }
  });
});
