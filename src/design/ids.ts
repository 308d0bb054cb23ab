import type { Design } from "./document.ts";

const idPattern = /^[A-Za-z0-9_.:-]{1,64}$/;

export const idRule = "1 to 64 letters, digits, dots, colons, hyphens or underscores";

/** `__proto__` is reserved: as a key of a plain object it would name the prototype. */
export function isValidId(id: string): boolean {
  return idPattern.test(id) && id !== "__proto__";
}

/** Nodes, edges and annotations are selected and removed together, so they share one space of ids. */
export function isOnCanvas(design: Design, id: string): boolean {
  return design.nodes.has(id) || design.edges.has(id) || design.annotations.has(id);
}

/** Some record of any table has the id: a new one should not, so that readers are not misled. */
function isTaken(design: Design, id: string): boolean {
  return isOnCanvas(design, id) || design.journeys.has(id) || design.scenarios.has(id) || design.decisions.has(id);
}

/** A text made fit to be part of an id: "Orders DB" → "orders-db"; "item" when nothing is left. */
export function toIdPart(text: string): string {
  const part = text
    .toLowerCase()
    .replace(/[^a-z0-9_.:-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 48);
  return part === "" || part === "__proto__" ? "item" : part;
}

/**
 * The next readable id that no record of the design has: "service", then "service-2". The same design and prefix give the
 * same id. `reserved` are ids promised to others of the same batch.
 */
export function nextId(design: Design, prefix: string, reserved: ReadonlySet<string> = new Set()): string {
  const base = toIdPart(prefix);
  const free = (id: string) => !isTaken(design, id) && !reserved.has(id);
  if (free(base)) return base;
  for (let number = 2; ; number += 1) {
    const id = `${base}-${number}`;
    if (free(id)) return id;
  }
}
