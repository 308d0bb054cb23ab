import "@xyflow/react/dist/base.css";
import { ReactFlowProvider } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSessionCommands } from "#src/ui/use-session.ts";
import { Announcer } from "./announcer.tsx";
import styles from "./canvas.module.css";
import { fitTo, useCanvasActions } from "./canvas-actions.ts";
import { CanvasContext, type CanvasTools } from "./canvas-context.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { useCanvasKeys } from "./canvas-keys.ts";
import { CanvasMenus } from "./canvas-menus.tsx";
import { createCanvasStore } from "./canvas-store.ts";
import { useClipboardKeys } from "./clipboard.ts";
import { EmptyHint } from "./empty-hint.tsx";
import { FlowSurface } from "./flow-surface.tsx";
import { useDetail, useFlowView } from "./flow-view.ts";
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

/** Shows all of a design when it is opened, and again when the automatic layout of a file without places arrives. */
function useFirstFit(tools: CanvasTools, frame: HTMLElement | null): void {
  useEffect(() => {
    if (frame === null) return;
    const fit = () => fitTo(tools, tools.canvas.getState().boxes.keys());
    const first = requestAnimationFrame(fit);
    const unsubscribe = tools.session.onChange((_change, source) => {
      if (source === "load") requestAnimationFrame(fit);
    });
    return () => {
      cancelAnimationFrame(first);
      unsubscribe();
    };
  }, [tools, frame]);
}
