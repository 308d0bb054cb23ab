import { expect, it } from "vitest";
import { erlangC } from "./erlang-c.ts";
import { limitedConcurrency } from "./limited-concurrency.ts";

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
    expect(steady?.meanWaitsMs).toBeCloseTo(wait(rate, servers), 9);
  }
});

it("fewer tokens than servers are the servers: M/G/tokens with the whole time inside", () => {
  const { steady, capacityPerMs } = limitedConcurrency(0.4, 5, 100, 4, 6);
  expect(capacityPerMs).toBeCloseTo(0.5, 9);
  expect(steady?.meanWaitsMs).toBeCloseTo(10 * wait(4, 5), 9);
  expect(steady?.busyTokens).toBeCloseTo(4, 9);
  expect(steady?.waitProbability).toBeCloseTo(erlangC(5, 4), 9);
});

it("so many tokens that none is waited for leave the queue as it is", () => {
  const { steady } = limitedConcurrency(0.9, 120, 1, 1, 3);
  expect(steady?.meanWaitsMs).toBeCloseTo(wait(0.9, 1), 4);
  expect(steady?.busyTokens).toBeCloseTo(0.9 * (1 + 9 + 3), 3);
});

it("has no steady state above what a full set of tokens gets through", () => {
  // Two tokens over a single server and a delay as long: X(2) of the machine repairman, 1 / (1 + 1/ (1 + 1/…)) = 4/5.
  const { steady, capacityPerMs } = limitedConcurrency(0.85, 2, 1, 1, 1);
  expect(capacityPerMs).toBeCloseTo(0.8, 12);
  expect(steady).toBeNull();
});
