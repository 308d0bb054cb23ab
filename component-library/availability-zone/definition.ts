import { defineKind } from "#library/contract/define-kind.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "availability-zone",
  title: "Availability zone",
  category: "zones",
  role: "container",
  summary: "One or more data centres of a region that fail together.",
  keywords: ["az", "zone", "data center", "data centre", "rack", "fault domain"],
  version: 1,
  settings,
  serving: null,
  visit: null,
  reliability: (stated) => ({
    mtbfHours: stated.mtbfHours,
    mttrMinutes: stated.mttrMinutes,
    units: 1,
    unitsNeeded: 1,
    source: "Estimate: 0.25 outages a year of two hours.",
  }),
  caption: () => "availability zone",
  presets: [],
});
