import { expect, it } from "vitest";
import { erlangC } from "./erlang-c.ts";
import { type LimitedConcurrency, limitedConcurrency } from "./limited-concurrency.ts";

const waits = (steady: LimitedConcurrency | null): number =>
  steady === null ? Number.NaN : steady.tokenWaitMs + steady.serverWaitMs;
const wait = (rate: number, servers: number): number => erlangC(servers, rate) / (servers - rate);

it("without a delay, tokens enough for all servers change no wait: M/M/c", () => {
  for (const [rate, tokens, servers] of [
    [2.8, 4, 4],
    [2.8, 9, 4],
    [0.9, 1, 1],
    [9, 100, 10],
  ] as const) {
    const { steady, capacityPerMs } = limitedConcurrency(rate, tokens, servers, 1, 0);
    expect(capacityPerMs).toBeCloseTo(servers, 9);
    expect(waits(steady)).toBeCloseTo(wait(rate, servers), 9);
  }
});

it("fewer tokens than servers are the servers: M/G/tokens with the whole time inside", () => {
  const { steady, capacityPerMs } = limitedConcurrency(0.4, 5, 100, 4, 6);
  expect(capacityPerMs).toBeCloseTo(0.5, 9);
  expect(waits(steady)).toBeCloseTo(10 * wait(4, 5), 9);
  expect(steady?.busyTokens).toBeCloseTo(4, 9);
  expect(steady?.waitProbability).toBeCloseTo(erlangC(5, 4), 9);
});

it("so many tokens that none is waited for leave the queue as it is", () => {
  const { steady } = limitedConcurrency(0.9, 120, 1, 1, 3);
  expect(waits(steady)).toBeCloseTo(wait(0.9, 1), 4);
  expect(steady?.busyTokens).toBeCloseTo(0.9 * (1 + 9 + 3), 3);
});

it("has no steady state above what a full set of tokens gets through", () => {
  // Two tokens over a single server and a delay as long: X(2) of the machine repairman, 1 / (1 + 1/ (1 + 1/…)) = 4/5.
  const { steady, capacityPerMs } = limitedConcurrency(0.85, 2, 1, 1, 1);
  expect(capacityPerMs).toBeCloseTo(0.8, 12);
  expect(steady).toBeNull();
});

it("several sets that never meet in the queue are lines of their own: M/M/tokens each", () => {
  for (const [rate, tokens, sets] of [
    [2.8, 2, 2],
    [12.8, 4, 4],
    [6.4, 2, 4],
  ] as const) {
    const { steady } = limitedConcurrency(rate, tokens, sets * tokens, 1, 0, sets);
    expect(steady?.tokenWaitMs).toBeCloseTo(wait(rate / sets, tokens), 6);
    expect(steady?.serverWaitMs).toBeCloseTo(0, 9);
  }
});

it("several sets so large that none is ever full leave the queue as it is: M/M/c", () => {
  const { steady } = limitedConcurrency(2.8, 60, 4, 1, 0, 2);
  expect(steady?.tokenWaitMs).toBeLessThan(1e-6);
  expect(steady?.serverWaitMs).toBeCloseTo(wait(2.8, 4), 6);
});

// [tokens of one set, sets, servers, rate, wait for a token, wait for a server]: 300 000 requests simulated, about 1 %.
it.each([
  [3, 2, 4, 2.7333, 0.2427, 0.1177],
  [4, 2, 4, 2.7333, 0.1139, 0.2109],
  [6, 2, 4, 2.7333, 0.03, 0.2946],
  [2, 4, 4, 2.4, 0.1454, 0.0913],
  [2, 4, 4, 3.2, 0.5762, 0.2858],
  [4, 8, 16, 12.8, 0.0613, 0.0664],
  [2, 8, 8, 6.4, 0.3017, 0.1251],
  [8, 2, 4, 3.6, 0.588, 1.3153],
] as const)(
  "%i tokens in each of %i sets over %i servers: waits near those simulated",
  (tokens, sets, servers, rate, token, server) => {
    const { steady } = limitedConcurrency(rate, tokens, servers, 1, 0, sets);
    const tokenWait = steady?.tokenWaitMs ?? Number.NaN;
    expect(tokenWait / token).toBeGreaterThan(0.75);
    expect(tokenWait / token).toBeLessThan(1.06);
    const whole = 1 + tokenWait + (steady?.serverWaitMs ?? Number.NaN);
    expect(Math.abs(whole / (1 + token + server) - 1)).toBeLessThan(0.05);
  },
);
