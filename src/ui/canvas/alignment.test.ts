import { describe, expect, it } from "vitest";
import { align } from "./alignment.ts";

const card = (x: number, y: number) => ({ x, y, width: 194, height: 76 });

describe("align", () => {
  it("brings a box to the grid where no neighbour is near", () => {
    expect(align(card(13, 21), [], 5)).toEqual({ shift: { x: 3, y: 3 }, guides: [] });
    expect(align(card(11, 19), [card(700, 700)], 5).shift).toEqual({ x: -3, y: -3 });
  });

  it("prefers the line of a neighbour to the grid, on each axis by itself", () => {
    const { shift, guides } = align(card(303, 19), [card(300, 400)], 5);
    expect(shift).toEqual({ x: -3, y: -3 });
    expect(guides).toEqual([{ axis: "x", at: 300, from: 19, to: 476 }]);
  });

  it("lines up centres of boxes of different size", () => {
    const wide = { x: 0, y: 0, width: 294, height: 76 };
    // The centre of the wide box is at 147; that of a card at 52 is at 149.
    const { shift, guides } = align(card(52, 200), [wide], 5);
    expect(shift.x).toBe(-2);
    expect(guides[0]).toMatchObject({ axis: "x", at: 147 });
  });

  it("takes the nearest of several lines", () => {
    expect(align(card(304, 200), [card(300, 0), card(306, 400)], 5).shift.x).toBe(2);
  });
});
