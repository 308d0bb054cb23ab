import type { Design } from "#src/design/document.ts";

export interface ProblemPlace {
  readonly table: "nodes" | "edges" | "journeys";
  readonly id: string;
}

const placePattern = /^\$\.(nodes|edges|journeys)\[(\d+)\]/;

/** The record that a JSON path such as `$.nodes[2].settings.hitRatio` speaks of; null when it speaks of none. */
export function placeOfProblem(design: Design, path: string): ProblemPlace | null {
  const match = placePattern.exec(path);
  const table = match?.[1];
  if (table !== "nodes" && table !== "edges" && table !== "journeys") return null;
  const id = [...design[table].keys()][Number(match?.[2])];
  return id === undefined ? null : { table, id };
}
