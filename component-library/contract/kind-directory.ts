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
    numberOf: (kind, settings, name) => numberOf(catalogue.get(kind), settings, name),
    numericSettings: (kind) => numericFields(catalogue.get(kind)).map((field) => field.name),
    known: () => [...catalogue.keys()],
  };
}

function numericFields(kind: ComponentKind | undefined) {
  return (kind?.form ?? []).filter(({ input }) => input === "number" || input === "integer");
}

function numberOf(kind: ComponentKind | undefined, settings: unknown, name: string): number | null | undefined {
  const field = numericFields(kind).find((candidate) => candidate.name === name);
  if (kind === undefined || field === undefined) return undefined;
  const value = kind.check(settings).length === 0 ? kind.resolve(settings)[name] : field.defaultValue;
  return typeof value === "number" ? value : null;
}
