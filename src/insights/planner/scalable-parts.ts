import type { PreparedAnalysis } from "#src/compile/analyse.ts";
import type { ResolvedNode } from "#src/compile/resolved-design.ts";

/** A part whose number of instances a plan may choose. */
export interface ScalablePart {
  readonly id: string;
  readonly node: number;
  readonly instances: number;
  readonly mostInstances: number;
}

export interface FixedPart {
  readonly id: string;
  readonly node: number;
  readonly reason: string;
}

/** Beyond this many a design is better changed than multiplied; it also bounds the search. */
const mostPlanned = 10_000;

/** The parts that some journey visits and that serve, by whether more instances can be bought for them. */
export function partsToPlan({ compiled, fixed }: PreparedAnalysis): {
  readonly scalable: readonly ScalablePart[];
  readonly fixed: readonly FixedPart[];
} {
  const visited = new Set(fixed.nodesOfJourney.flat());
  const scalable: ScalablePart[] = [];
  const others: FixedPart[] = [];
  for (const node of compiled.resolved.nodes) {
    if (node.serving === null || !visited.has(node.index)) continue;
    const { id } = node.node;
    const reason = whyFixed(node);
    if (reason !== null) {
      others.push({ id, node: node.index, reason });
      continue;
    }
    const field = node.kind.form.find(({ name }) => name === "instances");
    const mostInstances = Math.min(field?.maximum ?? mostPlanned, mostPlanned);
    scalable.push({ id, node: node.index, instances: node.serving.instances, mostInstances });
  }
  return { scalable, fixed: others };
}

/** Null when instances can be added. */
function whyFixed({ kind, serving, settings }: ResolvedNode): string | null {
  if (kind.fixedInstances !== undefined) return kind.fixedInstances;
  if (!kind.form.some(({ name }) => name === "instances") || settings["instances"] !== serving?.instances) {
    return "Its kind has no number of instances to choose.";
  }
  if (serving?.autoscaling !== undefined) return "Its instances follow the load by themselves, within its limits.";
  return null;
}
