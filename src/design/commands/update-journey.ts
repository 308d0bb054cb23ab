import { journeySchema } from "../design-schema.ts";
import type { Command, Journey } from "../document.ts";
import { checkArrivals, checkId } from "../file/check-references.ts";
import { FaultList } from "../file/fault.ts";
import { withFittingJourneyRanges } from "../ranges.ts";
import { checkRecord, judge, pathOf, put, refuseUnknown } from "./outcome.ts";

/** Replaces the journey of that id: fields that are left out have their defaults. */
export const updateJourney: Command<{ readonly journey: Journey }> = (design, { journey: stated }) => {
  const journey = withFittingJourneyRanges(stated);
  if (!design.journeys.has(journey.id)) return refuseUnknown("journeys", journey.id);
  const faults = new FaultList();
  const path = pathOf(design, "journeys", journey.id);
  const checked = checkRecord(journeySchema, journey, path, faults);
  checkId(journey.source, [...path, "source"], design.nodes, "node", faults);
  checkArrivals({ path: path, fields: { ...journey } }, faults);
  return judge(faults, () => ({ ...design, journeys: put(design.journeys, checked ?? journey) }));
};
