import { expect, test } from "vitest";
import { gaugeState } from "./gauge-state.ts";

test.each([
  [0, "ok"],
  [0.7, "ok"],
  [0.7001, "near"],
  [0.999, "near"],
  [1, "over"],
  [3.7, "over"],
  [Number.POSITIVE_INFINITY, "over"],
  [null, "unknown"],
  [Number.NaN, "unknown"],
])("a utilisation of %s is %s", (utilisation, state) => expect(gaugeState(utilisation)).toBe(state));

test("the safe line can be set", () => {
  expect(gaugeState(0.75, 0.8)).toBe("ok");
  expect(gaugeState(0.5, 0.4)).toBe("near");
});
