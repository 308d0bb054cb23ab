import { expect, test } from "vitest";
import network from "./definition.ts";

test("says whether it can be reached from outside", () => {
  expect(network.caption({})).toBe("private network");
  expect(network.caption({ access: "public" })).toBe("public network");
});

test("does not fail by itself", () => {
  const { mtbfHours, mttrMinutes } = network.reliability({});
  expect(mtbfHours / (mtbfHours + mttrMinutes / 60)).toBe(1);
});
