import { nearest } from "#src/base/nearest.ts";
import { isPlainRecord } from "../json-value.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { checkEdgeRanges, checkJourneyRanges, checkNodeRanges } from "./check-ranges.ts";
import { type FaultList, formatPath, nameOf, type Path, quote, type RawRecord } from "./fault.ts";

/** The ids of a table; a map or a set of them. */
export interface Ids {
  has(id: string): boolean;
  keys(): Iterable<string>;
}

/**
 * Everything that concerns more than one value: ids used twice, references, containers, kinds and their settings. The edge
 * settings of a fragment may name journeys and caches that it does not hold.
 */
export function checkReferences(
  file: Readonly<Record<string, unknown>>,
  kinds: KindDirectory,
  faults: FaultList,
  scope: "design" | "fragment" = "design",
): void {
  const nodes = recordsOf(file, "nodes");
  const edges = recordsOf(file, "edges");
  const annotations = recordsOf(file, "annotations");
  const journeys = recordsOf(file, "journeys");
  const scenarios = recordsOf(file, "scenarios");

  // Nodes, edges and annotations are selected together on the canvas, so they share one space of ids.
  checkUnique([...nodes, ...edges, ...annotations], "node, edge or annotation", faults);
  checkUnique(journeys, "journey", faults);
  checkUnique(scenarios, "scenario", faults);
  checkUnique(recordsOf(file, "decisions"), "decision", faults);

  const nodeIds = idsOf(nodes);
  const journeyIds = idsOf(journeys);
  for (const node of nodes) {
    checkKind(node, kinds, faults);
    checkNodeRanges(node, kinds, faults);
  }
  checkParents(nodes, annotations, kinds, faults);
  for (const journey of journeys) {
    checkReference(journey, "source", nodeIds, "node", faults);
    checkArrivals(journey, faults);
    checkJourneyRanges(journey, faults);
  }
  for (const edge of edges) {
    checkReference(edge, "source", nodeIds, "node", faults);
    checkReference(edge, "target", nodeIds, "node", faults);
    checkEdgeRanges(edge, faults);
    if (scope === "design") checkEdgeSettings(edge, nodeIds, journeyIds, faults);
  }
  const targets = new Set([...nodeIds, ...idsOf(edges)]);
  for (const scenario of scenarios) checkEffects(scenario, targets, faults);
}

function recordsOf(file: Readonly<Record<string, unknown>>, table: string): RawRecord[] {
  const rows: unknown = Object.hasOwn(file, table) ? file[table] : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((fields: unknown, index) => (isPlainRecord(fields) ? [{ path: [table, index], fields }] : []));
}

function textField(record: RawRecord, key: string): string | null {
  const value = Object.hasOwn(record.fields, key) ? record.fields[key] : undefined;
  return typeof value === "string" ? value : null;
}

function idsOf(records: readonly RawRecord[]): Set<string> {
  const ids = new Set<string>();
  for (const record of records) {
    const id = textField(record, "id");
    if (id !== null) ids.add(id);
  }
  return ids;
}

function checkUnique(records: readonly RawRecord[], what: string, faults: FaultList): void {
  const firstPlaces = new Map<string, Path>();
  for (const record of records) {
    const id = textField(record, "id");
    if (id === null) continue;
    const first = firstPlaces.get(id);
    if (first === undefined) {
      firstPlaces.set(id, record.path);
      continue;
    }
    faults.add({
      code: "duplicate-id",
      path: [...record.path, "id"],
      message: `The id ${quote(id)} is already used at ${formatPath(first)}.`,
      expected: `an id that no other ${what} has`,
    });
  }
}

function checkReference(record: RawRecord, key: string, ids: Ids, what: string, faults: FaultList): void {
  const id = textField(record, key);
  if (id !== null) checkId(id, [...record.path, key], ids, what, faults);
}

/** The id must be one of the table. */
export function checkId(id: string, path: Path, ids: Ids, what: string, faults: FaultList): void {
  if (ids.has(id) || faults.isFull) return;
  const suggestion = nearest(id, ids.keys());
  faults.add({
    code: "missing-reference",
    path,
    message: `There is no ${what} ${quote(id)}.`,
    expected: suggestion === null ? `the id of a ${what}` : `the id of a ${what}, such as ${quote(suggestion)}`,
  });
}

/** A journey has a rate or users, and time to think only with users. */
export function checkArrivals(journey: RawRecord, faults: FaultList): void {
  const has = (key: string): boolean => Object.hasOwn(journey.fields, key);
  if (has("users") && has("ratePerSecond")) {
    faults.add({
      code: "not-allowed",
      path: [...journey.path, "users"],
      message: 'The journey has both "ratePerSecond" and "users".',
      expected: "one of them: the rate of users follows from their number, their time to think and the answers",
      atKey: true,
    });
  }
  if (has("thinkTimeMs") && !has("users")) {
    faults.add({
      code: "not-allowed",
      path: [...journey.path, "thinkTimeMs"],
      message: 'The journey has "thinkTimeMs" and no "users".',
      expected: 'a number of "users" beside it',
      atKey: true,
    });
  }
}

