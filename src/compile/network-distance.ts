import type { Design, DesignNode } from "#src/design/document.ts";
import { containersOf } from "./resolved-design.ts";

/**
 * Default round trips in milliseconds by the containers that a call crosses. Same zone 0.5 and between zones 1 ms: measured
 * availability-zone pairs lie between 0.25 and 3.4 ms (xkyle.com, best of 50 pings over all AWS regions); between regions
 * 60 ms is an estimate for neighbouring continents' coasts and should be set by city pair.
 */
const networkRoundTripMs = { sameZone: 0.5, betweenZones: 1, betweenRegions: 60 } as const;

/** Round trip between two nodes when the edge does not state one. Outside every zone counts as near. */
export function inferNetworkMs(design: Design, source: DesignNode, target: DesignNode): number {
  const sourcePlace = placeOf(design, source);
  const targetPlace = placeOf(design, target);
  if (differ(sourcePlace.region, targetPlace.region)) return networkRoundTripMs.betweenRegions;
  if (differ(sourcePlace.zone, targetPlace.zone)) return networkRoundTripMs.betweenZones;
  return networkRoundTripMs.sameZone;
}

function differ(first: string | null, second: string | null): boolean {
  return first !== null && second !== null && first !== second;
}

function placeOf(design: Design, node: DesignNode): { readonly zone: string | null; readonly region: string | null } {
  let zone: string | null = null;
  let region: string | null = null;
  for (const container of [node, ...containersOf(design.nodes, node)]) {
    if (zone === null && container.kind === "availability-zone") zone = container.id;
    if (region === null && container.kind === "region") region = container.id;
  }
  return { zone, region };
}
