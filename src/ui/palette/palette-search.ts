import type { Category, ComponentKind } from "#library/contract/kind.ts";
import type { Part } from "#src/ui/placing.ts";

/** One line of the palette. */
export interface PaletteEntry {
  readonly part: Part;
  readonly title: string;
  /** Why it was found, when its title does not say: "Redis". */
  readonly hint: string;
  readonly summary: string;
}

export interface PaletteGroup {
  readonly category: Category;
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

const categoryTitles: Readonly<Record<Category, string>> = {
  traffic: "Traffic",
  compute: "Compute",
  data: "Stores",
  cache: "Cache",
  messaging: "Messaging",
  coordination: "Coordination",
  external: "External",
  zones: "Places and boundaries",
};

/** All kinds in groups; while something is looked for, the kinds and presets that hold every word of it. */
export function paletteGroups(kinds: Iterable<ComponentKind>, query: string): readonly PaletteGroup[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const groups = new Map<Category, PaletteEntry[]>();
  for (const kind of kinds) {
    const entries = words.length === 0 ? [wholeKind(kind, "")] : found(kind, words);
    if (entries.length > 0) groups.set(kind.category, [...(groups.get(kind.category) ?? []), ...entries]);
  }
  return [...groups].map(([category, entries]) => ({ category, title: categoryTitles[category], entries }));
}

function wholeKind(kind: ComponentKind, hint: string): PaletteEntry {
  return { part: { kind: kind.id }, title: kind.title, hint, summary: kind.summary };
}

/** The kind itself when its title or a keyword matches, then its presets by title. */
function found(kind: ComponentKind, words: readonly string[]): PaletteEntry[] {
  const entries: PaletteEntry[] = [];
  const holdsAll = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const keyword = kind.keywords.find((candidate) => words.some((word) => candidate.toLowerCase().includes(word)));
  if (holdsAll([kind.title, kind.id, ...kind.keywords].join(" ")))
    entries.push(wholeKind(kind, holdsAll(kind.title) ? "" : (keyword ?? "")));
  for (const { title } of kind.presets) {
    if (holdsAll(title) || (words.length > 1 && holdsAll(`${title} ${kind.title}`)))
      entries.push({ part: { kind: kind.id, preset: title }, title, hint: kind.title, summary: kind.summary });
  }
  return entries;
}
