import { nearest } from "#src/base/nearest.ts";
import { isPlainRecord } from "../json-value.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { boundFaults, edgeNumberOf, edgeNumberSettings, isEdgeSetting } from "../ranges.ts";
import { type FaultList, type Path, quote, type RawRecord } from "./fault.ts";

/** What the words of a range are checked against. */
interface RangeRules {
  /** Null: no value is in force. Undefined: there is no such number. */
  numberOf(name: string): number | null | undefined;
  readonly known: readonly string[];
  /** What is expected instead of a bound that is not possible; null when it is possible. */
  refusal(name: string, bound: number): string | null;
}

/** Every range is about a number of the kind, holds the number in force, and has bounds that could stand in its place. */
export function checkNodeRanges(node: RawRecord, kinds: KindDirectory, faults: FaultList): void {
  const kind = own(node.fields, "kind");
  if (typeof kind !== "string" || !kinds.has(kind)) return;
  const settings = own(node.fields, "settings") ?? {};
  checkRanges(
    node,
    {
      numberOf: (name) => kinds.numberOf(kind, settings, name),
      known: kinds.numericSettings(kind),
      refusal: (name, bound) => boundFaults({ kind, settings }, name, bound, kinds)[0]?.expected ?? null,
    },
    faults,
  );
}

export function checkEdgeRanges(edge: RawRecord, faults: FaultList): void {
  const settings = own(edge.fields, "settings") ?? {};
  checkRanges(
    edge,
    {
      numberOf: (name) => edgeNumberOf(settings, name),
      known: edgeNumberSettings,
      refusal: (name, bound) => (isEdgeSetting(name, bound) ? null : `a number that ${quote(name)} may have`),
    },
    faults,
  );
}

/** The rate of a journey; other keys are faults of its shape. */
export function checkJourneyRanges(journey: RawRecord, faults: FaultList): void {
  const rate = own(journey.fields, "ratePerSecond");
  checkRanges(
    journey,
    {
      numberOf: (name) => (name !== "ratePerSecond" ? undefined : typeof rate === "number" ? rate : null),
      known: ["ratePerSecond"],
      refusal: (_name, bound) => (bound >= 0 ? null : "a number that is 0 or more"),
    },
    faults,
  );
}

function own(fields: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function checkRanges(record: RawRecord, rules: RangeRules, faults: FaultList): void {
  const ranges = own(record.fields, "ranges");
  if (!isPlainRecord(ranges)) return;
  for (const [name, range] of Object.entries(ranges)) {
    const path = [...record.path, "ranges", name];
    const value = rules.numberOf(name);
    if (value === undefined) {
      const suggestion = nearest(name, rules.known);
      faults.add({
        code: "unknown-key",
        path,
        message: `${quote(name)} is not a number that can have a range.`,
        expected:
          suggestion === null ? `one of ${rules.known.map((known) => `"${known}"`).join(", ")}` : quote(suggestion),
        atKey: true,
      });
    } else if (Array.isArray(range)) {
      checkBounds(path, name, value, range, rules, faults);
    }
  }
}

function checkBounds(
  path: Path,
  name: string,
  value: number | null,
  [low, high]: readonly unknown[],
  rules: RangeRules,
  faults: FaultList,
): void {
  if (typeof low !== "number" || typeof high !== "number") return;
  if (value === null) {
    const message = `${quote(name)} has a range, but no value that is the likely one.`;
    faults.add({ code: "bad-value", path, message, expected: `a stated ${quote(name)} between ${low} and ${high}` });
    return;
  }
  for (const [place, bound] of [low, high].entries()) {
    const expected = rules.refusal(name, bound);
    if (expected === null) continue;
    const message = `${quote(name)} cannot be ${bound}, the ${place === 0 ? "low" : "high"} end of its range.`;
    faults.add({ code: "bad-value", path: [...path, place], message, expected });
  }
  if (value >= low && value <= high) return;
  const message = `The range ${low} to ${high} does not hold ${quote(name)} itself, which is ${value}.`;
  faults.add({ code: "bad-value", path, message, expected: `low at most ${value}, and high at least ${value}` });
}
