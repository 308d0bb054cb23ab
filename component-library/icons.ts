const found = import.meta.glob<string>("./*/icon.svg", { eager: true, query: "?raw", import: "default" });

/** SVG source of every kind's icon by kind id (24 × 24, strokes in currentColor), for writers that draw without React. */
export const icons: ReadonlyMap<string, string> = new Map(
  Object.entries(found).map(([path, svg]) => [path.split("/")[1] ?? path, svg]),
);
