import { defineKind } from "#library/contract/define-kind.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "boundary",
  title: "Boundary",
  category: "zones",
  role: "container",
  summary: "A frame around nodes that belong together: a team, a system, a domain.",
  keywords: ["group", "system", "domain", "bounded context", "team", "frame", "cluster"],
  version: 1,
  settings,
  serving: null,
  visit: null,
  reliability: () => ({
    mtbfHours: 8766,
    mttrMinutes: 0,
    units: 1,
    unitsNeeded: 1,
    source: "By definition: it groups nodes and does not fail.",
  }),
  caption: ({ purpose }) => (purpose === "" ? "boundary" : purpose),
  presets: [],
});
