import { succeed } from "#src/base/result.ts";
import type { Annotation, Command, Design, DesignEdge, DesignNode, Scenario, Settings, Table } from "../document.ts";
import { isPlainRecord } from "../json-value.ts";
import { descendantsOf } from "../queries.ts";
import { movedInto } from "./moved-into.ts";
import { omit, refuseUnknown, without } from "./outcome.ts";

export interface RemoveItemsArgs {
  /** Nodes, edges and annotations. */
  readonly ids: readonly string[];
  /** What becomes of the items inside a removed container: they go with it (default), or out of it. */
  readonly children?: "remove" | "lift";
}

/**
 * Removes items and all that would be left without meaning: edges at removed nodes, journeys that start there, effects of
 * scenarios on them, and mentions in edge settings. Lifted items keep their place on the screen.
 */
export const removeItems: Command<RemoveItemsArgs> = (design, { ids, children = "remove" }) => {
  const gone = new Set<string>();
  for (const id of ids) {
    if (!design.nodes.has(id) && !design.edges.has(id) && !design.annotations.has(id))
      return refuseUnknown("nodes", id);
    gone.add(id);
    if (children === "remove" && design.nodes.has(id)) for (const inside of descendantsOf(design, id)) gone.add(inside);
  }
  if (gone.size === 0) return succeed(design);
  if (children === "remove") {
    for (const item of design.annotations.values())
      if (item.parent !== undefined && gone.has(item.parent)) gone.add(item.id);
  }
  for (const edge of design.edges.values()) if (gone.has(edge.source) || gone.has(edge.target)) gone.add(edge.id);
  const journeysGone = new Set<string>();
  for (const journey of design.journeys.values()) if (gone.has(journey.source)) journeysGone.add(journey.id);
  return succeed({
    ...design,
    journeys: without(design.journeys, journeysGone),
    nodes: lifted(design, without(design.nodes, gone), gone),
    edges: withoutMentions(without(design.edges, gone), gone, journeysGone),
    annotations: lifted(design, without(design.annotations, gone), gone),
    scenarios: withoutEffects(design.scenarios, gone),
  });
};

/** Items whose container is gone go to the nearest one that stays. */
function lifted<Item extends DesignNode | Annotation>(
  design: Design,
  table: Table<Item>,
  gone: ReadonlySet<string>,
): Table<Item> {
  const result = new Map<string, Item>();
  let changed = false;
  for (const [id, item] of table) {
    if (item.parent === undefined || !gone.has(item.parent)) {
      result.set(id, item);
      continue;
    }
    changed = true;
    let parent: string | undefined = item.parent;
    while (parent !== undefined && gone.has(parent)) parent = design.nodes.get(parent)?.parent;
    result.set(id, movedInto(design, item, parent ?? null));
  }
  return changed ? result : table;
}

/** Edge settings without the nodes and journeys that are gone. */
export function withoutMentions(
  edges: Table<DesignEdge>,
  nodesGone: ReadonlySet<string>,
  journeysGone: ReadonlySet<string>,
): Table<DesignEdge> {
  const result = new Map<string, DesignEdge>();
  let changed = false;
  for (const [id, edge] of edges) {
    const settings = edge.settings === undefined ? undefined : forgetting(edge.settings, nodesGone, journeysGone);
    if (settings === edge.settings || settings === undefined) {
      result.set(id, edge);
      continue;
    }
    changed = true;
    result.set(id, Object.keys(settings).length === 0 ? omit(edge, "settings") : { ...edge, settings });
  }
  return changed ? result : edges;
}

function forgetting(settings: Settings, nodesGone: ReadonlySet<string>, journeysGone: ReadonlySet<string>): Settings {
  const { of, calls } = settings;
  let changed = settings;
  if (typeof of === "string" && nodesGone.has(of)) changed = omit(changed, "of");
  if (isPlainRecord(calls) && Object.keys(calls).some((journey) => journeysGone.has(journey))) {
    const kept = Object.entries(calls).filter(([journey]) => !journeysGone.has(journey));
    changed = { ...changed, calls: Object.fromEntries(kept) };
  }
  return changed;
}

function withoutEffects(scenarios: Table<Scenario>, gone: ReadonlySet<string>): Table<Scenario> {
  const result = new Map<string, Scenario>();
  let changed = false;
  for (const [id, scenario] of scenarios) {
    const effects = scenario.effects?.filter((effect) => effect.target === undefined || !gone.has(effect.target));
    const same = effects === undefined || effects.length === scenario.effects?.length;
    if (!same) changed = true;
    result.set(id, same ? scenario : { ...scenario, effects });
  }
  return changed ? result : scenarios;
}
