import fc from "fast-check";
import { expect, test } from "vitest";
import { longestSide, mostPixels, pictureSize } from "./picture-size.ts";

test("a drawing of common size is as large as asked for", () => {
  expect(pictureSize(1400, 900, 2)).toEqual({ width: 2800, height: 1800, scale: 2 });
});

test("a long drawing is scaled down to the longest side that browsers draw", () => {
  expect(pictureSize(20_000, 100, 2).width).toBe(longestSide);
});

test("no picture is larger than browsers draw, and its shape is kept", () => {
  const side = fc.integer({ min: 100, max: 200_000 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(1, 2), (width, height, wanted) => {
      const size = pictureSize(width, height, wanted);
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(longestSide);
      expect(size.width * size.height).toBeLessThanOrEqual(mostPixels);
      expect(size.scale).toBeLessThanOrEqual(wanted);
      expect(Math.abs(size.width - width * size.scale)).toBeLessThanOrEqual(1);
      expect(Math.abs(size.height - height * size.scale)).toBeLessThanOrEqual(1);
    }),
  );
});
