import type { ComponentType, ReactNode } from "react";

type PartModule = Readonly<Record<string, ComponentType>>;

const modules = import.meta.glob<PartModule>(
  [
    "../ui/canvas/canvas.tsx",
    "../ui/palette/palette.tsx",
    "../ui/inspector/inspector.tsx",
    "../ui/analysis-pane/analysis-pane.tsx",
    "../ui/load-dial/load-dial-bar.tsx",
  ],
  { eager: true },
);

export function part(path: string, name: string): ReactNode {
  const Part = modules[`../ui/${path}.tsx`]?.[name];
  return Part === undefined ? null : <Part />;
}
