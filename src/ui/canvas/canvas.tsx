import "@xyflow/react/dist/base.css";
import { ReactFlowProvider } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Box } from "#src/design/drawing/edge-routing.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";
import { Announcer } from "./announcer.tsx";
import styles from "./canvas.module.css";
import { fitTo, useCanvasActions } from "./canvas-actions.ts";
import { CanvasContext, type CanvasTools } from "./canvas-context.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { useCanvasKeys } from "./canvas-keys.ts";
import { CanvasMenus } from "./canvas-menus.tsx";
import { type CanvasState, createCanvasStore } from "./canvas-store.ts";
import { useClipboardKeys } from "./clipboard.ts";
import { EmptyHint } from "./empty-hint.tsx";
import { FlowSurface } from "./flow-surface.tsx";
import { useDetail, useFlowView } from "./flow-view.ts";
import { isRearranged } from "./rearranged.ts";
import { useWheelZoom } from "./wheel.ts";

/** The drawing of the open design. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasInside />
    </ReactFlowProvider>
  );
}

function CanvasInside() {
  const session = useSessionCommands();
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const frameRef = useRef<HTMLElement | null>(null);
  frameRef.current = frame;
  const bounds = useCallback(() => frameRef.current?.getBoundingClientRect() ?? null, []);
  const view = useFlowView(bounds);
  const canvas = useMemo(() => createCanvasStore(session), [session]);
  const tools = useMemo((): CanvasTools => ({ session, canvas, view }), [session, canvas, view]);
  const detail = useDetail();
  useEffect(() => canvas.follow(), [canvas]);
  useEffect(() => canvas.setState({ detail }), [canvas, detail]);
  useFirstFit(tools, frame);
  useCanvasActions(tools);
  useCanvasKeys(tools, frame);
  useClipboardKeys(session);
  useWheelZoom(frame, view);
  return (
    <CanvasContext value={tools}>
      <section ref={setFrame} className={styles["frame"]} aria-label="Drawing">
        <FlowSurface />
        <EmptyHint />
        <CanvasControls />
        <CanvasMenus />
        <Announcer />
      </section>
    </CanvasContext>
  );
}

function cardBoxes({ nodes, boxes }: CanvasState): ReadonlyMap<string, Box> {
  const cards = new Map<string, Box>();
  for (const { id, type } of nodes) {
    const box = boxes.get(id);
    if (type === "component" && box !== undefined) cards.set(id, box);
  }
  return cards;
}

/**
 * Shows all of a design when it is opened, when the automatic layout of a file without places arrives, and when the drawing
 * was arranged anew.
 */
function useFirstFit(tools: CanvasTools, frame: HTMLElement | null): void {
  useEffect(() => {
    if (frame === null) return;
    const fit = () => fitTo(tools, tools.canvas.getState().boxes.keys());
    const first = requestAnimationFrame(fit);
    const unsubscribe = tools.session.onChange((_change, source) => {
      if (source === "load") requestAnimationFrame(fit);
    });
    const stopWatching = tools.canvas.subscribe((now, before) => {
      if (now.boxes !== before.boxes && isRearranged(cardBoxes(before), cardBoxes(now))) requestAnimationFrame(fit);
    });
    return () => {
      cancelAnimationFrame(first);
      unsubscribe();
      stopWatching();
    };
  }, [tools, frame]);
}
