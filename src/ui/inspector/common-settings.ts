import type { DesignNode, JsonValue, Settings } from "#src/design/document.ts";
import { sameJson } from "#src/design/same-json.ts";

/** Settings that all nodes state alike, and the names of those on which they differ. */
export function commonSettings(nodes: readonly DesignNode[]): {
  readonly same: Settings;
  readonly mixed: ReadonlySet<string>;
} {
  const same = new Map<string, JsonValue>();
  const mixed = new Set<string>();
  for (const name of new Set(nodes.flatMap((node) => Object.keys(node.settings ?? {})))) {
    const values = nodes.map((node) => new Map(Object.entries(node.settings ?? {})).get(name));
    const [first] = values;
    if (first !== undefined && values.every((value) => sameJson(value, first))) same.set(name, first);
    else mixed.add(name);
  }
  return { same: Object.fromEntries(same), mixed };
}
