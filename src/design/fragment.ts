import * as v from "valibot";
import { fail, type Result, succeed } from "#src/base/result.ts";
import { currentVersion, tableSchemas } from "./design-schema.ts";
import type { Annotation, Design, DesignEdge, DesignNode, Problem } from "./document.ts";
import { canonical } from "./file/canonical.ts";
import { checkReferences } from "./file/check-references.ts";
import { checkShape } from "./file/check-shape.ts";
import { FaultList } from "./file/fault.ts";
import { parseJsonText } from "./file/json-text.ts";
import { printJson } from "./file/print-json.ts";
import { readDesignFile, scanFault } from "./file/read-design-file.ts";
import { isPlainRecord } from "./json-value.ts";
import type { KindDirectory } from "./kind-directory.ts";
import { absolutePosition, descendantsOf } from "./queries.ts";
import { recordOf } from "./schema-kit.ts";

/** A part of a design on its way through the clipboard: outermost items have absolute positions and no parent. */
export interface Fragment {
  readonly nodes: readonly DesignNode[];
  readonly edges: readonly DesignEdge[];
  readonly annotations: readonly Annotation[];
}

const fragmentFormat = "plimsoll-fragment";

const fragmentSchema = recordOf({
  format: v.literal(fragmentFormat, `the text "${fragmentFormat}"`),
  version: v.literal(currentVersion, `the number ${currentVersion}`),
  nodes: v.exactOptional(tableSchemas.nodes),
  edges: v.exactOptional(tableSchemas.edges),
  annotations: v.exactOptional(tableSchemas.annotations),
});

/** The chosen items, what is inside chosen containers, and the edges among all of them. Unknown ids are passed over. */
export function copyFragment(design: Design, ids: Iterable<string>): Fragment {
  const chosen = selectionOf(design, ids);
  const outermost = <Item extends DesignNode | Annotation>(item: Item): Item => {
    if (item.parent !== undefined && chosen.has(item.parent)) return item;
    const position = absolutePosition(design, item.id);
    const root: Item & { parent?: string; position?: { x: number; y: number } } = { ...item };
    delete root.parent;
    delete root.position;
    if (position !== null) root.position = position;
    return root;
  };
  return {
    nodes: [...design.nodes.values()].filter((node) => chosen.has(node.id)).map(outermost),
    edges: edgesAmong(design, chosen),
    annotations: [...design.annotations.values()].filter((item) => chosen.has(item.id)).map(outermost),
  };
}

/** The chosen nodes and annotations with everything inside them. */
export function selectionOf(design: Design, ids: Iterable<string>): ReadonlySet<string> {
  const chosen = new Set<string>();
  for (const id of ids) {
    if (design.annotations.has(id)) chosen.add(id);
    if (!design.nodes.has(id)) continue;
    chosen.add(id);
    for (const inside of descendantsOf(design, id)) chosen.add(inside);
  }
  for (const item of design.annotations.values()) {
    if (item.parent !== undefined && chosen.has(item.parent)) chosen.add(item.id);
  }
  return chosen;
}

export function edgesAmong(design: Design, nodes: ReadonlySet<string>): readonly DesignEdge[] {
  return [...design.edges.values()].filter((edge) => nodes.has(edge.source) && nodes.has(edge.target));
}

export function printFragment(fragment: Fragment): string {
  const value = { format: fragmentFormat, version: currentVersion, ...fragment };
  return printJson(canonical(value, fragmentSchema), 2);
}

/**
 * A fragment from the clipboard, or from a whole design file that was pasted, through the same validator as files. Journeys
 * and caches that its edge settings name may have stayed behind, and are not looked up.
 */
export function readFragment(text: string, kinds: KindDirectory): Result<Fragment, readonly Problem[]> {
  const parsed = parseJsonText(text);
  if (!parsed.ok) return parsed;
  const { value, place } = parsed.value;
  if (!isPlainRecord(value) || value["format"] !== fragmentFormat) {
    const read = readDesignFile(text, kinds);
    if (!read.ok) return read;
    return succeed(copyFragment(read.value, [...read.value.nodes.keys(), ...read.value.annotations.keys()]));
  }
  const blocked = scanFault(value);
  if (blocked !== null) return fail([place(blocked)]);
  const faults = new FaultList();
  const fragment = checkShape(fragmentSchema, value, [], faults);
  checkReferences(value, kinds, faults, "fragment");
  if (faults.all.length > 0) return fail(faults.all.map(place));
  if (fragment === null) throw new Error("A fragment without faults has no shape");
  const { nodes = [], edges = [], annotations = [] } = fragment;
  return succeed({ nodes, edges, annotations });
}
