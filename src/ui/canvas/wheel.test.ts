import { describe, expect, it } from "vitest";
import { isMouseWheel } from "./wheel.ts";

const wheel = { ctrlKey: false, metaKey: false, shiftKey: false, deltaMode: 0, deltaX: 0, deltaY: 0 };

describe("isMouseWheel", () => {
  it("knows a wheel by its whole steps or by lines", () => {
    expect(isMouseWheel({ ...wheel, deltaY: 100 })).toBe(true);
    expect(isMouseWheel({ ...wheel, deltaY: -240 })).toBe(true);
    expect(isMouseWheel({ ...wheel, deltaMode: 1, deltaY: 3 })).toBe(true);
  });

  it("leaves trackpads, pinches and sideways scrolling alone", () => {
    expect(isMouseWheel({ ...wheel, deltaY: 7 })).toBe(false);
    expect(isMouseWheel({ ...wheel, deltaY: 4.5 })).toBe(false);
    expect(isMouseWheel({ ...wheel, deltaX: 2, deltaY: 100 })).toBe(false);
    expect(isMouseWheel({ ...wheel, ctrlKey: true, deltaY: 100 })).toBe(false);
    expect(isMouseWheel({ ...wheel, shiftKey: true, deltaY: 100 })).toBe(false);
    expect(isMouseWheel(wheel)).toBe(false);
  });
});
