import type { AnalysisReport } from "#src/compile/report.ts";

/** Names of the fields that hold numbers, as "nodes[].waitMs.p99". How exact a model is belongs to the explanation itself. */
type NumbersIn<Value, Path extends string> = Value extends number
  ? Path
  : Value extends readonly (infer Item)[]
    ? NumbersIn<Item, `${Path}[]`>
    : Value extends object
      ? {
          [Key in keyof Value & string]-?: Key extends "exactness"
            ? never
            : NumbersIn<Value[Key], Path extends "" ? Key : `${Path}.${Key}`>;
        }[keyof Value & string]
      : never;

/** Every field of a report that holds a number; what risks carry as evidence has names of their own. */
export type FigurePath = NumbersIn<Omit<AnalysisReport, "risks">, "">;

/** A number of a report, or a null where one may stand, and the items of the lists that lead to it, outermost first. */
export interface Leaf {
  readonly path: string;
  readonly value: number | null;
  readonly items: readonly { readonly item: object; readonly place: number }[];
}

export function leavesOf(report: object): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (value: unknown, path: string, items: Leaf["items"]): void => {
    if (typeof value === "number" || value === null) leaves.push({ path, value, items });
    else if (Array.isArray(value))
      value.forEach((item: unknown, place) => {
        walk(item, `${path}[]`, [...items, { item: Object(item) as object, place }]);
      });
    else if (typeof value === "object")
      for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}.${key}`, items);
  };
  walk(report, "", []);
  return leaves;
}

/** A text field of the item at a depth of the lists: the id of the node that a figure belongs to. */
export function textOf({ items, path }: Leaf, depth: number, key: string): string {
  const value: unknown = new Map<string, unknown>(Object.entries(items[depth]?.item ?? {})).get(key);
  if (typeof value !== "string") throw new Error(`No ${key} above ${path}`);
  return value;
}

export function numberOf({ items, path }: Leaf, depth: number, key: string): number {
  const value: unknown = new Map<string, unknown>(Object.entries(items[depth]?.item ?? {})).get(key);
  if (typeof value !== "number") throw new Error(`No ${key} above ${path}`);
  return value;
}
