import { succeed } from "#src/base/result.ts";
import type { Command } from "../document.ts";
import { refuseUnknown, without } from "./outcome.ts";
import { withoutMentions } from "./remove-items.ts";

/** Removes a journey and the calls that edges make for it. */
export const removeJourney: Command<{ readonly id: string }> = (design, { id }) => {
  if (!design.journeys.has(id)) return refuseUnknown("journeys", id);
  const gone = new Set([id]);
  return succeed({
    ...design,
    journeys: without(design.journeys, gone),
    edges: withoutMentions(design.edges, new Set(), gone),
  });
};
