import { catalogue } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { certaintyOf } from "#src/insights/sensitivity/assess-certainty.ts";
import type { Certainty } from "#src/insights/sensitivity/certainty.ts";
import { hasRanges } from "#src/insights/sensitivity/factors.ts";
import { faultLine, UnusableInput } from "./failure.ts";
import { prepareUnder } from "./read-design.ts";

/** What the ranges of a file leave open; null when it states none. */
export function rangesOf(file: string, design: Design, load: number, scenarioId: string | undefined): Certainty | null {
  if (!hasRanges(design)) return null;
  const outcome = certaintyOf(design, catalogue, {
    load,
    prepare: (changed) => prepareUnder(file, changed, scenarioId),
  });
  if (!outcome.ok) throw new UnusableInput(outcome.problem.map((problem) => faultLine(file, problem)));
  return outcome.value;
}
