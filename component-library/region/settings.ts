import * as v from "valibot";
import { outageSettings } from "#library/contract/outage.ts";
import { estimate } from "#library/contract/settings.ts";
export const settings = v.object({
  ...outageSettings({
    mtbfHours: 175_320,
    mttrMinutes: 240,
    of: "region",
    source: estimate("0.05 outages of a whole region a year, of four hours."),
  }),
});