/** The kind must be known and accept the settings. */
export function checkKind(node: RawRecord, kinds: KindDirectory, faults: FaultList): void {
  const kind = textField(node, "kind");
  if (kind === null) return;
  if (!kinds.has(kind)) {
    const suggestion = kinds.suggest(kind);
    faults.add({
      code: "unknown-kind",
      path: [...node.path, "kind"],
      message: `There is no kind ${quote(kind)}.`,
      expected:
        suggestion === null ? "a kind of the catalogue" : `a kind of the catalogue, such as ${quote(suggestion)}`,
    });
    return;
  }
  const settings = Object.hasOwn(node.fields, "settings") ? node.fields["settings"] : {};
  if (!isPlainRecord(settings)) return;
  for (const fault of kinds.checkSettings(kind, settings)) {
    const path = [...node.path, "settings", ...fault.path];
    faults.add({ code: "bad-value", path, message: fault.message, expected: fault.expected });
  }
}

function checkParents(
  nodes: readonly RawRecord[],
  annotations: readonly RawRecord[],
  kinds: KindDirectory,
  faults: FaultList,
): void {
  const byId = new Map<string, RawRecord>();
  for (const node of nodes) {
    const id = textField(node, "id");
    if (id !== null) byId.set(id, node);
  }
  const ids = new Set(byId.keys());
  for (const record of [...nodes, ...annotations]) {
    const parent = textField(record, "parent");
    if (parent === null) continue;
    const path = [...record.path, "parent"];
    const holder = byId.get(parent);
    if (holder === undefined) {
      checkId(parent, path, ids, "node", faults);
      continue;
    }
    const kind = textField(holder, "kind");
    if (kind === null || !kinds.has(kind) || kinds.isContainer(kind)) continue;
    faults.add({
      code: "not-allowed",
      path,
      message: `${quote(parent)} is a ${quote(kind)}, which cannot hold other nodes.`,
      expected: "the id of a container",
    });
  }
  checkParentCycles(byId, faults);
}

/** One fault per cycle, at its first node in file order. */
function checkParentCycles(nodes: ReadonlyMap<string, RawRecord>, faults: FaultList): void {
  const settled = new Set<string>();
  for (const start of nodes.keys()) {
    const trail = new Set<string>();
    let id: string | null = start;
    while (id !== null && !settled.has(id) && !trail.has(id)) {
      trail.add(id);
      const node: RawRecord | undefined = nodes.get(id);
      id = node === undefined ? null : textField(node, "parent");
    }
    if (id !== null && trail.has(id)) {
      const cycle = [...trail].slice([...trail].indexOf(id));
      const first = [...nodes.keys()].find((candidate) => cycle.includes(candidate)) ?? id;
      const path = nodes.get(first)?.path ?? [];
      faults.add({
        code: "not-allowed",
        path: [...path, "parent"],
        message: `${quote(first)} is inside itself.`,
        expected: "containers that do not hold each other",
      });
    }
    for (const seen of trail) settled.add(seen);
  }
}

/** Nodes and journeys that the settings of an edge name must exist. */
export function checkEdgeSettings(edge: RawRecord, nodeIds: Ids, journeyIds: Ids, faults: FaultList): void {
  const settings = Object.hasOwn(edge.fields, "settings") ? edge.fields["settings"] : undefined;
  if (!isPlainRecord(settings)) return;
  const path = [...edge.path, "settings"];
  checkReference({ path, fields: settings }, "of", nodeIds, "node", faults);
  const calls = Object.hasOwn(settings, "calls") ? settings["calls"] : undefined;
  if (!isPlainRecord(calls)) return;
  for (const journey of Object.keys(calls))
    checkId(journey, [...path, "calls", journey], journeyIds, "journey", faults);
}

/** `traffic` is about all journeys and names no target; every other effect names a node, container or edge. */
export function checkEffects(scenario: RawRecord, targets: Ids, faults: FaultList): void {
  const effects = Object.hasOwn(scenario.fields, "effects") ? scenario.fields["effects"] : undefined;
  if (!Array.isArray(effects)) return;
  effects.forEach((fields: unknown, index) => {
    if (!isPlainRecord(fields)) return;
    const effect: RawRecord = { path: [...scenario.path, "effects", index], fields };
    const type = textField(effect, "type");
    const path = [...effect.path, "target"];
    if (type === "traffic") {
      if (!Object.hasOwn(fields, "target")) return;
      faults.add({
        code: "not-allowed",
        path,
        message: 'An effect of type "traffic" has a target.',
        expected: "no target: it concerns all journeys",
        atKey: true,
      });
      return;
    }
    if (type !== null && !Object.hasOwn(fields, "target")) {
      const message = `${nameOf(path)} is missing.`;
      faults.add({ code: "shape", path, message, expected: "the id of a node or edge" });
      return;
    }
    checkReference(effect, "target", targets, "node or edge", faults);
    const amount = Object.hasOwn(fields, "amount") ? fields["amount"] : undefined;
    if (type === "errors" && typeof amount === "number" && amount > 1) {
      const message = `"amount" is the number ${amount}.`;
      faults.add({ code: "bad-value", path: [...effect.path, "amount"], message, expected: "a number from 0 to 1" });
    }
  });
}
