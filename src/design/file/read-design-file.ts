import { fail, type Result, succeed } from "#src/base/result.ts";
import { type DesignFile, designFileSchema } from "../design-schema.ts";
import type { Design, Problem, Table } from "../document.ts";
import { defaultDesignName } from "../empty-design.ts";
import { scanValue } from "../json-value.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { limits } from "../limits.ts";
import { upgradeToCurrent } from "../upgrades/ladder.ts";
import { checkReferences } from "./check-references.ts";
import { checkShape } from "./check-shape.ts";
import { type Fault, FaultList, toProblem } from "./fault.ts";
import { parseJsonText } from "./json-text.ts";

/**
 * The one door for everything that comes from outside as text: files, pastes, links. Gives a design, or every fault that was
 * found, in the order of the text, each with its JSON path, line and column (at most `limits.problems`).
 */
export function readDesignFile(text: string, kinds: KindDirectory): Result<Design, readonly Problem[]> {
  const parsed = parseJsonText(text);
  if (!parsed.ok) return parsed;
  const { value, place } = parsed.value;
  const read = readValue(value, kinds);
  if (read.ok) return read;
  return fail(
    read.problem.map(place).sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  );
}

/** The same door for values that are parsed already: stored records and messages of workers. */
export function readDesignValue(value: unknown, kinds: KindDirectory): Result<Design, readonly Problem[]> {
  const read = readValue(value, kinds);
  return read.ok ? read : fail(read.problem.map(toProblem));
}

function readValue(raw: unknown, kinds: KindDirectory): Result<Design, readonly Fault[]> {
  const blocked = scanFault(raw);
  if (blocked !== null) return fail([blocked]);
  const upgraded = upgradeToCurrent(raw);
  if (!upgraded.ok) return fail([upgraded.problem]);
  const faults = new FaultList();
  const file = checkShape(designFileSchema, upgraded.value, [], faults);
  checkReferences(upgraded.value, kinds, faults);
  if (faults.all.length > 0) return fail(faults.all);
  if (file === null) throw new Error("A file without faults has no shape");
  return succeed(toDesign(file));
}

/** What must be known before a value is looked at closely: it is neither too deep nor too large, and no key is harmful. */
export function scanFault(value: unknown): Fault | null {
  const scan = scanValue(value);
  if (scan === null) return null;
  switch (scan.fault) {
    case "deep": {
      const message = `Objects and lists are nested more than ${limits.depth} deep.`;
      return { code: "too-large", path: scan.path.slice(0, 8), message, expected: `at most ${limits.depth} levels` };
    }
    case "large": {
      const message = `The document holds more than ${limits.values} values.`;
      return { code: "too-large", path: [], message, expected: `at most ${limits.values} values` };
    }
    case "reserved-key":
      return {
        code: "unknown-key",
        path: scan.path,
        message: 'The key "__proto__" is not allowed.',
        expected: "another key",
        atKey: true,
      };
  }
}

function toDesign(file: DesignFile): Design {
  return {
    name: file.name ?? defaultDesignName,
    requirements: file.requirements ?? {},
    journeys: tableOf(file.journeys),
    nodes: tableOf(file.nodes),
    edges: tableOf(file.edges),
    annotations: tableOf(file.annotations),
    scenarios: tableOf(file.scenarios),
    decisions: tableOf(file.decisions),
  };
}

function tableOf<Item extends { readonly id: string }>(items: readonly Item[] | undefined): Table<Item> {
  return new Map((items ?? []).map((item) => [item.id, item]));
}
