import type { JourneyResult, StationResult } from "../model/solution.ts";
import { breakdownOf } from "./breakdown.ts";
import type { SettledFlows } from "./fixed-point.ts";
import { JourneyExactness } from "./journey-exactness.ts";
import { answerRatio, failureRatio, nothing } from "./outcome.ts";
import { JourneyPaths } from "./paths.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { steadyLaw } from "./results.ts";

/** What each journey gets: completed and failed requests, the law of its latency, and (with `details`) where the time goes. */
export function journeyResults(
  prepared: PreparedModel,
  flows: SettledFlows,
  stations: readonly StationResult[],
  load: number,
  details: boolean,
): readonly JourneyResult[] {
  const paths = new JourneyPaths(prepared, flows);
  const exactness = new JourneyExactness(prepared, flows, stations);
  return prepared.model.journeys.map((journey, index) => {
    const outcome = flows.evaluation.routines[journey.routine] ?? nothing;
    const offeredPerSecond = journey.ratePerSecond * load;
    return {
      offeredPerSecond,
      completedPerSecond: offeredPerSecond * Math.min(1, answerRatio(outcome)),
      errorRate: Math.min(1, failureRatio(outcome)),
      law: steadyLaw(outcome),
      exactness: exactness.of(index),
      breakdown: details ? breakdownOf(prepared, flows, index) : [],
      paths: details ? paths.of(index) : [],
    };
  });
}
