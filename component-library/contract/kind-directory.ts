import type { KindDirectory } from "#src/design/kind-directory.ts";
import type { ComponentKind } from "./kind.ts";
import { nearestName } from "./nearest-name.ts";

/** What the document asks about kinds, answered from a catalogue. Ids that are not known are answered, not thrown at. */
export function directoryOf(catalogue: ReadonlyMap<string, ComponentKind>): KindDirectory {
  return {
    has: (kind) => catalogue.has(kind),
    isContainer: (kind) => catalogue.get(kind)?.isContainer ?? false,
    suggest: (kind) => nearestName(kind, catalogue.keys()),
    checkSettings: (kind, settings) => catalogue.get(kind)?.check(settings) ?? [],
    known: () => [...catalogue.keys()],
  };
}
