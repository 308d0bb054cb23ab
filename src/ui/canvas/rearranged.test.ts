import { describe, expect, it } from "vitest";
import { isRearranged } from "./rearranged.ts";

const boxes = (...places: readonly (readonly [number, number])[]) =>
  new Map(places.map(([x, y], index) => [`n${index}`, { x, y, width: 194, height: 76 }]));

describe("isRearranged", () => {
  it("is true when everything went somewhere else", () => {
    expect(isRearranged(boxes([0, 0], [300, 0]), boxes([40, 40], [40, 200]))).toBe(true);
  });

  it("is false when some part stayed, all moved together, or parts came or went", () => {
    expect(isRearranged(boxes([0, 0], [300, 0]), boxes([0, 0], [300, 80]))).toBe(false);
    expect(isRearranged(boxes([0, 0], [300, 0]), boxes([8, 8], [308, 8]))).toBe(false);
    expect(isRearranged(boxes([0, 0], [300, 0]), boxes([8, 8]))).toBe(false);
    expect(isRearranged(boxes([0, 0]), boxes([8, 8]))).toBe(false);
  });
});
