import { nearest } from "#src/base/nearest.ts";
import type { Design, DesignEdge, DesignNode, Journey } from "./document.ts";
import { emptyDesign } from "./empty-design.ts";
import { isPlainRecord } from "./json-value.ts";
import type { KindDirectory, SettingFault } from "./kind-directory.ts";

/** Kinds for tests: each setting with the largest number it takes. */
const kindTable: ReadonlyMap<
  string,
  { readonly container: boolean; readonly settings: Readonly<Record<string, number>> }
> = new Map([
  ["client", { container: false, settings: {} }],
  ["service", { container: false, settings: { instances: 1000, latencyMs: 60_000 } }],
  ["cache", { container: false, settings: { instances: 1000, hitRatio: 1 } }],
  ["database", { container: false, settings: { instances: 1000, latencyMs: 60_000 } }],
  ["zone", { container: true, settings: { latencyMs: 60_000 } }],
  ["region", { container: true, settings: {} }],
]);

export const testKinds: KindDirectory = {
  has: (kind) => kindTable.has(kind),
  isContainer: (kind) => kindTable.get(kind)?.container ?? false,
  suggest: (kind) => nearest(kind, kindTable.keys()),
  known: () => [...kindTable.keys()],
  numberOf: (kind, settings, name) => {
    const known = kindTable.get(kind)?.settings ?? {};
    if (!Object.hasOwn(known, name)) return undefined;
    const stated = isPlainRecord(settings) && Object.hasOwn(settings, name) ? settings[name] : 1;
    return typeof stated === "number" ? stated : null;
  },
  numericSettings: (kind) => Object.keys(kindTable.get(kind)?.settings ?? {}),
  checkSettings: (kind, settings) => {
    const known = kindTable.get(kind)?.settings ?? {};
    if (!isPlainRecord(settings)) return [{ path: [], message: "The settings are no object.", expected: "an object" }];
    return Object.entries(settings).flatMap(([key, value]): SettingFault[] => {
      const most = known[key];
      if (!Object.hasOwn(known, key) || most === undefined) {
        return [{ path: [key], message: `"${key}" is not a setting of "${kind}".`, expected: "another key" }];
      }
      if (typeof value === "number" && value >= 0 && value <= most) return [];
      return [{ path: [key], message: `"${key}" is out of range.`, expected: `a number from 0 to ${most}` }];
    });
  },
};

const aliases: ReadonlyMap<string, string> = new Map([
  ["api", "service"],
  ["db", "database"],
]);

/**
 * A design in one line per chain or container. Node ids are the words; the kind is the word without its number.
 *
 *     design("client 100/s -> api -> cache(hitRatio 0.9)", "api -> db", "zone: api db", "region: zone")
 *
 * A rate after a node makes a journey of the node's id. Nodes get positions 100 apart; edges are `e1`, `e2`, …
 */
export function design(...lines: readonly string[]): Design {
  const nodes = new Map<string, DesignNode>();
  const edges = new Map<string, DesignEdge>();
  const journeys = new Map<string, Journey>();
  const node = (id: string): DesignNode => {
    const found = nodes.get(id);
    if (found !== undefined) return found;
    const word = id.replace(/-?\d+$/, "");
    const made = { id, kind: aliases.get(word) ?? word, position: { x: 100 * nodes.size, y: 0 } };
    nodes.set(id, made);
    return made;
  };
  for (const line of lines) {
    const [container, members] = line.split(":");
    if (container !== undefined && members !== undefined) {
      const holder = node(container.trim());
      for (const id of members.trim().split(/\s+/)) nodes.set(id, { ...node(id), parent: holder.id });
      continue;
    }
    let previous: string | null = null;
    for (const part of line.split("->")) {
      const match = /^\s*([\w-]+)(?:\(([^)]*)\))?(?:\s+(\d+)\/s)?\s*$/.exec(part);
      const id = match?.[1];
      if (id === undefined) throw new Error(`Not a node: ${part}`);
      const made = node(id);
      const settings = match?.[2];
      if (settings !== undefined) {
        const pairs = settings.split(",").map((pair): [string, number] => {
          const [key = "", value = ""] = pair.trim().split(/\s+/);
          return [key, Number(value)];
        });
        nodes.set(id, { ...made, settings: Object.fromEntries(pairs) });
      }
      const rate = match?.[3];
      if (rate !== undefined) journeys.set(id, { id, source: id, ratePerSecond: Number(rate) });
      if (previous !== null) {
        const edge = `e${edges.size + 1}`;
        edges.set(edge, { id: edge, source: previous, target: id });
      }
      previous = id;
    }
  }
  return { ...emptyDesign("Test"), nodes, edges, journeys };
}
