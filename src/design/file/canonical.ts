import type { JsonValue } from "../document.ts";
import { isPlainRecord } from "../json-value.ts";
import { structureOf } from "../schema-walk.ts";

/**
 * A deep copy with keys in canonical order: those of the schema as it lists them, others by code unit. Absent and undefined
 * fields stay absent. Throws on what JSON cannot hold, since no design holds it.
 */
export function canonical(value: unknown, schema: unknown): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value + 0;
  const structure = structureOf(schema, value);
  if (Array.isArray(value)) {
    const item = structure.type === "list" ? structure.item : undefined;
    return value.map((entry: unknown) => canonical(entry, item));
  }
  if (!isPlainRecord(value)) throw new Error(`A design holds a ${typeof value}, which JSON cannot hold`);
  const entries = structure.type === "record" ? structure.entries : {};
  const known = Object.keys(entries).filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value)
    .filter((key) => !Object.hasOwn(entries, key))
    .sort();
  return Object.fromEntries(
    [...known, ...others]
      .filter((key) => value[key] !== undefined)
      .map((key): [string, JsonValue] => [key, canonical(value[key], entries[key])]),
  );
}
