import type { JourneyReport } from "#src/compile/report.ts";

type Target = JourneyReport["targets"][number];

/** The target that is missed by most, else the one that comes nearest; null when the journey has none. */
export function worstTarget(journey: JourneyReport): Target | null {
  let worst: Target | null = null;
  for (const target of journey.targets) {
    if (worst === null || shareUsed(target) > shareUsed(worst)) worst = target;
  }
  return worst;
}

function shareUsed({ actualMs, ms }: Target): number {
  return actualMs === null ? Number.POSITIVE_INFINITY : actualMs / ms;
}
