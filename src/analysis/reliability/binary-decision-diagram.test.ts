import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StructureFunction } from "../model/reliability.ts";
import { BinaryDecisionDiagram, systemAvailability } from "./binary-decision-diagram.ts";

const part = (component: number): StructureFunction => ({ op: "component", component });
const all = (...of: readonly StructureFunction[]): StructureFunction => ({ op: "all", of });
const any = (...of: readonly StructureFunction[]): StructureFunction => ({ op: "any", of });
const atLeast = (needed: number, ...of: readonly StructureFunction[]): StructureFunction => ({
  op: "at-least",
  needed,
  of,
});
const alike = (count: number, availability: number): readonly number[] => new Array<number>(count).fill(availability);
const parts = (count: number): readonly StructureFunction[] => Array.from({ length: count }, (_, index) => part(index));

function holds(structure: StructureFunction, isUp: (component: number) => boolean): boolean {
  switch (structure.op) {
    case "component":
      return isUp(structure.component);
    case "all":
      return structure.of.every((inner) => holds(inner, isUp));
    case "any":
      return structure.of.some((inner) => holds(inner, isUp));
    case "at-least":
      return structure.of.filter((inner) => holds(inner, isUp)).length >= structure.needed;
  }
}

/** Sums the probability of every state of the components. */
function byEnumeration(structure: StructureFunction, availability: readonly number[]): number {
  let sum = 0;
  for (let state = 0; state < 2 ** availability.length; state++) {
    const isUp = (component: number): boolean => (state & (1 << component)) !== 0;
    if (!holds(structure, isUp)) continue;
    sum += availability.reduce((product, up, component) => product * (isUp(component) ? up : 1 - up), 1);
  }
  return sum;
}

/** The source reaches the target over at least one path of links. */
function twoTerminal(links: readonly (readonly [number, number])[], from: number, to: number): StructureFunction {
  const paths: StructureFunction[] = [];
  const walk = (at: number, seen: readonly number[], used: readonly number[]): void => {
    if (at === to) {
      paths.push(all(...used.map(part)));
      return;
    }
    links.forEach(([first, second], link) => {
      const next = first === at ? second : second === at ? first : -1;
      if (next >= 0 && !seen.includes(next)) walk(next, [...seen, next], [...used, link]);
    });
  };
  walk(from, [from], []);
  return any(...paths);
}

function complete(size: number): readonly (readonly [number, number])[] {
  return Array.from({ length: size }, (_, first) => first).flatMap((first) =>
    Array.from({ length: size - first - 1 }, (_, step) => [first, first + step + 1] as const),
  );
}

function grid(size: number): readonly (readonly [number, number])[] {
  return Array.from({ length: size * size }, (_, place) => place).flatMap((place) => [
    ...((place + 1) % size === 0 ? [] : [[place, place + 1] as const]),
    ...(place + size < size * size ? [[place, place + size] as const] : []),
  ]);
}

