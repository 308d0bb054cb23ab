import * as v from "valibot";
import { outageSettings } from "#library/contract/outage.ts";
import { estimate } from "#library/contract/settings.ts";
export const settings = v.object({
  ...outageSettings({
    mtbfHours: 35_064,
    mttrMinutes: 120,
    of: "zone",
    source: estimate("0.25 outages of a zone a year, of two hours."),
  }),
});
