import { defineKind } from "#library/contract/define-kind.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "client",
  title: "Client",
  category: "traffic",
  role: "source",
  summary: "Where journeys start: a browser, an app or another company's system.",
  keywords: ["user", "browser", "mobile", "app", "frontend", "device", "source"],
  version: 1,
  settings,
  serving: null,
  visit,
  reliability: () => ({
    mtbfHours: 8766,
    mttrMinutes: 0,
    units: 1,
    unitsNeeded: 1,
    source: "By definition: the availability of a journey is counted from the client on.",
  }),
  caption: () => "client",
  presets: [],
});
