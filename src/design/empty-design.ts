import type { Design } from "./document.ts";

export const defaultDesignName = "Untitled design";

export function emptyDesign(name: string = defaultDesignName): Design {
  return {
    name,
    requirements: {},
    journeys: new Map(),
    nodes: new Map(),
    edges: new Map(),
    annotations: new Map(),
    scenarios: new Map(),
    decisions: new Map(),
  };
}
