import type { ComponentKind } from "./contract/kind.ts";
import { nearestName } from "./contract/nearest-name.ts";

const found = import.meta.glob<ComponentKind>("./*/definition.ts", { eager: true, import: "default" });

/** Every kind of this folder by its id, in the order of their ids. */
export const catalogue: ReadonlyMap<string, ComponentKind> = new Map(
  Object.values(found)
    .map((kind) => [kind.id, kind] as const)
    .sort(([first], [second]) => (first < second ? -1 : 1)),
);

/** What a reader of design files asks about kinds. Ids that are not known are answered, not thrown at. */
export const kindDirectory = {
  has: (kind: string): boolean => catalogue.has(kind),
  isContainer: (kind: string): boolean => catalogue.get(kind)?.isContainer ?? false,
  /** The nearest known id to a misspelt one. */
  suggest: (kind: string): string | undefined => nearestName(kind, catalogue.keys()) ?? undefined,
  /** Faults of a node's settings; none for a kind that is not known. */
  checkSettings: (kind: string, settings: unknown): ReturnType<ComponentKind["check"]> =>
    catalogue.get(kind)?.check(settings) ?? [],
  known: (): readonly string[] => [...catalogue.keys()],
} as const;
