import type { Annotation, Design, DesignEdge, DesignNode, JsonValue, Position } from "../document.ts";
import type { FaultList } from "../file/fault.ts";
import { isOnCanvas, isValidId } from "../ids.ts";
import { isPlainRecord } from "../json-value.ts";
import { limits } from "../limits.ts";
import { omit } from "./outcome.ts";

/** Gives an id that neither the design nor `reserved` has; `nextId` bound to the design is one. */
export type IdGenerator = (prefix: string, reserved: ReadonlySet<string>) => string;

/** Items to copy: edges join only nodes among them. */
export interface CopySource {
  readonly nodes: readonly DesignNode[];
  readonly edges: readonly DesignEdge[];
  readonly annotations: readonly Annotation[];
}

/**
 * The design with fresh copies at the end of its tables. Items whose container is copied too stay inside the copy; the
 * others go into `parent` (their own container when undefined) and are shifted by the offset. Journeys are not copied:
 * calls by journey stay for the journeys that the design has, and the cache named in `of` must be among the copies.
 */
export function insertCopies(
  design: Design,
  source: CopySource,
  newId: IdGenerator,
  offset: Position,
  parent: string | null | undefined,
  faults: FaultList,
): Design {
  const room = (table: "nodes" | "edges" | "annotations", most: number, more: number) => {
    if (design[table].size + more <= most) return;
    const message = `${more} more would make ${design[table].size + more} records in "${table}".`;
    faults.add({ code: "too-large", path: [table], message, expected: `at most ${most}` });
  };
  room("nodes", limits.nodes, source.nodes.length);
  room("edges", limits.edges, source.edges.length);
  room("annotations", limits.annotations, source.annotations.length);
  if (faults.all.length > 0) return design;

  const reserved = new Set<string>();
  const fresh = new Map<string, string>();
  for (const item of [...source.nodes, ...source.edges, ...source.annotations]) {
    const id = newId(item.id.replace(/-\d+$/, ""), reserved);
    if (!isValidId(id) || isOnCanvas(design, id) || reserved.has(id))
      throw new Error(`The id generator gave ${id} again`);
    reserved.add(id);
    fresh.set(item.id, id);
  }
  const freshId = (id: string) => fresh.get(id) ?? id;
  const settle = <Item extends DesignNode | Annotation>(item: Item): Item => {
    const inside = item.parent === undefined ? undefined : fresh.get(item.parent);
    const copy: Item & { id: string; parent?: string; position?: Position } = { ...item, id: freshId(item.id) };
    if (inside !== undefined) copy.parent = inside;
    else {
      if (parent === null) delete copy.parent;
      if (typeof parent === "string") copy.parent = parent;
      if (item.position !== undefined) copy.position = { x: item.position.x + offset.x, y: item.position.y + offset.y };
    }
    return copy;
  };
  const nodes = new Map(design.nodes);
  const edges = new Map(design.edges);
  const annotations = new Map(design.annotations);
  for (const node of source.nodes) nodes.set(freshId(node.id), settle(node));
  for (const annotation of source.annotations) annotations.set(freshId(annotation.id), settle(annotation));
  for (const edge of source.edges) {
    const copy = { ...edge, id: freshId(edge.id), source: freshId(edge.source), target: freshId(edge.target) };
    const settings = Object.entries(edge.settings ?? {}).flatMap(([key, value]): [string, JsonValue][] => {
      if (key === "of" && typeof value === "string") {
        const cache = fresh.get(value);
        return cache === undefined ? [] : [[key, cache]];
      }
      if (key !== "calls" || !isPlainRecord(value)) return [[key, value]];
      const known = Object.entries(value).filter(([journey]) => design.journeys.has(journey));
      return known.length === 0 ? [] : [[key, Object.fromEntries(known)]];
    });
    edges.set(
      copy.id,
      settings.length === 0 ? omit(copy, "settings") : { ...copy, settings: Object.fromEntries(settings) },
    );
  }
  return { ...design, nodes, edges, annotations };
}
