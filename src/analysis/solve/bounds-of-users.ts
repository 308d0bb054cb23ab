import { type ClosedBounds, closedBounds, type Demand } from "../closed/bounds.ts";
import { linesOf, meanTimeOf, visitsOf } from "./closed-journeys.ts";
import { Evaluation } from "./evaluate.ts";
import type { PreparedModel } from "./prepare-model.ts";

/**
 * Bounds of throughput and response of a closed journey at `load` times its users; null for an open one, or where a request
 * never ends. From demands without any waiting and failures that do not depend on the load.
 */
export function boundsOfUsers(prepared: PreparedModel, journey: number, load: number): ClosedBounds | null {
  const { model, unclipped, conditions } = prepared;
  const entry = model.journeys[journey];
  const closed = entry?.closed ?? null;
  if (entry === undefined || closed === null || load <= 0) return null;
  const empty = new Evaluation(prepared, unclipped, conditions, 0).run();
  const cycleMs = closed.thinkTimeMs + meanTimeOf(empty.routines[entry.routine]);
  if (!(cycleMs > 0 && cycleMs < Number.POSITIVE_INFINITY)) return null;
  const { waited } = visitsOf(prepared, journey, conditions);
  const demands = model.stations.flatMap((station, index): Demand[] => {
    const demandMs = (waited[index] ?? 0) * (empty.stations[index]?.meanServiceMs ?? 0);
    if (demandMs === 0 || station.queueLimit !== null || station.patienceMs !== null) return [];
    const isHeld = (prepared.stations[index]?.holds.length ?? 0) > 0;
    return linesOf(station).flatMap(({ share, count, servers }) =>
      Array.from({ length: count }, () => ({ demandMs: demandMs * share, servers, isHeld })),
    );
  });
  return closedBounds(closed.users * load, closed.thinkTimeMs, cycleMs, demands);
}
