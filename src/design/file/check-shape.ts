import * as v from "valibot";
import { nearest } from "#src/base/nearest.ts";
import type { Problem } from "../document.ts";
import { idRule } from "../ids.ts";
import { isPlainRecord } from "../json-value.ts";
import { structureOf } from "../schema-walk.ts";
import { describeValue, type FaultList, nameOf, type Path, quote } from "./fault.ts";

/** The value rebuilt by its schema, or null with every fault added to the list. `path` is where the value stands. */
export function checkShape<Output>(
  schema: v.GenericSchema<unknown, Output>,
  value: unknown,
  path: Path,
  faults: FaultList,
): Output | null {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (!result.success) {
    for (const issue of result.issues) addIssue(issue, path, faults);
  }
  const complete = !addUnknownKeys(schema, value, path, faults);
  return result.success && complete ? result.output : null;
}

function addIssue(issue: v.BaseIssue<unknown>, base: Path, faults: FaultList): void {
  const path: (string | number)[] = [...base];
  for (const step of issue.path ?? []) {
    path.push(typeof step.key === "number" ? step.key : String(step.key));
  }
  faults.add({ ...codeAndMessage(issue, path), path, expected: issue.message });
}

function codeAndMessage(issue: v.BaseIssue<unknown>, path: Path): { code: Problem["code"]; message: string } {
  const last = issue.path?.at(-1);
  const input = last === undefined ? issue.input : last.value;
  const name = nameOf(path);
  if (issue.type === "object") return { code: "shape", message: `${name} is missing.` };
  if (issue.type === "max_length" && typeof input === "string") {
    return { code: "too-large", message: `${name} has ${input.length} characters.` };
  }
  if (issue.type === "max_length" && Array.isArray(input)) {
    return { code: "too-large", message: `${name} has ${input.length} entries.` };
  }
  const code = issue.message === idRule ? "bad-id" : isShapeWord(issue.message) ? "shape" : "bad-value";
  return { code, message: `${name} is ${describeValue(input)}.` };
}

function isShapeWord(expected: string): boolean {
  return expected === "an object" || expected === "a list";
}

/** Adds a fault for every key that the schema does not know; true when there is one. */
function addUnknownKeys(schema: unknown, value: unknown, path: Path, faults: FaultList): boolean {
  if (faults.isFull || typeof value !== "object" || value === null) return false;
  const structure = structureOf(schema, value);
  let found = false;
  if (structure.type === "list" && Array.isArray(value)) {
    value.forEach((entry: unknown, index) => {
      if (addUnknownKeys(structure.item, entry, [...path, index], faults)) found = true;
    });
  }
  if (structure.type !== "record" || !isPlainRecord(value)) return found;
  const { entries } = structure;
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(entries, key)) {
      if (addUnknownKeys(entries[key], value[key], [...path, key], faults)) found = true;
      continue;
    }
    found = true;
    faults.add({
      code: "unknown-key",
      path: [...path, key],
      message: `${quote(key)} is not a known key.`,
      expected: expectedKey(key, Object.keys(entries)),
      atKey: true,
    });
  }
  return found;
}

function expectedKey(key: string, known: readonly string[]): string {
  const suggestion = nearest(key, known);
  return suggestion === null ? `one of ${known.map((name) => `"${name}"`).join(", ")}` : `"${suggestion}"`;
}
