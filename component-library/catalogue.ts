import type { Category, ComponentKind } from "./contract/kind.ts";
import { directoryOf } from "./contract/kind-directory.ts";

const found = import.meta.glob<ComponentKind>("./*/definition.ts", { eager: true, import: "default" });

/** The order of the palette: from the traffic that arrives to the places that hold everything. */
const categoryOrder: Readonly<Record<Category, number>> = {
  traffic: 0,
  compute: 1,
  data: 2,
  cache: 3,
  messaging: 4,
  coordination: 5,
  external: 6,
  zones: 7,
};

function inPaletteOrder(first: ComponentKind, second: ComponentKind): number {
  const byCategory = categoryOrder[first.category] - categoryOrder[second.category];
  return byCategory !== 0 ? byCategory : first.id < second.id ? -1 : 1;
}

/** Every kind that has a folder here, by its id, in the order of the palette. */
export const catalogue: ReadonlyMap<string, ComponentKind> = new Map(
  Object.values(found)
    .sort(inPaletteOrder)
    .map((kind) => [kind.id, kind]),
);

/** The catalogue as the document sees it. */
export const kindDirectory = directoryOf(catalogue);
