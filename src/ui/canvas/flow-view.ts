import { type ReactFlowState, useReactFlow, useStore } from "@xyflow/react";
import { useMemo } from "react";
import type { Position } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/edge-routing.ts";

// The only file that reads React Flow's own state, so that a new major version of it changes one place.

/** What the canvas asks of the view: where things are on the screen, and to look elsewhere. */
export interface FlowView {
  /** Canvas units of a place given in client pixels. */
  toCanvas(client: Position): Position;
  /** Client pixels of a place on the canvas. */
  toClient(position: Position): Position;
  /** Middle of what is shown, in canvas units. */
  centre(): Position;
  zoom(): number;
  zoomBy(factor: number): void;
  /** Around a place given in client pixels, at once. */
  zoomAt(client: Position, factor: number): void;
  zoomTo(zoom: number): void;
  /** Shows a box as a whole, at most at its natural size. */
  fit(box: Box): void;
  /** Moves the view, when the box is not all in it, so that it is. */
  reveal(box: Box): void;
}

export const zoomBounds = { least: 0.08, most: 2.5 } as const;

/** Room around what is fitted, in pixels; below it stands the load dial. */
const fitMargin = { top: 24, side: 24, bottom: 104 } as const;

const calmMs = 180;

function motion(): { readonly duration: number } {
  return { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : calmMs };
}

export function useFlowView(frame: () => DOMRect | null): FlowView {
  const flow = useReactFlow();
  return useMemo(() => {
    const size = () => frame() ?? new DOMRect(0, 0, 1, 1);
    const clamp = (zoom: number) => Math.min(zoomBounds.most, Math.max(zoomBounds.least, zoom));
    return {
      toCanvas: (client) => flow.screenToFlowPosition({ ...client }),
      toClient: (position) => flow.flowToScreenPosition({ ...position }),
      centre() {
        const { x, y, width, height } = size();
        return flow.screenToFlowPosition({ x: x + width / 2, y: y + (height - fitMargin.bottom / 2) / 2 });
      },
      zoom: flow.getZoom,
      zoomBy: (factor) => void flow.zoomTo(clamp(flow.getZoom() * factor), motion()),
      zoomTo: (zoom) => void flow.zoomTo(clamp(zoom), motion()),
      zoomAt(client, factor) {
        const { x, y, zoom } = flow.getViewport();
        const { left, top } = size();
        const next = clamp(zoom * factor);
        const at = { x: client.x - left, y: client.y - top };
        void flow.setViewport({
          x: at.x - ((at.x - x) * next) / zoom,
          y: at.y - ((at.y - y) * next) / zoom,
          zoom: next,
        });
      },
      fit(box) {
        const { width, height } = size();
        const room = { width: width - 2 * fitMargin.side, height: height - fitMargin.top - fitMargin.bottom };
        const zoom = clamp(Math.min(1, room.width / Math.max(1, box.width), room.height / Math.max(1, box.height)));
        void flow.setViewport(
          {
            x: fitMargin.side + (room.width - box.width * zoom) / 2 - box.x * zoom,
            y: fitMargin.top + (room.height - box.height * zoom) / 2 - box.y * zoom,
            zoom,
          },
          motion(),
        );
      },
      reveal(box) {
        const { width, height } = size();
        const { x, y, zoom } = flow.getViewport();
        const left = box.x * zoom + x;
        const top = box.y * zoom + y;
        const dx = shiftInto(left, box.width * zoom, 16, width - 16);
        const dy = shiftInto(top, box.height * zoom, 16, height - fitMargin.bottom + 16);
        if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, motion());
      },
    };
  }, [flow, frame]);
}

function shiftInto(start: number, length: number, low: number, high: number): number {
  if (start < low) return low - start;
  if (start + length > high) return Math.max(low - start, high - start - length);
  return 0;
}

/**
 * How much a card shows: all of it; from far, a plain box with a wide gauge and a name; from farther still, where no name can
 * be read, the fill alone.
 */
export type Detail = "full" | "far" | "farther";

const farZoom = 0.4;
const fartherZoom = 0.17;

function detailOf({ transform: [, , zoom] }: ReactFlowState): Detail {
  return zoom < fartherZoom ? "farther" : zoom < farZoom ? "far" : "full";
}
const zoomPercent = (state: ReactFlowState) => Math.round(state.transform[2] * 100);

export function useDetail(): Detail {
  return useStore(detailOf);
}

export function useZoomPercent(): number {
  return useStore(zoomPercent);
}
