import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Session } from "#src/session/session.ts";
import type { CanvasState, CanvasStore } from "./canvas-store.ts";
import type { FlowView } from "./flow-view.ts";

/** What every part of the canvas works with. */
export interface CanvasTools {
  readonly session: Session;
  readonly canvas: CanvasStore;
  readonly view: FlowView;
}

export const CanvasContext = createContext<CanvasTools | null>(null);

export function useCanvasTools(): CanvasTools {
  const tools = useContext(CanvasContext);
  if (tools === null) throw new Error("This part of the canvas stands outside it");
  return tools;
}

export function useCanvas<Selected>(selector: (state: CanvasState) => Selected): Selected {
  return useStore(useCanvasTools().canvas, selector);
}
