import * as v from "valibot";
import type { SettingRange } from "./document.ts";
import { idRule, isValidId } from "./ids.ts";
import { copyJsonRecord, isPlainRecord, type JsonFault } from "./json-value.ts";
import { limits } from "./limits.ts";

/**
 * Building blocks of the document's schemas. The message of every check says what is expected, as a phrase that can follow
 * "expected"; what was found is said by the reader.
 */

/**
 * An object rebuilt with the known keys only, in the order of `entries`; what is missing is asked for in the words of its own
 * schema. Unknown keys are reported by `checkShape`.
 */
export function recordOf<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isPlainRecord, "an object"),
    v.object(entries, (issue) => {
      const missing = entries[issue.expected.slice(1, -1)];
      const wanted = missing === undefined ? undefined : v.safeParse(missing, undefined).issues?.[0];
      return wanted === undefined ? "a value" : wanted.message;
    }),
  );
}

export function listOf<Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(v.array(item, "a list"), v.maxLength(most, `at most ${most} entries`));
}

export interface Range {
  readonly least?: number;
  readonly most?: number;
  /** Strict bounds. */
  readonly above?: number;
  readonly below?: number;
}

function isWithin(value: number, range: Range): boolean {
  return (
    Number.isFinite(value) &&
    (range.least === undefined || value >= range.least) &&
    (range.most === undefined || value <= range.most) &&
    (range.above === undefined || value > range.above) &&
    (range.below === undefined || value < range.below)
  );
}

/** A finite number in a range; −0 becomes 0, which prints the same. */
export function numberIn(range: Range, expected: string) {
  return v.pipe(
    v.custom<number>((value) => typeof value === "number" && isWithin(value, range), expected),
    v.transform((value) => value + 0),
  );
}

export function integerIn(range: Range, expected: string) {
  return v.pipe(
    v.custom<number>((value) => Number.isSafeInteger(value) && isWithin(Number(value), range), expected),
    v.transform((value) => value + 0),
  );
}

export const nonNegative = numberIn({ least: 0 }, "a number that is 0 or more");
export const positive = numberIn({ above: 0 }, "a number above 0");
export const ratio = numberIn({ least: 0, most: 1 }, "a number from 0 to 1");
export const coordinate = numberIn(
  { least: -limits.coordinate, most: limits.coordinate },
  `a number from −${limits.coordinate} to ${limits.coordinate}`,
);
export const flag = v.boolean("true or false");

export function choice<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, `one of ${options.map((option) => `"${option}"`).join(", ")}`);
}

export const idText = v.custom<string>((value) => typeof value === "string" && isValidId(value), idRule);

function textUpTo(most: number) {
  return v.pipe(v.string("a text"), v.maxLength(most, `at most ${most} characters`));
}

export const label = textUpTo(limits.labelLength);
export const longText = textUpTo(limits.textFieldLength);

/**
 * Free JSON under a settings key, rebuilt from fresh objects. Only for documents whose depth was checked before (`scanValue`).
 * Values whose meaning belongs to a kind are checked by that kind.
 */
export const freeSettings = v.pipe(
  v.custom<Record<string, unknown>>(isPlainRecord, "an object"),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const faults: JsonFault[] = [];
    const settings = copyJsonRecord(dataset.value, [], faults);
    for (const fault of faults) {
      const [first, ...rest] = pathItems(dataset.value, fault.path);
      addIssue(first === undefined ? { message: fault.expected } : { message: fault.expected, path: [first, ...rest] });
    }
    return faults.length === 0 ? settings : NEVER;
  }),
);

/** An object of ids and numbers that are 0 or more, rebuilt so that no key can reach a prototype. */
export const numbersById = v.pipe(
  v.custom<Record<string, unknown>>(isPlainRecord, "an object"),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const entries: [string, number][] = [];
    let sound = true;
    for (const [key, value] of Object.entries(dataset.value)) {
      if (isValidId(key) && typeof value === "number" && isWithin(value, { least: 0 })) entries.push([key, value + 0]);
      else {
        sound = false;
        const [first, ...rest] = pathItems(dataset.value, [key]);
        if (first === undefined) continue;
        const message = isValidId(key) ? "a number that is 0 or more" : `an id of ${idRule} as key`;
        addIssue({ message, path: [first, ...rest] });
      }
    }
    return sound ? Object.fromEntries(entries) : NEVER;
  }),
);

const rangeRule = "a range of two numbers, [low, high], with low at most high";

function isRange(value: unknown): value is SettingRange {
  return (
    Array.isArray(value) && value.length === 2 && value.every((bound) => Number.isFinite(bound)) && value[0] <= value[1]
  );
}

/** What is not known exactly: [low, high]. That the number itself lies between is checked with the references. */
export const settingRange = v.pipe(
  v.custom<SettingRange>(isRange, rangeRule),
  v.transform(([low, high]): SettingRange => [low + 0, high + 0]),
);

/** Ranges by the name of a setting, rebuilt so that no key can reach a prototype. */
export const rangesByName = v.pipe(
  v.custom<Record<string, unknown>>(isPlainRecord, "an object"),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const entries: [string, SettingRange][] = [];
    let sound = true;
    for (const [key, value] of Object.entries(dataset.value)) {
      if (isRange(value)) entries.push([key, [value[0] + 0, value[1] + 0]]);
      else {
        sound = false;
        const [first, ...rest] = pathItems(dataset.value, [key]);
        if (first !== undefined) addIssue({ message: rangeRule, path: [first, ...rest] });
      }
    }
    return sound ? Object.fromEntries(entries) : NEVER;
  }),
);

/** Path items as the validator wants them: each with the object it is looked up in. */
function pathItems(root: unknown, path: readonly (string | number)[]): v.IssuePathItem[] {
  let input: unknown = root;
  return path.map((key) => {
    const value =
      isPlainRecord(input) && Object.hasOwn(input, key)
        ? input[key]
        : Array.isArray(input)
          ? input[Number(key)]
          : undefined;
    const item: v.IssuePathItem = { type: "unknown", origin: "value", input, key, value };
    input = value;
    return item;
  });
}
