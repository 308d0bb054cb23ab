import * as v from "valibot";
import { describe, expect, test } from "vitest";
import {
  circuitBreakerDefaults,
  circuitBreakerSchema,
  edgeSettingFields,
  edgeSettingsOf,
  edgeSettingsSchema,
} from "./edge-settings.ts";
import { structureOf } from "./schema-walk.ts";

describe("edge settings", () => {
  const structure = structureOf(edgeSettingsSchema, {});
  const keys = structure.type === "record" ? Object.keys(structure.entries) : [];

  test("every setting has one line in the form, and the other way round", () => {
    expect(keys).toHaveLength(17);
    expect(edgeSettingFields.map((field) => field.name).sort()).toEqual([...keys].sort());
  });

  test.each(edgeSettingFields.map((field) => [field.name, field] as const))("%s says what it is", (name, field) => {
    expect(field.title).toMatch(/^[A-Z]/);
    expect(field.help).toMatch(/\.$/);
    expect(field.source.text).not.toBe("");
    if (field.defaultValue !== null) expect(v.is(edgeSettingsSchema, { [name]: field.defaultValue })).toBe(true);
    else expect(field.optional).toBe(true);
    for (const choice of field.choices ?? []) expect(v.is(edgeSettingsSchema, { [name]: choice.value })).toBe(true);
    expect(v.is(edgeSettingsSchema, { [name]: -1 })).toBe(false);
    expect(v.is(edgeSettingsSchema, { [name]: Number.NaN })).toBe(false);
  });

  test("a breaker may be switched on, or described", () => {
    expect(v.is(circuitBreakerSchema, circuitBreakerDefaults)).toBe(true);
    for (const circuitBreaker of [true, false, {}, { openMs: 100 }]) {
      const edge = { id: "e", source: "a", target: "b", settings: { circuitBreaker } };
      expect(edgeSettingsOf(edge)).toEqual({ circuitBreaker });
    }
    expect(() => edgeSettingsOf({ id: "e", source: "a", target: "b", settings: { circuitBreaker: 3 } })).toThrow();
    expect(edgeSettingsOf({ id: "e", source: "a", target: "b" })).toEqual({});
  });
});
