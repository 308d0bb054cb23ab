import { describe, expect, it } from "vitest";
import { littlesLawGap, TimeAverage } from "./time-average.ts";

describe("an average over time", () => {
  it("weighs every level with how long it lasted", () => {
    const queue = new TimeAverage(10, 0);
    queue.change(12, 3);
    queue.change(13, 1);
    queue.change(13, 2);
    expect(queue.value).toBe(2);
    expect(queue.integralUntil(15)).toBe(3 + 4);
    expect(queue.meanUntil(15)).toBe(7 / 5);
    // Asking changes nothing.
    expect(queue.meanUntil(20)).toBe((7 + 10) / 10);
  });

  it("forgets the warm-up and keeps the level", () => {
    const queue = new TimeAverage(0, 100);
    queue.change(5, 4);
    queue.restart(8);
    expect(queue.meanUntil(8)).toBeNaN();
    queue.change(9, 0);
    expect(queue.meanUntil(12)).toBe(1);
  });

  it("loses nothing over a million changes", () => {
    const queue = new TimeAverage(0, 0);
    for (let n = 1; n <= 1_000_000; n++) queue.change(n, n % 3 === 0 ? 0.1 : 0);
    expect(queue.integralUntil(1_000_000)).toBe(33_333.3);
  });

  it("refuses to go back", () => {
    const queue = new TimeAverage(0, 1);
    queue.change(2, 1);
    expect(() => queue.change(1.9, 0)).toThrow(RangeError);
    expect(() => queue.change(Number.NaN, 0)).toThrow(RangeError);
  });
});

describe("Little's law", () => {
  it("is held against a run", () => {
    expect(littlesLawGap(6, 2, 3)).toBe(0);
    expect(littlesLawGap(0, 0, 0)).toBe(0);
    expect(littlesLawGap(8, 2, 3)).toBe(0.25);
    expect(littlesLawGap(3, 2, 3)).toBe(0.5);
  });
});
