import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design, DesignNode, Problem, Scenario, ScenarioEffect } from "#src/design/document.ts";
import { declaredRatePerSecond } from "./journey-rates.ts";
import { type Catalogue, containersOf } from "./resolved-design.ts";

/** What a scenario makes of a design, in the state after all its effects have come: a changed design and what fails. */
export interface ScenarioState {
  readonly design: Design;
  /** Nodes that answer nothing. */
  readonly down: ReadonlySet<string>;
  /** Share of the visits that fail, by node. */
  readonly errorRatio: ReadonlyMap<string, number>;
  /** Edges over which no call arrives. */
  readonly cutEdges: ReadonlySet<string>;
}

export const undisturbed = (design: Design): ScenarioState => ({
  design,
  down: new Set(),
  errorRatio: new Map(),
  cutEdges: new Set(),
});

/**
 * The steady state under a scenario: every effect at once, whatever its time (times are for the simulator).
 * down: a node or all in a container, or `amount` instances of it; slow: times × amount; errors: that share of visits fails;
 * cold: the cache hits nothing; traffic: all rates × amount; partition: no call arrives over the edge, or at the node from outside.
 */
export function applyScenario(
  design: Design,
  scenario: Scenario,
  catalogue: Catalogue,
): Result<ScenarioState, Problem> {
  let nodes = new Map(design.nodes);
  let journeys = new Map(design.journeys);
  const down = new Set<string>();
  const errorRatio = new Map<string, number>();
  const cutEdges = new Set<string>();
  const place = [...design.scenarios.keys()].indexOf(scenario.id);
  for (const [index, effect] of (scenario.effects ?? []).entries()) {
    const path = `$.scenarios[${place}].effects[${index}]`;
    if (effect.type === "traffic") {
      const factor = effect.amount ?? 2;
      journeys = new Map(
        [...journeys].map(([id, journey]) => [
          id,
          journey.users === undefined
            ? { ...journey, ratePerSecond: declaredRatePerSecond(design, journey) * factor }
            : { ...journey, users: journey.users * factor },
        ]),
      );
      continue;
    }
    const edge = effect.type === "partition" ? design.edges.get(effect.target ?? "") : undefined;
    if (edge !== undefined) {
      cutEdges.add(edge.id);
      continue;
    }
    const targets = [...nodes.values()].filter((node) => isOrIsIn(design, node, effect.target));
    if (targets.length === 0) {
      return fail({
        code: "missing-reference",
        path: `${path}.target`,
        message: `There is no part "${effect.target ?? ""}".`,
        expected: "the id of a node, a container or (for a partition) an edge",
      });
    }
    for (const target of targets) {
      const kind = catalogue.get(target.kind);
      if (kind === undefined || kind.isContainer) continue;
      nodes = new Map(nodes).set(
        target.id,
        changedNode(target, effect, kind.resolve(target.settings ?? {}), kind.serving(target.settings ?? {}) !== null),
      );
      if (isWhollyDown(effect, kind.serving(target.settings ?? {})?.instances ?? 1)) down.add(target.id);
      if (effect.type === "errors") errorRatio.set(target.id, Math.min(1, Math.max(0, effect.amount ?? 1)));
    }
    if (effect.type === "partition") {
      for (const crossing of design.edges.values()) {
        const inside = (id: string): boolean => targets.some((target) => target.id === id);
        if (inside(crossing.source) !== inside(crossing.target)) cutEdges.add(crossing.id);
      }
    }
  }
  return succeed({ design: { ...design, nodes, journeys }, down, errorRatio, cutEdges });
}

function isOrIsIn(design: Design, node: DesignNode, target: string | undefined): boolean {
  return node.id === target || containersOf(design.nodes, node).some((container) => container.id === target);
}

function isWhollyDown(effect: ScenarioEffect, instances: number): boolean {
  return effect.type === "down" && (effect.amount === undefined || effect.amount >= instances);
}

function changedNode(
  node: DesignNode,
  effect: ScenarioEffect,
  settings: Readonly<Record<string, unknown>>,
  serves: boolean,
): DesignNode {
  const numberOf = (name: string): number => Number(settings[name]);
  switch (effect.type) {
    case "down": {
      if (!serves || isWhollyDown(effect, numberOf("instances"))) return node;
      return { ...node, settings: { ...node.settings, instances: numberOf("instances") - (effect.amount ?? 0) } };
    }
    case "slow": {
      if (!serves) return node;
      const factor = Math.max(effect.amount ?? 10, Number.MIN_VALUE);
      return {
        ...node,
        settings: {
          ...node.settings,
          latencyMs: numberOf("latencyMs") * factor,
          capacityPerSecond: numberOf("capacityPerSecond") / factor,
        },
      };
    }
    case "cold":
      return Object.hasOwn(settings, "hitRatio") ? { ...node, settings: { ...node.settings, hitRatio: 0 } } : node;
    default:
      return node;
  }
}
