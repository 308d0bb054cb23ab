import type { JsonValue } from "../document.ts";

const lineLength = 100;

/**
 * JSON with two spaces of indent, where an object or list that fits on its line stays on it: `{ "x": 0, "y": 80 }`. Levels
 * above `openLevels` are always broken, so that the tables of a file keep one record per line or more. Keys stay in order.
 */
export function printJson(value: JsonValue, openLevels: number): string {
  return `${printAt(value, 0, openLevels, 0)}\n`;
}

function printAt(value: JsonValue, level: number, openLevels: number, used: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = entriesOf(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return `${open}${close}`;
  const indent = "  ".repeat(level);
  if (level >= openLevels) {
    const line = printOnLine(value);
    if (indent.length + used + line.length + 1 <= lineLength) return line;
  }
  const lines = entries.map(([key, item]) => {
    const prefix = key === null ? "" : `${JSON.stringify(key)}: `;
    return `${indent}  ${prefix}${printAt(item, level + 1, openLevels, prefix.length)}`;
  });
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

function printOnLine(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const items = entriesOf(value).map(
    ([key, item]) => `${key === null ? "" : `${JSON.stringify(key)}: `}${printOnLine(item)}`,
  );
  if (Array.isArray(value)) return `[${items.join(", ")}]`;
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

function entriesOf(value: object): [string | null, JsonValue][] {
  return Array.isArray(value)
    ? value.map((item: JsonValue): [null, JsonValue] => [null, item])
    : Object.entries<JsonValue>({ ...value });
}
