import { describe, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { paletteGroups } from "./palette-search.ts";

const found = (query: string) => paletteGroups(catalogue.values(), query).flatMap(({ entries }) => entries);

describe("paletteGroups", () => {
  it("shows every kind once while nothing is looked for", () => {
    expect(found(" ").map(({ part }) => part.kind)).toEqual([...catalogue.keys()]);
    expect(found("").every(({ part }) => part.preset === undefined)).toBe(true);
  });

  it("finds a product by its name, with the settings of its preset", () => {
    const cache = found("redis").filter(({ part }) => part.kind === "cache");
    expect(cache[0]).toMatchObject({ title: "Cache", hint: "redis" });
    const preset = cache.find(({ part }) => part.preset !== undefined);
    expect(preset?.title).toMatch(/Redis/);
    expect(catalogue.get("cache")?.presets.some(({ title }) => title === preset?.part.preset)).toBe(true);
  });

  it("asks for every word", () => {
    expect(found("load balancer").map(({ part }) => part.kind)).toContain("load-balancer");
    expect(found("load zebra")).toEqual([]);
  });
});
