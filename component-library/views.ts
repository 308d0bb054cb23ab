import type { KindView } from "./contract/kind-view.tsx";

const found = import.meta.glob<KindView>("./*/view.tsx", { eager: true, import: "default" });
const readmes = import.meta.glob<string>("./*/README.md", { query: "?raw", import: "default" });

/** The face of every kind by its id. */
export const views: ReadonlyMap<string, KindView> = new Map(
  Object.entries(found).map(([path, view]) => [path.split("/")[1] ?? path, view]),
);

/** The page of a kind (Markdown): what it stands for, how it is computed, where that breaks, sources. Null for no such kind. */
export async function loadKindPage(kindId: string): Promise<string | null> {
  return (await readmes[`./${kindId}/README.md`]?.()) ?? null;
}
