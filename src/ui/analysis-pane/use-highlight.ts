import { createContext, useContext } from "react";

export type Highlight = (nodes: Iterable<string>, edges?: Iterable<string>) => void;

/** Selects parts from within the analysis, which stays on the tab that it shows. */
export const HighlightContext = createContext<Highlight>(() => {
  throw new Error("This part of the analysis stands outside its pane");
});

export function useHighlight(): Highlight {
  return useContext(HighlightContext);
}
