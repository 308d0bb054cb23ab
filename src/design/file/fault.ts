import type { Problem } from "../document.ts";
import { limits } from "../limits.ts";

export type Path = readonly (string | number)[];

/** A record as the file has it: its shape may still be wrong, so every field is looked at with care. */
export interface RawRecord {
  readonly path: Path;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A problem before it has a place in a text. */
export interface Fault {
  readonly code: Problem["code"];
  readonly path: Path;
  readonly message: string;
  readonly expected: string;
  /** The key itself is wrong, not its value. */
  readonly atKey?: boolean;
}

/** Collects faults: one per path, and no more than a reader wants to see. */
export class FaultList {
  readonly #byPath = new Map<string, Fault>();

  add(fault: Fault): void {
    const key = formatPath(fault.path);
    if (!this.isFull && !this.#byPath.has(key)) this.#byPath.set(key, fault);
  }

  get isFull(): boolean {
    return this.#byPath.size >= limits.problems;
  }

  get all(): readonly Fault[] {
    return [...this.#byPath.values()];
  }
}

/** `$.nodes[2].settings.hitRatio`; keys that are no plain words stand in brackets and quotes. */
export function formatPath(path: Path): string {
  let text = "$";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(step) && step.length <= 64 ? `.${step}` : `[${quote(step)}]`;
  }
  return text;
}

const longestQuote = 60;

/** Text from outside, shortened and with control and direction characters escaped, so that it can stand in a message. */
export function quote(text: string): string {
  const short = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What a value is, in words: `the text "abc"`, `the number -3`, `a list`. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return `the text ${quote(value)}`;
    case "number":
      return `the number ${value}`;
    case "boolean":
      return String(value);
    case "undefined":
      return "undefined";
    case "object":
      return "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** The subject of a message: `"ratePerSecond"`, or `Entry 3 of "points"`. */
export function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "The document";
  if (typeof last === "string") return quote(last);
  const list = path.at(-2);
  return typeof list === "string" ? `Entry ${last + 1} of ${quote(list)}` : `Entry ${last + 1}`;
}

export function toProblem(fault: Fault): Problem {
  return { code: fault.code, path: formatPath(fault.path), message: fault.message, expected: fault.expected };
}
