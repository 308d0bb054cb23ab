import { isPlainRecord } from "./json-value.ts";

/** What a schema says about the structure of a value: the entries of a record, the item of a list, or nothing (a leaf). */
export type Structure =
  | { readonly type: "record"; readonly entries: Readonly<Record<string, unknown>> }
  | { readonly type: "list"; readonly item: unknown }
  | { readonly type: "leaf" };

const leaf: Structure = { type: "leaf" };

/** Looks through pipes, optional wrappers and lazy schemas; a lazy schema is chosen by the value, as in validation. */
export function structureOf(schema: unknown, value: unknown): Structure {
  if (typeof schema !== "object" || schema === null) return leaf;
  const pipe: unknown = Reflect.get(schema, "pipe");
  if (Array.isArray(pipe)) {
    for (const item of pipe) {
      const structure = structureOf(item, value);
      if (structure.type !== "leaf") return structure;
    }
    return leaf;
  }
  const wrapped: unknown = Reflect.get(schema, "wrapped");
  if (wrapped !== undefined) return structureOf(wrapped, value);
  const getter: unknown = Reflect.get(schema, "getter");
  if (typeof getter === "function") return structureOf(getter(value), value);
  const entries: unknown = Reflect.get(schema, "entries");
  if (isPlainRecord(entries)) return { type: "record", entries };
  const item: unknown = Reflect.get(schema, "item");
  return item === undefined ? leaf : { type: "list", item };
}
