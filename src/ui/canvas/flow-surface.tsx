import { Background, BackgroundVariant, type EdgeTypes, type NodeTypes, ReactFlow, SelectionMode } from "@xyflow/react";
import { type DragEvent, type MouseEvent, useMemo, useSyncExternalStore } from "react";
import { catalogue } from "#library/catalogue.ts";
import { classNames } from "#src/ui/kit/class-names.ts";
import { armedPart, partDataType, readPart } from "#src/ui/placing.ts";
import { useSession } from "#src/ui/use-session.ts";
import { AnnotationNode } from "./annotation-node.tsx";
import styles from "./canvas.module.css";
import { useCanvas, useCanvasTools } from "./canvas-context.ts";
import { isContainerKind } from "./canvas-store.ts";
import { ComponentNode } from "./component-node.tsx";
import { ConnectionEdge } from "./connection-edge.tsx";
import { ContainerNode } from "./container-node.tsx";
import { containerAt } from "./containers.ts";
import type { FlowEdge, FlowNode } from "./flow-nodes.ts";
import { zoomBounds } from "./flow-view.ts";
import { Overlays } from "./overlays.tsx";
import { placePart } from "./place-part.ts";

const nodeTypes: NodeTypes = { component: ComponentNode, container: ContainerNode, annotation: AnnotationNode };
const edgeTypes: EdgeTypes = { connection: ConnectionEdge };
const addingKeys = ["Shift", "Meta", "Control"];
const middleButton = [1];
const bothButtons = [0, 1];

/** React Flow with the parts and connections of the design, and what pointers do on it. */
export function FlowSurface() {
  const handlers = useHandlers();
  const nodes = useCanvas((state) => state.nodes);
  const edges = useCanvas((state) => state.edges);
  // From afar the dots would run together, and cost much to paint.
  const hasDots = useCanvas((state) => state.detail === "full");
  const isConnecting = useCanvas((state) => state.connection !== null);
  const tool = useSession((state) => state.tool);
  const isReadOnly = useSession((state) => state.saveState.state === "read-only");
  // A finger on the open canvas moves the view; there is no other button for it.
  const isTouch = useIsTouch();
  const isPlacing = typeof tool !== "string";
  return (
    <ReactFlow<FlowNode, FlowEdge>
      className={classNames(styles["flow"], isPlacing && styles["placing"], isConnecting && styles["connecting"])}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onlyRenderVisibleElements
      disableKeyboardA11y
      nodesConnectable={false}
      nodesDraggable={!isReadOnly && tool === "select"}
      elevateNodesOnSelect={false}
      zIndexMode="manual"
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={addingKeys}
      selectionOnDrag={tool === "select" && !isTouch}
      selectionMode={SelectionMode.Partial}
      panOnDrag={tool === "pan" || isTouch ? bothButtons : middleButton}
      panOnScroll
      zoomOnDoubleClick={false}
      nodeDragThreshold={3}
      minZoom={zoomBounds.least}
      maxZoom={zoomBounds.most}
      attributionPosition="top-right"
      {...handlers}
    >
      {hasDots ? (
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} className={styles["dots"] ?? ""} />
      ) : null}
      <Overlays />
    </ReactFlow>
  );
}

function useHandlers() {
  const tools = useCanvasTools();
  return useMemo(() => {
    const { canvas, session, view } = tools;
    const at = (event: { readonly clientX: number; readonly clientY: number }) => ({
      x: event.clientX,
      y: event.clientY,
    });
    const pointer = (event: MouseEvent | globalThis.MouseEvent | TouchEvent) => {
      const place = "changedTouches" in event ? event.changedTouches[0] : event;
      return place === undefined ? null : view.toCanvas(at(place));
    };
    const openMenu = (event: MouseEvent, on: { readonly type: "node" | "edge"; readonly id: string }) => {
      event.preventDefault();
      const { selectedNodes, selectedEdges } = session.store.getState();
      if (!selectedNodes.has(on.id) && !selectedEdges.has(on.id))
        session.select(on.type === "node" ? [on.id] : [], on.type === "edge" ? [on.id] : []);
      canvas.setState({ menu: { point: at(event), on } });
    };
    return {
      onNodesChange: canvas.changeNodes,
      onEdgesChange: (changes: readonly { readonly type: string }[]) =>
        canvas.changeEdgeSelection(changes.filter(isSelection)),
      onNodeMouseEnter: (_event: MouseEvent, { id }: FlowNode) => canvas.setState({ hovered: id }),
      onNodeMouseLeave: () => canvas.setState({ hovered: null }),
      onNodeDrag: (event: globalThis.MouseEvent | TouchEvent) => {
        const point = pointer(event);
        if (point !== null) canvas.dragOver(point);
      },
      onNodeDragStop: (event: globalThis.MouseEvent | TouchEvent, { id }: FlowNode) => {
        const point = pointer(event);
        if (point !== null) canvas.endDrag(point, id, "altKey" in event && event.altKey);
      },
      onNodeDoubleClick: (_event: MouseEvent, { id, data }: FlowNode) => {
        if (!("type" in data.record) || data.record.type !== "freehand") canvas.setState({ renaming: id });
      },
      onNodeContextMenu: (event: MouseEvent, { id }: FlowNode) => openMenu(event, { type: "node", id }),
      onEdgeContextMenu: (event: MouseEvent, { id }: FlowEdge) => openMenu(event, { type: "edge", id }),
      onPaneContextMenu: (event: MouseEvent | globalThis.MouseEvent) => {
        event.preventDefault();
        canvas.setState({ menu: { point: at(event), on: { type: "canvas" } } });
      },
      onPaneClick: (event: MouseEvent) => {
        const { design, tool } = session.store.getState();
        const point = view.toCanvas(at(event));
        const part = armedPart(tool);
        if (part !== null) {
          placePart(tools, part, point);
          return;
        }
        const container = containerAt(design, canvas.getState().boxes, isContainerKind, point);
        session.select(container === null ? [] : [container], []);
      },
      onNodeClick: (event: MouseEvent) => {
        const part = armedPart(session.store.getState().tool);
        if (part !== null) placePart(tools, part, view.toCanvas(at(event)));
      },
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(partDataType)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        canvas.dragOver(view.toCanvas(at(event)));
      },
      onDragLeave: () => canvas.setState({ dropTarget: null }),
      onDrop: (event: DragEvent) => {
        canvas.setState({ dropTarget: null });
        const part = readPart(event.dataTransfer.getData(partDataType));
        if (part === null || !catalogue.has(part.kind)) return;
        event.preventDefault();
        placePart(tools, part, view.toCanvas(at(event)));
      },
    };
  }, [tools]);
}

const coarse = matchMedia("(pointer: coarse)");

function watchPointer(listener: () => void): () => void {
  coarse.addEventListener("change", listener);
  return () => coarse.removeEventListener("change", listener);
}

function useIsTouch(): boolean {
  return useSyncExternalStore(watchPointer, () => coarse.matches);
}

function isSelection(change: {
  readonly type: string;
}): change is { readonly type: "select"; readonly id: string; readonly selected: boolean } {
  return change.type === "select";
}
