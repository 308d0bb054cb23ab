import type { LoadCurvePoint } from "#src/compile/report.ts";

/**
 * The load at which a journey's "power", its completed rate over its latency, is greatest: beyond it latency grows faster
 * than throughput (L. Kleinrock, "Power and deterministic rules of thumb for probabilistic problems in computer
 * communications", 1979). Taken with the 99th percentile; null when the power still grows at the end of the curve.
 */
export function kneeLoad(curve: readonly LoadCurvePoint[], journeyId: string): number | null {
  let best: { load: number; power: number; isLast: boolean } | null = null;
  for (const point of curve) {
    const journey = point.journeys.find(({ id }) => id === journeyId);
    if (journey === undefined || journey.p99 === null || journey.p99 <= 0) continue;
    const power = journey.completedPerSecond / journey.p99;
    if (best === null || power > best.power) best = { load: point.load, power, isLast: true };
    else best.isLast = false;
  }
  return best === null || best.isLast ? null : best.load;
}
