import { type ComponentType, lazy, type ReactNode, Suspense } from "react";

type PartModule = Readonly<Record<string, ComponentType<{ readonly inspector?: ReactNode }>>>;

const modules = import.meta.glob<PartModule>([
  "../ui/canvas/canvas.tsx",
  "../ui/palette/palette.tsx",
  "../ui/inspector/inspector.tsx",
  "../ui/analysis-pane/analysis-pane.tsx",
  "../ui/load-dial/load-dial-bar.tsx",
]);

/** A large part of the screen, fetched when the first design is opened; null when this build does not have it. */
function partOf(path: string, name: string): ComponentType<{ readonly inspector?: ReactNode }> | null {
  const load = modules[`../ui/${path}.tsx`];
  if (load === undefined) return null;
  const Part = lazy(async () => {
    const found = (await load())[name];
    if (found === undefined) throw new Error(`${path} exports no ${name}`);
    return { default: found };
  });
  return ({ inspector }) => (
    <Suspense>
      <Part inspector={inspector} />
    </Suspense>
  );
}

export const Palette = partOf("palette/palette", "Palette");
export const Canvas = partOf("canvas/canvas", "Canvas");
export const LoadDialBar = partOf("load-dial/load-dial-bar", "LoadDialBar");
export const AnalysisPane = partOf("analysis-pane/analysis-pane", "AnalysisPane");
export const Inspector = partOf("inspector/inspector", "Inspector");
