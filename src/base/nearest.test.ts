import { describe, expect, test } from "vitest";
import { editDistance, nearest } from "./nearest.ts";

describe("nearest", () => {
  test.each([
    ["cache", "cache", 0],
    ["cahce", "cache", 1],
    ["cach", "cache", 1],
    ["kitten", "sitting", 3],
    ["", "abc", 3],
  ])("the distance of %j and %j is %d", (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance);
    expect(editDistance(right, left)).toBe(distance);
  });

  test.each([
    ["hitratio", "hitRatio"],
    ["sorce", "source"],
    ["banana", null],
    ["", null],
  ])("%j most likely meant %j", (word, meant) => {
    expect(nearest(word, ["source", "hitRatio", "target"])).toBe(meant);
  });
});
