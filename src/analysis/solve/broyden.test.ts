import { describe, expect, it } from "vitest";
import { BroydenSearch } from "./broyden.ts";

function search(gapsAt: (point: readonly number[]) => readonly number[], figures: number) {
  const broyden = new BroydenSearch();
  let point: readonly number[] = new Array<number>(figures).fill(0);
  for (let tries = 1; tries <= 60; tries++) {
    const gaps = gapsAt(point);
    if (gaps.every((gap) => Math.abs(gap) <= 1e-10)) return { point, tries };
    const next = broyden.next(point, gaps);
    if (next === null) return null;
    point = next;
  }
  return null;
}

describe("Broyden's search", () => {
  it("solves equations that move each other", () => {
    // Each share falls with its own load and with half of that of the next one.
    const found = search(
      (point) =>
        point.map((value, index) => {
          const other = point[(index + 1) % point.length] ?? 0;
          return -Math.log1p(3 * Math.exp(value) + 1.5 * Math.exp(other)) - value;
        }),
      3,
    );
    // By symmetry all are the root of x (1 + 4.5 x) = 1 in the share x.
    const root = (-1 + Math.sqrt(1 + 18)) / 9;
    for (const value of found?.point ?? [0]) expect(Math.exp(value)).toBeCloseTo(root, 9);
    expect(found?.tries).toBeLessThan(12);
  });

  it("takes one step where what is wanted does not depend on the figures", () => {
    expect(search((point) => [-0.5 - (point[0] ?? 0), -(point[1] ?? 0)], 2)).toEqual({ point: [-0.5, 0], tries: 2 });
  });

  it("gives up where gaps jump over 0", () => {
    expect(search((point) => point.map((value) => (value > -0.4 ? -1 : 1)), 2)).toBeNull();
  });
});
