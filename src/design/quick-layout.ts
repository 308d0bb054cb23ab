import type { Design, DesignNode, Position } from "./document.ts";
import { childrenOf } from "./queries.ts";

/** Where a layout puts nodes: positions relative to the parent, and sizes of containers. What `moveNodes` takes. */
export interface Placement {
  readonly positions: ReadonlyMap<string, Position>;
  readonly sizes: ReadonlyMap<string, { readonly width: number; readonly height: number }>;
}

/** Size of a node's card on the canvas, in canvas units. */
export const nodeSize = { width: 194, height: 76 } as const;

/** Free room inside a container; the title stands in the top one. */
export const containerPadding = { top: 40, side: 24, bottom: 24 } as const;

const layerGap = 72;
const rowGap = 28;
const emptyContainer = { width: 260, height: 140 } as const;

interface Box {
  readonly width: number;
  readonly height: number;
}

/**
 * A plain drawing in columns, left to right: each node one column after the last of those that call it (longest path;
 * calls back against the order of the file are ignored), containers laid out from the inside out. Deterministic and
 * linear in the size of the design, for drawings without a layout engine.
 */
export function placeQuickly(design: Design): Placement {
  const positions = new Map<string, Position>();
  const sizes = new Map<string, Box>();
  const isContainer = containersOf(design);

  function arrange(container: string | null): Box {
    const children = childrenOf(design, container);
    const boxes = new Map(
      children.map((child): [string, Box] => [child.id, isContainer.has(child.id) ? arrange(child.id) : nodeSize]),
    );
    const padding = container === null ? { top: 0, side: 0, bottom: 0 } : containerPadding;
    const columns = inColumns(design, children);
    const heights = columns.map((column) => column.reduce((sum, id) => sum + boxOf(boxes, id).height, 0));
    const stacked = heights.map((height, index) => height + rowGap * Math.max(0, (columns[index]?.length ?? 1) - 1));
    const tallest = Math.max(0, ...stacked);
    let x = padding.side;
    columns.forEach((column, index) => {
      let y = padding.top + (tallest - (stacked[index] ?? 0)) / 2;
      let widest = 0;
      for (const id of column) {
        const box = boxOf(boxes, id);
        positions.set(id, { x, y });
        y += box.height + rowGap;
        widest = Math.max(widest, box.width);
      }
      x += widest + layerGap;
    });
    const width = x - (columns.length > 0 ? layerGap : 0) + padding.side;
    const size = {
      width: Math.max(width, container === null ? 0 : emptyContainer.width),
      height: Math.max(padding.top + tallest + padding.bottom, container === null ? 0 : emptyContainer.height),
    };
    if (container !== null) sizes.set(container, size);
    return size;
  }

  arrange(null);
  return { positions, sizes };
}

/** Places only what has no position, in a row below its placed siblings; what is placed stays where it is. */
export function placeMissing(design: Design): Placement {
  const quick = placeQuickly(design);
  const positions = new Map<string, Position>();
  const sizes = new Map<string, Box>();
  const nextX = new Map<string | null, number>();
  for (const node of design.nodes.values()) {
    if (node.position !== undefined) continue;
    const parent = node.parent ?? null;
    const placed = childrenOf(design, parent).filter((sibling) => sibling.position !== undefined);
    const box = node.size ?? quick.sizes.get(node.id) ?? nodeSize;
    const left = Math.min(...placed.map((sibling) => sibling.position?.x ?? 0), placed.length === 0 ? 0 : Infinity);
    const x = nextX.get(parent) ?? left;
    const bottom = (sibling: DesignNode) =>
      (sibling.position?.y ?? 0) + (sibling.size ?? quick.sizes.get(sibling.id) ?? nodeSize).height;
    const fresh = quick.positions.get(node.id) ?? { x: 0, y: 0 };
    if (placed.length === 0) {
      positions.set(node.id, fresh);
    } else {
      positions.set(node.id, { x, y: Math.max(...placed.map(bottom)) + rowGap });
      nextX.set(parent, x + box.width + rowGap);
    }
    const size = quick.sizes.get(node.id);
    if (node.size === undefined && size !== undefined) sizes.set(node.id, size);
  }
  return { positions, sizes };
}

/** Nodes that hold others, or that have a size of their own and so are meant to. */
function containersOf(design: Design): ReadonlySet<string> {
  const containers = new Set<string>();
  for (const node of design.nodes.values()) {
    if (node.parent !== undefined) containers.add(node.parent);
    if (node.size !== undefined) containers.add(node.id);
  }
  return containers;
}

function boxOf(boxes: ReadonlyMap<string, Box>, id: string): Box {
  return boxes.get(id) ?? nodeSize;
}

/** Ids by column. Edges count between the children that hold their ends. */
function inColumns(design: Design, children: readonly DesignNode[]): string[][] {
  const owner = ownersAmong(design, children);
  const next = new Map<string, string[]>(children.map((child) => [child.id, []]));
  for (const edge of design.edges.values()) {
    const source = owner.get(edge.source);
    const target = owner.get(edge.target);
    if (source === undefined || target === undefined || source === target) continue;
    next.get(source)?.push(target);
  }
  const order = withoutBackEdges(children, next);
  const column = new Map<string, number>(children.map((child) => [child.id, 0]));
  for (const id of order.sorted) {
    for (const target of order.forward.get(id) ?? []) {
      column.set(target, Math.max(column.get(target) ?? 0, (column.get(id) ?? 0) + 1));
    }
  }
  const columns: string[][] = [];
  for (const child of children) {
    const index = column.get(child.id) ?? 0;
    while (columns.length <= index) columns.push([]);
    columns[index]?.push(child.id);
  }
  return columns;
}

/** For each node at any depth, the child of this level that is it or holds it. */
function ownersAmong(design: Design, children: readonly DesignNode[]): ReadonlyMap<string, string> {
  const owner = new Map<string, string>(children.map((child) => [child.id, child.id]));
  const pending = [...children.map((child) => child.id)];
  const within = new Map<string, string[]>();
  for (const node of design.nodes.values()) {
    if (node.parent === undefined) continue;
    const siblings = within.get(node.parent);
    if (siblings === undefined) within.set(node.parent, [node.id]);
    else siblings.push(node.id);
  }
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const of = owner.get(id);
    if (of === undefined) continue;
    for (const inner of within.get(id) ?? []) {
      if (owner.has(inner)) continue;
      owner.set(inner, of);
      pending.push(inner);
    }
  }
  return owner;
}

/** Topological order after leaving out the edges that close a cycle, found by depth-first search in file order. */
function withoutBackEdges(
  children: readonly DesignNode[],
  next: ReadonlyMap<string, readonly string[]>,
): { readonly sorted: readonly string[]; readonly forward: ReadonlyMap<string, readonly string[]> } {
  const state = new Map<string, "open" | "done">();
  const finished: string[] = [];
  const forward = new Map<string, string[]>(children.map((child) => [child.id, []]));
  for (const root of children) {
    if (state.has(root.id)) continue;
    state.set(root.id, "open");
    const path = [{ id: root.id, index: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = next.get(top.id)?.[top.index];
      top.index += 1;
      if (target === undefined) {
        state.set(top.id, "done");
        finished.push(top.id);
        path.pop();
      } else if (state.get(target) !== "open") {
        forward.get(top.id)?.push(target);
        if (!state.has(target)) {
          state.set(target, "open");
          path.push({ id: target, index: 0 });
        }
      }
    }
  }
  return { sorted: finished.reverse(), forward };
}
