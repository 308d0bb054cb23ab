import type { Design, Requirements, Table, TableName } from "./document.ts";
import { sameJson } from "./same-json.ts";

/** One record that differs: added without `before`, removed without `after`. */
export interface RecordChange<Item> {
  readonly id: string;
  readonly before?: Item;
  readonly after?: Item;
}

export interface TableChange<Item> {
  readonly records: readonly RecordChange<Item>[];
  /** The ids in order, on both sides; absent when removing and appending records gives the right order both ways. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] };
}

type ItemOf<Name extends TableName> = Design[Name] extends Table<infer Item> ? Item : never;

/** The difference between two designs, complete enough to go either way. Plain data. */
export type Change = {
  readonly [Name in TableName]?: TableChange<ItemOf<Name>>;
} & {
  readonly name?: { readonly before: string; readonly after: string };
  readonly requirements?: { readonly before: Requirements; readonly after: Requirements };
};

/** The change that leads from one design to the other; records that say the same are not part of it. */
export function diffDesigns(before: Design, after: Design): Change {
  return {
    ...optional("name", before.name === after.name ? null : { before: before.name, after: after.name }),
    ...optional(
      "requirements",
      sameJson(before.requirements, after.requirements)
        ? null
        : { before: before.requirements, after: after.requirements },
    ),
    ...optional("journeys", diffTables(before.journeys, after.journeys)),
    ...optional("nodes", diffTables(before.nodes, after.nodes)),
    ...optional("edges", diffTables(before.edges, after.edges)),
    ...optional("annotations", diffTables(before.annotations, after.annotations)),
    ...optional("scenarios", diffTables(before.scenarios, after.scenarios)),
    ...optional("decisions", diffTables(before.decisions, after.decisions)),
  };
}

/** The design after the change. Records that the change does not name keep their identity, and so do untouched tables. */
export function applyChange(design: Design, change: Change): Design {
  if (isEmpty(change)) return design;
  return {
    name: change.name === undefined ? design.name : change.name.after,
    requirements: change.requirements === undefined ? design.requirements : change.requirements.after,
    journeys: applyToTable(design.journeys, change.journeys),
    nodes: applyToTable(design.nodes, change.nodes),
    edges: applyToTable(design.edges, change.edges),
    annotations: applyToTable(design.annotations, change.annotations),
    scenarios: applyToTable(design.scenarios, change.scenarios),
    decisions: applyToTable(design.decisions, change.decisions),
  };
}

/** The change that takes this one back. */
export function invertChange(change: Change): Change {
  return {
    ...optional("name", change.name === undefined ? null : swap(change.name)),
    ...optional("requirements", change.requirements === undefined ? null : swap(change.requirements)),
    ...optional("journeys", invertTable(change.journeys)),
    ...optional("nodes", invertTable(change.nodes)),
    ...optional("edges", invertTable(change.edges)),
    ...optional("annotations", invertTable(change.annotations)),
    ...optional("scenarios", invertTable(change.scenarios)),
    ...optional("decisions", invertTable(change.decisions)),
  };
}

export function isEmpty(change: Change): boolean {
  return Object.keys(change).length === 0;
}

function optional<Key extends string, Value>(key: Key, value: Value | null): { [K in Key]?: Value } {
  const part: { [K in Key]?: Value } = {};
  if (value !== null) part[key] = value;
  return part;
}

function diffTables<Item>(before: Table<Item>, after: Table<Item>): TableChange<Item> | null {
  if (before === after) return null;
  const records: RecordChange<Item>[] = [];
  for (const [id, item] of before) {
    const now = after.get(id);
    if (now === undefined) records.push({ id, before: item });
    else if (!sameJson(item, now)) records.push({ id, before: item, after: now });
  }
  for (const [id, item] of after) {
    if (!before.has(id)) records.push({ id, after: item });
  }
  const keptBefore = [...before.keys()].filter((id) => after.has(id));
  const keptAfter = [...after.keys()].filter((id) => before.has(id));
  const orderFollows =
    sameJson(keptBefore, keptAfter) &&
    sameJson(keptBefore, [...before.keys()].slice(0, keptBefore.length)) &&
    sameJson(keptAfter, [...after.keys()].slice(0, keptAfter.length));
  if (orderFollows) return records.length === 0 ? null : { records };
  return { records, order: { before: [...before.keys()], after: [...after.keys()] } };
}

function applyToTable<Item>(table: Table<Item>, change: TableChange<Item> | undefined): Table<Item> {
  if (change === undefined) return table;
  const changed = new Map(table);
  for (const record of change.records) {
    if (record.after === undefined) changed.delete(record.id);
    else changed.set(record.id, record.after);
  }
  if (change.order === undefined) return changed;
  const ordered = new Map<string, Item>();
  for (const id of change.order.after) {
    const item = changed.get(id);
    if (item !== undefined) ordered.set(id, item);
  }
  for (const [id, item] of changed) {
    if (!ordered.has(id)) ordered.set(id, item);
  }
  return ordered;
}

function swap<Value>(pair: { readonly before: Value; readonly after: Value }): { before: Value; after: Value } {
  return { before: pair.after, after: pair.before };
}

function invertTable<Item>(change: TableChange<Item> | undefined): TableChange<Item> | null {
  if (change === undefined) return null;
  const records = change.records.map(
    ({ id, before, after }): RecordChange<Item> => ({
      id,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    }),
  );
  return { records, ...(change.order === undefined ? {} : { order: swap(change.order) }) };
}
