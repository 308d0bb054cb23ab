import { defineKind } from "#library/contract/define-kind.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "region",
  title: "Region",
  category: "zones",
  role: "container",
  summary: "A geographic region of a provider, or a data centre of its own.",
  keywords: ["geography", "data center", "data centre", "cloud region", "aws region", "multi-region"],
  version: 1,
  settings,
  serving: null,
  visit: null,
  reliability: (stated) => ({
    mtbfHours: stated.mtbfHours,
    mttrMinutes: stated.mttrMinutes,
    units: 1,
    unitsNeeded: 1,
    source: "Estimate: 0.05 outages a year of four hours.",
  }),
  caption: () => "region",
  presets: [],
});
