import type { GenericSchema } from "valibot";
import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design, Problem, Table, TableName } from "../document.ts";
import { checkShape } from "../file/check-shape.ts";
import { type Fault, type FaultList, type Path, quote, toProblem } from "../file/fault.ts";
import { scanFault } from "../file/read-design-file.ts";
import { isOnCanvas } from "../ids.ts";

/** What a command answers. */
export type Outcome = Result<Design, Problem>;

export function refuse(fault: Fault): Outcome {
  return fail(toProblem(fault));
}

/** The design that `build` makes, unless a fault was found: then the first one. */
export function judge(faults: FaultList, build: () => Design): Outcome {
  const [first] = faults.all;
  return first === undefined ? succeed(build()) : refuse(first);
}

/** JSON path of a record in the printed file; a new record would stand at the end of its table. */
export function pathOf(design: Design, table: TableName, id: string): Path {
  const place = [...design[table].keys()].indexOf(id);
  return [table, place === -1 ? design[table].size : place];
}

const tableWords: Readonly<Record<TableName, string>> = {
  journeys: "journey",
  nodes: "node",
  edges: "edge",
  annotations: "annotation",
  scenarios: "scenario",
  decisions: "decision",
};

export function refuseUnknown(table: TableName, id: string): Outcome {
  const word = tableWords[table];
  return refuse({
    code: "missing-reference",
    path: [table],
    message: `There is no ${word} ${quote(id)}.`,
    expected: `the id of ${word === "edge" || word === "annotation" ? "an" : "a"} ${word}`,
  });
}

/** A record from a caller, rebuilt by its schema; null with every fault in the list. */
export function checkRecord<Item>(
  schema: GenericSchema<unknown, Item>,
  item: Item,
  path: Path,
  faults: FaultList,
): Item | null {
  const blocked = scanFault(item);
  if (blocked === null) return checkShape(schema, item, path, faults);
  faults.add({ ...blocked, path: [...path, ...blocked.path] });
  return null;
}

/** A record that is to be added: its shape, its id and the room for it are checked. */
export function checkNew<Item extends { readonly id: string }>(
  design: Design,
  table: TableName,
  schema: GenericSchema<unknown, Item>,
  item: Item,
  most: number,
  faults: FaultList,
): Item | null {
  const path = pathOf(design, table, "");
  const checked = checkRecord(schema, item, path, faults);
  if (checked === null) return null;
  const taken = isCanvasTable(table) ? isOnCanvas(design, item.id) : design[table].has(item.id);
  if (taken) {
    const message = `The id ${quote(item.id)} is already used.`;
    faults.add({ code: "duplicate-id", path: [...path, "id"], message, expected: "an id that nothing else has" });
  }
  if (design[table].size >= most) {
    const message = `The design already has ${most} records in "${table}".`;
    faults.add({ code: "too-large", path: [table], message, expected: `at most ${most}` });
  }
  return checked;
}

function isCanvasTable(table: TableName): boolean {
  return table === "nodes" || table === "edges" || table === "annotations";
}

/** The table with the record added at the end, or replaced where it stands. */
export function put<Item extends { readonly id: string }>(table: Table<Item>, item: Item): Table<Item> {
  return new Map(table).set(item.id, item);
}

export function without<Item>(table: Table<Item>, ids: ReadonlySet<string>): Table<Item> {
  const kept = new Map<string, Item>();
  for (const [id, item] of table) {
    if (!ids.has(id)) kept.set(id, item);
  }
  return kept.size === table.size ? table : kept;
}

/** The record without one optional field. */
export function omit<Item extends object, Key extends keyof Item>(item: Item, key: Key): Omit<Item, Key> {
  const { [key]: _omitted, ...rest } = item;
  return rest;
}
