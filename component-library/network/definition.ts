import { defineKind } from "#library/contract/define-kind.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "network",
  title: "Network",
  category: "zones",
  role: "container",
  summary: "A network or subnet: what inside can be reached, and from where.",
  keywords: ["vpc", "subnet", "virtual network", "vnet", "public", "private", "dmz", "firewall"],
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
  caption: ({ access }) => `${access} network`,
  presets: [],
});
