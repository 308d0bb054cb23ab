import type { Design, DesignEdge, DesignNode, Journey } from "#src/design/document.ts";
import { declaredRatePerSecond } from "./journey-rates.ts";
import { containersOf } from "./resolved-design.ts";

interface Part {
  readonly nodes: Map<string, DesignNode>;
  readonly edges: Map<string, DesignEdge>;
  readonly journeys: Map<string, Journey>;
}

/**
 * The part of the design that each node belongs to: what edges join, directions aside, with the containers around it. Nothing
 * that happens in one part is felt in another, so that a question about one node need not be answered for all.
 */
export function connectedParts(design: Design): ReadonlyMap<string, Design> {
  const neighbours = new Map<string, string[]>([...design.nodes.keys()].map((id) => [id, []]));
  for (const { source, target } of design.edges.values()) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const partOf = new Map<string, Part>();
  for (const start of design.nodes.keys()) {
    if (partOf.has(start)) continue;
    const part: Part = { nodes: new Map(), edges: new Map(), journeys: new Map() };
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (partOf.has(id)) continue;
      partOf.set(id, part);
      waiting.push(...(neighbours.get(id) ?? []));
    }
  }
  // Tables keep the order of the file.
  const holding = new Map<string, Set<Part>>();
  for (const node of design.nodes.values()) {
    const part = partOf.get(node.id);
    if (part === undefined) continue;
    for (const place of [node, ...containersOf(design.nodes, node)]) {
      holding.set(place.id, (holding.get(place.id) ?? new Set()).add(part));
    }
  }
  for (const node of design.nodes.values()) {
    for (const part of holding.get(node.id) ?? []) part.nodes.set(node.id, node);
  }
  for (const edge of design.edges.values()) partOf.get(edge.source)?.edges.set(edge.id, edge);
  for (const journey of design.journeys.values()) {
    // What is derived from the requirements is derived from all journeys.
    const stated = journey.users === undefined ? { ratePerSecond: declaredRatePerSecond(design, journey) } : {};
    partOf.get(journey.source)?.journeys.set(journey.id, { ...journey, ...stated });
  }
  const designs = new Map<Part, Design>();
  for (const part of partOf.values()) if (!designs.has(part)) designs.set(part, { ...design, ...part });
  return new Map([...partOf].map(([id, part]) => [id, designs.get(part) ?? design]));
}
