import type { JourneyReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { edgeSettingsOf } from "#src/design/edge-settings.ts";
import { edgesFrom } from "#src/design/queries.ts";

export interface TimedHop {
  /** Id of the node. */
  readonly id: string;
  readonly visits: number;
  readonly startMs: number;
  readonly networkMs: number;
  readonly waitingMs: number;
  readonly serviceMs: number;
  readonly depth: number;
}

type Part = JourneyReport["breakdown"][number];

/**
 * The mean time a request of a journey spends at each part, in the order of the calls: one after another, side by side where
 * calls have the same order. A part reached twice stands where it is reached first, with all its time.
 */
export function waterfallHops(design: Design, journey: JourneyReport): readonly TimedHop[] {
  const source = design.journeys.get(journey.id)?.source;
  if (source === undefined) return [];
  const left = new Map<string, Part>(journey.breakdown.map((part) => [part.node, part]));
  const hops: TimedHop[] = [];

  /** Places a part and what it calls; gives the time at which the last of them has answered. */
  function place(nodeId: string, startMs: number, depth: number): number {
    const part = left.get(nodeId);
    if (part === undefined) return startMs;
    left.delete(nodeId);
    const hop: TimedHop = {
      id: nodeId,
      visits: part.visits,
      startMs,
      networkMs: part.networkMs,
      waitingMs: part.waitMs ?? 0,
      serviceMs: part.serviceMs,
      depth,
    };
    const ownMs = hop.networkMs + hop.waitingMs + hop.serviceMs;
    // A source that only sends is no hop.
    if (ownMs > 0) hops.push(hop);
    const innerDepth = ownMs > 0 ? depth + 1 : depth;
    let endMs = startMs + ownMs;
    for (const group of callGroups(design, nodeId)) {
      const groupStartMs = endMs;
      for (const target of group) endMs = Math.max(endMs, place(target, groupStartMs, innerDepth));
    }
    return endMs;
  }

  let endMs = place(source, 0, 0);
  // What no synchronous call from the source reaches by the drawn edges still takes its time.
  for (const part of journey.breakdown) endMs = place(part.node, endMs, 0);
  return hops;
}

/** Targets of a node's edges: those of one order together, the orders one after another. */
function callGroups(design: Design, nodeId: string): readonly (readonly string[])[] {
  const groups = new Map<number, string[]>();
  edgesFrom(design, nodeId).forEach((edge, place) => {
    const order = edgeSettingsOf(edge).order ?? place;
    const group = groups.get(order);
    if (group === undefined) groups.set(order, [edge.target]);
    else group.push(edge.target);
  });
  return [...groups].sort(([first], [second]) => first - second).map(([, targets]) => targets);
}