describe("availability by binary decision diagrams", () => {
  it("agrees with enumeration on random systems of up to 12 components, shared ones included", () => {
    const { structure } = fc.letrec<{ structure: StructureFunction }>((tie) => {
      const inner = fc.array(tie("structure"), { maxLength: 4 });
      return {
        structure: fc.oneof(
          { depthSize: "medium", withCrossShrink: true },
          fc.nat(11).map(part),
          inner.map((of) => all(...of)),
          inner.map((of) => any(...of)),
          fc.tuple(fc.nat(4), inner).map(([needed, of]) => atLeast(needed, ...of)),
        ),
      };
    });
    const availability = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
    let largest = 0;
    fc.assert(
      fc.property(structure, availability, (system, up) => {
        const diagram = new BinaryDecisionDiagram();
        expect(Math.abs(diagram.probability(diagram.build(system), up) - byEnumeration(system, up))).toBeLessThan(
          1e-12,
        );
        largest = Math.max(largest, diagram.size);
      }),
      { seed: 20261121, numRuns: 150 },
    );
    expect(largest).toBeGreaterThan(10);
  });

  it("k of n at 0.99: 2 of 3, 3 of 5 and 1 of 2", () => {
    expect(systemAvailability(atLeast(2, ...parts(3)), alike(3, 0.99))).toBeCloseTo(0.999702, 12);
    expect(systemAvailability(atLeast(3, ...parts(5)), alike(5, 0.99))).toBeCloseTo(0.9999901494, 10);
    expect(systemAvailability(atLeast(1, ...parts(2)), alike(2, 0.99))).toBeCloseTo(0.9999, 12);
    expect(systemAvailability(atLeast(0, ...parts(2)), alike(2, 0.5))).toBe(1);
    expect(systemAvailability(atLeast(3, ...parts(2)), alike(2, 0.5))).toBe(0);
  });

  it("two terminals with links of 0.9: the bridge, complete graphs and grids", () => {
    const bridge = [
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 3],
      [2, 3],
    ] as const;
    expect(systemAvailability(twoTerminal(bridge, 0, 3), alike(5, 0.9))).toBeCloseTo(0.97848, 10);
    expect(systemAvailability(twoTerminal(complete(4), 0, 3), alike(6, 0.9))).toBeCloseTo(0.997848, 10);
    expect(systemAvailability(twoTerminal(complete(5), 0, 4), alike(10, 0.9))).toBeCloseTo(0.9997948026, 10);
    expect(systemAvailability(twoTerminal(grid(3), 0, 8), alike(12, 0.9))).toBeCloseTo(0.9725021714, 10);
    expect(systemAvailability(twoTerminal(grid(4), 0, 15), alike(24, 0.9))).toBeCloseTo(0.9750463496, 10);
  });

  it("a shared zone is one event: two replicas in one zone never beat the zone", () => {
    // Components: zones 0 and 1 at 0.99, replicas 2 and 3 at 0.9.
    const up = [0.99, 0.99, 0.9, 0.9];
    const together = any(all(part(2), part(0)), all(part(3), part(0)));
    const apart = any(all(part(2), part(0)), all(part(3), part(1)));
    expect(systemAvailability(together, up)).toBeCloseTo(0.99 * 0.99, 12);
    expect(systemAvailability(apart, up)).toBeCloseTo(1 - (1 - 0.891) ** 2, 12);
  });

  it("three zones with DNS, balancers, 2 of 4 applications and two databases fail with 7.423031545611e-5", () => {
    // 0 dns, 1–3 zones, 4–5 balancers in zones 1 and 2, 6–9 applications in zones 1, 1, 2, 3, 10–11 databases in 1 and 2.
    const zone = (index: number): StructureFunction => part(index);
    const system = all(
      part(0),
      any(all(part(4), zone(1)), all(part(5), zone(2))),
      atLeast(2, all(part(6), zone(1)), all(part(7), zone(1)), all(part(8), zone(2)), all(part(9), zone(3))),
      any(all(part(10), zone(1)), all(part(11), zone(2))),
    );
    const down = [1e-5, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-2, 1e-2, 1e-2, 1e-2, 5e-3, 5e-3];
    const availability = down.map((share) => 1 - share);
    expect(1 - systemAvailability(system, availability)).toBeCloseTo(7.423031545611e-5, 14);
  });

  it("a series, and two series of which one is enough, take any length", () => {
    const length = 20_000;
    const up = alike(2 * length, 1 - 1e-6);
    const inSeries = all(...parts(length));
    let nested: StructureFunction = all();
    for (let index = length - 1; index >= 0; index--) nested = all(part(length + index), nested);
    const one = (1 - 1e-6) ** length;
    expect(systemAvailability(inSeries, up)).toBeCloseTo(one, 10);
    expect(systemAvailability(nested, up)).toBeCloseTo(one, 10);
    const either = new BinaryDecisionDiagram();
    expect(either.probability(either.build(any(inSeries, nested)), up)).toBeCloseTo(1 - (1 - one) ** 2, 10);
    // One node a component, and the second series once.
    expect(either.size).toBeLessThan(6 * length);
  });

  it("throws for a component without an availability", () => {
    expect(() => systemAvailability(part(3), [1, 1])).toThrow("component 3");
  });
});
