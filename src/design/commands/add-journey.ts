import { journeySchema } from "../design-schema.ts";
import type { Command, Journey } from "../document.ts";
import { checkArrivals, checkId } from "../file/check-references.ts";
import { FaultList } from "../file/fault.ts";
import { limits } from "../limits.ts";
import { checkNew, judge, pathOf, put } from "./outcome.ts";

export const addJourney: Command<{ readonly journey: Journey }> = (design, { journey }) => {
  const faults = new FaultList();
  const checked = checkNew(design, "journeys", journeySchema, journey, limits.journeys, faults);
  checkId(journey.source, [...pathOf(design, "journeys", ""), "source"], design.nodes, "node", faults);
  checkArrivals({ path: pathOf(design, "journeys", ""), fields: { ...journey } }, faults);
  return judge(faults, () => ({ ...design, journeys: put(design.journeys, checked ?? journey) }));
};
