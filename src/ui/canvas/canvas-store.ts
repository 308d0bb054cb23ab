import { applyNodeChanges, type EdgeSelectionChange, type NodeChange } from "@xyflow/react";
import { createStore, type StoreApi } from "zustand/vanilla";
import { kindDirectory } from "#library/catalogue.ts";
import { dropItems } from "#src/design/commands/drop-items.ts";
import { duplicateItems } from "#src/design/commands/duplicate-items.ts";
import { moveNodes } from "#src/design/commands/move-nodes.ts";
import type { Design, Position } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/edge-routing.ts";
import { sceneOf } from "#src/design/drawing/scene.ts";
import { nextId } from "#src/design/ids.ts";
import { descendantsOf, needsLayout } from "#src/design/queries.ts";
import type { Session } from "#src/session/session.ts";
import { align, type Guide } from "./alignment.ts";
import { containerAt, outermost } from "./containers.ts";
import { boxesOf, type FlowEdge, type FlowNode, flowEdgesOf, flowNodesOf } from "./flow-nodes.ts";
import type { Detail } from "./flow-view.ts";
import { type Routes, routeAll, routeMoved, sameGeometry } from "./routes.ts";

/** An edge that is being drawn, or an end of one that is being moved. */
export interface Connection {
  readonly from: string;
  /** Given: this end of this edge is moved; `from` is the node at its other end. */
  readonly edge?: { readonly id: string; readonly end: "source" | "target" };
  /** Where its free end is, in canvas units. */
  readonly point: Position;
  /** The part under the pointer. */
  readonly over: string | null;
  /** Drag: ends where the button is let go. Press: ends at the next press, for touch. */
  readonly mode: "drag" | "press";
}

/** What was asked to be shown at a place (client pixels). */
export interface OpenMenu {
  readonly point: Position;
  readonly on:
    | { readonly type: "node" | "edge"; readonly id: string }
    | { readonly type: "canvas" }
    | { readonly type: "add-connected"; readonly from: string };
}

export interface CanvasState {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  /** Absolute boxes of all nodes, in canvas units. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly routes: Routes;
  readonly detail: Detail;
  readonly hovered: string | null;
  readonly dropTarget: string | null;
  readonly guides: readonly Guide[];
  readonly connection: Connection | null;
  readonly renaming: string | null;
  readonly menu: OpenMenu | null;
  /** What is being chosen from a list: the part that a part calls, or the container that takes the selection. */
  readonly choosing: { readonly what: "target"; readonly from: string } | { readonly what: "container" } | null;
}

export interface CanvasStore extends StoreApi<CanvasState> {
  /** Starts following the session. Returns the way to stop. */
  follow(): () => void;
  /** Shows the design and the selection as the session has them, whatever React Flow did meanwhile. */
  sync(): void;
  changeNodes(changes: readonly NodeChange<FlowNode>[]): void;
  changeEdgeSelection(changes: readonly EdgeSelectionChange[]): void;
  /** The pointer of a drag, in canvas units, to show the container that would take what is dragged. */
  dragOver(point: Position): void;
  /** Ends a drag with one command; `asCopy` leaves the originals and puts copies where they were let go. */
  endDrag(point: Position, primary: string, asCopy: boolean): void;
}

export const isContainerKind = (kind: string): boolean => kindDirectory.isContainer(kind);

/** Neighbours further away than this, in canvas units, are not looked at when lining up. */
const alignmentRange = 1600;
const alignmentReach = 5;

