import { useEffect } from "react";
import type { FlowView } from "./flow-view.ts";

/**
 * A mouse wheel zooms; two fingers on a trackpad move the view, and pinch to zoom, which React Flow does by itself. The two are
 * told apart as browsers report them: wheels turn in whole steps of 100 or 120 pixels (or in lines), straight up or down.
 */
export function useWheelZoom(frame: HTMLElement | null, view: FlowView): void {
  useEffect(() => {
    if (frame === null) return;
    function onWheel(event: WheelEvent): void {
      if (!isMouseWheel(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const steps = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY / 100 : event.deltaY / 3;
      view.zoomAt({ x: event.clientX, y: event.clientY }, 1.15 ** -Math.max(-3, Math.min(3, steps)));
    }
    const options = { capture: true, passive: false };
    frame.addEventListener("wheel", onWheel, options);
    return () => frame.removeEventListener("wheel", onWheel, options);
  }, [frame, view]);
}

type Wheel = Pick<WheelEvent, "ctrlKey" | "metaKey" | "shiftKey" | "deltaMode" | "deltaX" | "deltaY">;

export function isMouseWheel({ ctrlKey, metaKey, shiftKey, deltaMode, deltaX, deltaY }: Wheel): boolean {
  if (ctrlKey || metaKey || shiftKey || deltaX !== 0 || deltaY === 0) return false;
  if (deltaMode !== 0) return true;
  return Number.isInteger(deltaY) && (deltaY % 100 === 0 || deltaY % 120 === 0);
}
