import { type Edge, type Node, Position } from "@xyflow/react";
import type { Annotation, Design, DesignEdge, DesignNode } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/edge-routing.ts";
import { emptyContainerSize, plainAnnotationSize } from "#src/design/drawing/scene.ts";
import { ancestorsOf } from "#src/design/queries.ts";
import { nodeSize } from "#src/design/quick-layout.ts";

// Type aliases, because React Flow asks for data with an index signature, which interfaces do not have.
type PartData = { readonly record: DesignNode };
type AnnotationData = { readonly record: Annotation };
type EdgeData = { readonly record: DesignEdge };

export type PartNode = Node<PartData, "component" | "container">;
export type AnnotationNode = Node<AnnotationData, "annotation">;
export type FlowNode = PartNode | AnnotationNode;
export type FlowEdge = Edge<EdgeData, "connection">;

/** Containers and frames stand at the back, then edges, then cards, then notes, whatever is inside what. */
const frameLayer = 400;
const edgeLayer = 500;
const cardLayer = 1000;
const noteLayer = 1050;
const selectedEdgeLayer = 1100;

/**
 * Records as React Flow wants them: containers first, outermost first. A node whose record and selection are as before is
 * the same object as before, so that only what changed is rendered again.
 */
export function flowNodesOf(
  design: Design,
  isContainer: (kind: string) => boolean,
  selected: ReadonlySet<string>,
  previous: ReadonlyMap<string, FlowNode>,
): FlowNode[] {
  const containers: { readonly node: DesignNode; readonly depth: number }[] = [];
  const cards: FlowNode[] = [];
  for (const node of design.nodes.values()) {
    if (isContainer(node.kind)) containers.push({ node, depth: ancestorsOf(design, node.id).length });
    else cards.push(unchanged(previous, node, selected.has(node.id)) ?? cardNode(node, selected.has(node.id)));
  }
  containers.sort((first, second) => first.depth - second.depth);
  return [
    ...containers.map(
      ({ node, depth }) =>
        unchanged(previous, node, selected.has(node.id), depth) ?? containerNode(node, depth, selected.has(node.id)),
    ),
    ...cards,
    ...[...design.annotations.values()].map((record) => {
      const isSelected = selected.has(record.id);
      const layer = record.type === "frame" ? frameLayer : noteLayer;
      return unchanged(previous, record, isSelected, layer) ?? annotationNode(record, layer, isSelected);
    }),
  ];
}

function unchanged(
  previous: ReadonlyMap<string, FlowNode>,
  record: DesignNode | Annotation,
  isSelected: boolean,
  zIndex = cardLayer,
): FlowNode | undefined {
  const before = previous.get(record.id);
  return before?.data.record === record && before.selected === isSelected && before.zIndex === zIndex
    ? before
    : undefined;
}

/** With size, measurement and handles all given, React Flow has nothing to measure and mounts only what is in view. */
function cardNode(record: DesignNode, selected: boolean): FlowNode {
  return {
    ...common(record, selected, nodeSize),
    data: { record },
    type: "component",
    zIndex: cardLayer,
  };
}

function containerNode(record: DesignNode, depth: number, selected: boolean): FlowNode {
  return {
    ...common(record, selected, record.size ?? emptyContainerSize),
    data: { record },
    type: "container",
    zIndex: depth,
    // Only the title and the rim take the pointer, so that what is inside can be reached and boxed in.
    style: { pointerEvents: "none" },
  };
}

function annotationNode(record: Annotation, zIndex: number, selected: boolean): AnnotationNode {
  return {
    ...common(record, selected, annotationSize(record)),
    data: { record },
    type: "annotation",
    zIndex,
    // A frame is taken by its title and rim, and a drawing by its line.
    ...(record.type === "frame" || record.type === "freehand" ? { style: { pointerEvents: "none" as const } } : {}),
  };
}

function annotationSize({ type, size, points = [] }: Annotation): Size {
  if (type !== "freehand") return size ?? plainAnnotationSize[type];
  const farthest = (start: 0 | 1) => Math.max(1, ...points.filter((_, index) => index % 2 === start));
  return { width: farthest(0), height: farthest(1) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function common(record: DesignNode | Annotation, selected: boolean, size: Size) {
  const { width, height } = size;
  return {
    id: record.id,
    position: record.position ?? { x: 0, y: 0 },
    ...(record.parent === undefined ? {} : { parentId: record.parent }),
    selected,
    width,
    height,
    measured: { width, height },
    handles: [
      { id: null, type: "source" as const, position: Position.Right, x: width, y: height / 2, width: 1, height: 1 },
      { id: null, type: "target" as const, position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
    ],
    domAttributes: { "aria-labelledby": sentenceId(record.id) },
  };
}

export function flowEdgesOf(
  design: Design,
  selected: ReadonlySet<string>,
  previous: ReadonlyMap<string, FlowEdge>,
): FlowEdge[] {
  const edges: FlowEdge[] = [];
  for (const record of design.edges.values()) {
    const isSelected = selected.has(record.id);
    const before = previous.get(record.id);
    edges.push(before?.data?.record === record && before.selected === isSelected ? before : edgeOf(record, isSelected));
  }
  return edges;
}

function edgeOf(record: DesignEdge, selected: boolean): FlowEdge {
  return {
    id: record.id,
    type: "connection",
    source: record.source,
    target: record.target,
    data: { record },
    selected,
    // Above the cards, so that its ends can be taken.
    zIndex: selected ? selectedEdgeLayer : edgeLayer,
    domAttributes: { "aria-labelledby": sentenceId(record.id) },
  };
}

/** Id of the element that holds the sentence by which a node or an edge is read aloud. */
export function sentenceId(id: string): string {
  return `canvas-sentence-${id}`;
}

/** Absolute boxes of nodes in the order of `flowNodesOf`, in canvas units. */
export function boxesOf(nodes: readonly FlowNode[]): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const { id, parentId, position, width = 0, height = 0 } of nodes) {
    const parent = parentId === undefined ? undefined : boxes.get(parentId);
    boxes.set(id, { x: position.x + (parent?.x ?? 0), y: position.y + (parent?.y ?? 0), width, height });
  }
  return boxes;
}