export function createCanvasStore(session: Session): CanvasStore {
  const store = createStore<CanvasState>(() => ({
    nodes: [],
    edges: [],
    boxes: new Map(),
    routes: new Map(),
    detail: "full",
    hovered: null,
    dropTarget: null,
    guides: [],
    connection: null,
    renaming: null,
    menu: null,
    choosing: null,
  }));
  const { getState, setState } = store;
  let derived = new Map<string, FlowNode>();
  let derivedEdges = new Map<string, FlowEdge>();
  let shown: Design | null = null;
  /** Nodes that React Flow is moving; their places are its own until they are let go. */
  let dragged: ReadonlySet<string> = new Set();
  let frame = 0;

  function cardBoxes(boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, Box> {
    const { design } = session.store.getState();
    const cards = new Map<string, Box>();
    for (const [id, box] of boxes) {
      const node = design.nodes.get(id);
      if (node !== undefined && !isContainerKind(node.kind)) cards.set(id, box);
    }
    return cards;
  }

  function sync(): void {
    const { design, selectedNodes, selectedEdges } = session.store.getState();
    const placed = needsLayout(design) ? sceneOf(design, isContainerKind).design : design;
    const fresh = flowNodesOf(placed, isContainerKind, selectedNodes, derived);
    derived = new Map(fresh.map((node) => [node.id, node]));
    const edges = flowEdgesOf(placed, selectedEdges, derivedEdges);
    derivedEdges = new Map(edges.map((edge) => [edge.id, edge]));
    const moving = new Map(
      getState().nodes.flatMap((node) => (dragged.has(node.id) ? [[node.id, node] as const] : [])),
    );
    const nodes = dragged.size === 0 ? fresh : fresh.map((node) => movingCopy(node, moving.get(node.id)));
    const isStill = shown !== null && shown.annotations === placed.annotations && sameGeometry(shown, placed);
    if (isStill && dragged.size === 0) {
      setState({ nodes, edges });
    } else {
      const boxes = boxesOf(nodes);
      setState({ nodes, edges, boxes, routes: routeAll(placed.edges.values(), cardBoxes(boxes), getState().routes) });
    }
    shown = dragged.size === 0 ? placed : null;
  }

  function routeWhatMoves(): void {
    frame = 0;
    const { nodes, routes } = getState();
    const { design } = session.store.getState();
    const moved = new Set(dragged);
    for (const id of dragged) for (const inside of descendantsOf(design, id)) moved.add(inside);
    const boxes = boxesOf(nodes);
    setState({ boxes, routes: routeMoved(design, cardBoxes(boxes), moved, routes) });
  }

  function alignedChanges(changes: readonly NodeChange<FlowNode>[]): readonly NodeChange<FlowNode>[] {
    const moves = changes.flatMap((change) =>
      change.type === "position" && change.dragging === true && change.position !== undefined ? [change] : [],
    );
    const [first] = moves;
    if (first?.position === undefined) return changes;
    const { nodes, boxes } = getState();
    const now = nodes.find(({ id }) => id === first.id);
    const box = boxes.get(first.id);
    if (now === undefined || box === undefined) return changes;
    const { design } = session.store.getState();
    const moving = new Set(moves.map(({ id }) => id));
    const inside = new Set([...moving].flatMap((id) => descendantsOf(design, id)));
    const parent = now.parentId === undefined ? undefined : boxes.get(now.parentId);
    const proposed = {
      ...box,
      x: first.position.x + (parent?.x ?? 0),
      y: first.position.y + (parent?.y ?? 0),
    };
    const others: Box[] = [];
    for (const [id, other] of boxes) {
      if (moving.has(id) || inside.has(id) || derived.get(id)?.type !== now.type) continue;
      if (Math.abs(other.x - proposed.x) < alignmentRange && Math.abs(other.y - proposed.y) < alignmentRange)
        others.push(other);
    }
    const { shift, guides } = align(proposed, others, alignmentReach);
    setState({ guides });
    return changes.map((change) =>
      change.type === "position" && change.position !== undefined
        ? { ...change, position: { x: change.position.x + shift.x, y: change.position.y + shift.y } }
        : change,
    );
  }

  function changeNodes(changes: readonly NodeChange<FlowNode>[]): void {
    const places = changes.filter(({ type }) => type === "position" || type === "dimensions");
    if (places.length > 0) {
      const moved = places.flatMap((change) =>
        change.type === "position" && change.dragging === true ? [change.id] : [],
      );
      if (moved.length > 0) dragged = new Set(moved);
      // The last change of a drag repeats where the pointer is, without the alignment: it says nothing new.
      const lasting = places.filter((change) => change.type !== "position" || change.dragging !== false);
      setState({ nodes: applyNodeChanges([...alignedChanges(lasting)], getState().nodes) });
      if (frame === 0) frame = requestAnimationFrame(routeWhatMoves);
    }
    const selections = changes.flatMap((change) => (change.type === "select" ? [change] : []));
    if (selections.length === 0) return;
    const { selectedNodes, selectedEdges } = session.store.getState();
    session.select(withChanges(selectedNodes, selections), selectedEdges);
  }

  function forgetDrag(): void {
    dragged = new Set();
    if (frame !== 0) cancelAnimationFrame(frame);
    frame = 0;
    shown = null;
    setState({ guides: [], dropTarget: null });
  }

  return {
    ...store,
    follow() {
      sync();
      return session.store.subscribe((now, before) => {
        if (
          now.design !== before.design ||
          now.selectedNodes !== before.selectedNodes ||
          now.selectedEdges !== before.selectedEdges
        )
          sync();
      });
    },
    sync,
    changeNodes,
    changeEdgeSelection(changes) {
      if (changes.length === 0) return;
      const { selectedNodes, selectedEdges } = session.store.getState();
      session.select(selectedNodes, withChanges(selectedEdges, changes));
    },
    dragOver(point) {
      const { boxes, dropTarget } = getState();
      const { design } = session.store.getState();
      const target = containerAt(design, boxes, isContainerKind, point, dragged);
      if (target !== dropTarget) setState({ dropTarget: target });
    },
    endDrag(point, primary, asCopy) {
      const { design } = session.store.getState();
      const { nodes, boxes } = getState();
      const positions = new Map<string, Position>();
      for (const { id, position } of nodes) {
        const before = derived.get(id)?.position;
        if (!dragged.has(id) || before === undefined) continue;
        if (before.x !== position.x || before.y !== position.y) positions.set(id, { x: position.x, y: position.y });
      }
      const ids = outermost(design, dragged);
      const parent = containerAt(design, boxes, isContainerKind, point, ids);
      const from = derived.get(primary)?.position;
      const to = positions.get(primary);
      forgetDrag();
      if (positions.size > 0) {
        const what = ids.length === 1 ? nameOf(design, ids[0] ?? "") : `${ids.length} parts`;
        if (asCopy && from !== undefined && to !== undefined) {
          const offset = { x: to.x - from.x, y: to.y - from.y };
          const newId = (prefix: string, reserved: ReadonlySet<string>) => nextId(design, prefix, reserved);
          session.run(`Duplicate ${what}`, duplicateItems, { ids, newId, offset });
        } else if (parent === ((design.nodes.get(primary) ?? design.annotations.get(primary))?.parent ?? null)) {
          session.run(`Move ${what}`, moveNodes, { positions });
        } else {
          session.run(`Move ${what}`, dropItems, { positions, ids, parent, kinds: kindDirectory });
        }
      }
      sync();
    },
  };
}

const annotationNames = { note: "the note", text: "the text", frame: "the frame", freehand: "the drawing" } as const;

export function nameOf(design: Design, id: string): string {
  const annotation = design.annotations.get(id);
  if (annotation !== undefined) return annotationNames[annotation.type];
  return design.nodes.get(id)?.name ?? id;
}

function movingCopy(fresh: FlowNode, moving: FlowNode | undefined): FlowNode {
  return moving === undefined ? fresh : { ...fresh, position: moving.position, dragging: true };
}

function withChanges(
  selected: ReadonlySet<string>,
  changes: readonly { readonly id: string; readonly selected: boolean }[],
): ReadonlySet<string> {
  const next = new Set(selected);
  for (const { id, selected: isSelected } of changes) {
    if (isSelected) next.add(id);
    else next.delete(id);
  }
  return next;
}
