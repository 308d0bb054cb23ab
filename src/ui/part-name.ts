import type { Design } from "#src/design/document.ts";

/** A node's name, or its id where it has none. */
export function partName(design: Design, id: string): string {
  return design.nodes.get(id)?.name ?? id;
}

/** A journey's name, or its id where it has none. */
export function journeyName(design: Design, id: string): string {
  return design.journeys.get(id)?.name ?? id;
}
