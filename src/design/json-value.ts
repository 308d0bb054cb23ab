import type { JsonValue } from "./document.ts";
import { limits } from "./limits.ts";

/** An object literal or one without prototype; not an array, a date, a map or a class instance. */
export function isPlainRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export interface JsonFault {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

/** A deep copy of a record as plain JSON; what JSON cannot hold is named in `faults`. Bounded depth is the caller's duty. */
export function copyJsonRecord(
  record: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  faults: JsonFault[],
): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]): [string, JsonValue] => [key, copyJson(value, [...path, key], faults)]),
  );
}

function copyJson(value: unknown, path: readonly (string | number)[], faults: JsonFault[]): JsonValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value + 0;
    faults.push({ path, expected: "a finite number" });
    return null;
  }
  if (typeof value === "string") {
    if (value.length > limits.textFieldLength) {
      faults.push({ path, expected: `at most ${limits.textFieldLength} characters` });
    }
    return value;
  }
  if (Array.isArray(value)) return value.map((item: unknown, index) => copyJson(item, [...path, index], faults));
  if (isPlainRecord(value)) return copyJsonRecord(value, path, faults);
  faults.push({ path, expected: "a JSON value" });
  return null;
}

/** Why a value is not even looked at: it nests too deep, holds too much, or a key would name the prototype. */
export type ScanFault = {
  readonly path: readonly (string | number)[];
  readonly fault: "deep" | "large" | "reserved-key";
};

/**
 * Walks a value without recursion, so that depth cannot overflow the stack; shared or circular parts count each time they are
 * met, so that they cannot expand without bound. Stops at the first fault.
 */
export function scanValue(root: unknown): ScanFault | null {
  interface Place {
    readonly value: unknown;
    readonly depth: number;
    readonly key: string | number;
    readonly above: Place | null;
  }
  const pathOf = (place: Place | null): (string | number)[] => {
    const path: (string | number)[] = [];
    for (let at = place; at !== null && at.above !== null; at = at.above) path.unshift(at.key);
    return path;
  };
  const waiting: Place[] = [{ value: root, depth: 0, key: "", above: null }];
  let count = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    count += 1;
    if (count > limits.values) return { path: [], fault: "large" };
    const { value } = place;
    if (typeof value !== "object" || value === null) continue;
    if (place.depth >= limits.depth) return { path: pathOf(place), fault: "deep" };
    const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    if (count + keys.length > limits.values) return { path: [], fault: "large" };
    for (const key of keys) {
      if (key === "__proto__") return { path: [...pathOf(place), key], fault: "reserved-key" };
      const child: unknown = Reflect.get(value, key);
      waiting.push({ value: child, depth: place.depth + 1, key, above: place });
    }
  }
  return null;
}
