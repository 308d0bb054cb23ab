import { declaredRatePerSecond } from "#src/compile/journey-rates.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design, DesignNode, Settings } from "#src/design/document.ts";
import type { Factor } from "./certainty.ts";

/** A number that takes another value. */
export interface Variation {
  readonly factor: Pick<Factor, "of" | "id" | "setting" | "integer">;
  readonly value: number;
}

/** The design with every rate stated, so that one of them can change without the others that share a total. */
export function withStatedRates(design: Design): Design {
  // Users who think between requests have no rate to state.
  const journeys = [...design.journeys.values()].map((journey) =>
    journey.users === undefined ? { ...journey, ratePerSecond: declaredRatePerSecond(design, journey) } : journey,
  );
  return { ...design, journeys: new Map(journeys.map((journey) => [journey.id, journey])) };
}

/** The design with other numbers. Whole numbers are rounded. */
export function varied(design: Design, variations: readonly Variation[], catalogue: Catalogue): Design {
  const nodes = new Map(design.nodes);
  const edges = new Map(design.edges);
  const journeys = new Map(design.journeys);
  const changedNodes = new Set<string>();
  for (const { factor, value } of variations) {
    const number = factor.integer ? Math.round(value) : value;
    const { id, setting } = factor;
    const node = factor.of === "node" ? nodes.get(id) : undefined;
    const edge = factor.of === "edge" ? edges.get(id) : undefined;
    const journey = factor.of === "journey" ? journeys.get(id) : undefined;
    if (node !== undefined) {
      nodes.set(id, { ...node, settings: { ...node.settings, [setting]: number } });
      changedNodes.add(id);
    }
    if (edge !== undefined) edges.set(id, { ...edge, settings: { ...edge.settings, [setting]: number } });
    if (journey !== undefined) journeys.set(id, { ...journey, [setting]: number });
  }
  for (const id of changedNodes) {
    const before = design.nodes.get(id);
    const after = nodes.get(id);
    if (before !== undefined && after !== undefined) nodes.set(id, withLatencyThatFits(before, after, catalogue));
  }
  return { ...design, nodes, edges, journeys };
}

const equal = 1e-6;

/**
 * A stated latency cannot be shorter than the service time, which follows from capacity and concurrency. A latency that is all
 * service goes with them; one that holds a pure delay stays as it is stated for as long as the service fits into it.
 */
function withLatencyThatFits(before: DesignNode, after: DesignNode, catalogue: Catalogue): DesignNode {
  const kind = catalogue.get(before.kind);
  const stated = after.settings?.["latencyMs"];
  if (kind === undefined || typeof stated !== "number") return after;
  const serviceBeforeMs = serviceMsOf(kind.resolve(before.settings ?? {}));
  const { latencyMs: _stated, ...others } = after.settings ?? {};
  if (serviceBeforeMs === null || kind.check(others).length > 0) return after;
  const serviceMs = serviceMsOf(kind.resolve(others));
  if (serviceMs === null) return after;
  const isVaried = before.settings?.["latencyMs"] !== stated;
  const isServiceAlone = !isVaried && stated <= serviceBeforeMs * (1 + equal);
  const settings: Settings = { ...after.settings, latencyMs: isServiceAlone ? serviceMs : Math.max(stated, serviceMs) };
  return { ...after, settings };
}

function serviceMsOf(settings: Readonly<Record<string, unknown>>): number | null {
  const { concurrency, capacityPerSecond } = settings;
  if (typeof concurrency !== "number" || typeof capacityPerSecond !== "number") return null;
  return (concurrency / capacityPerSecond) * 1000;
}
