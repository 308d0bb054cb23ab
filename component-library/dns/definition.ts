import { dispatchOf, oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { formatPercent } from "#src/base/format.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "dns",
  title: "DNS",
  category: "traffic",
  role: "router",
  summary: "Sends each client to one of several addresses.",
  keywords: ["domain name system", "name server", "geo routing", "failover", "route 53", "anycast"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  routing: ({ policy }) => dispatchOf(policy),
  reliability: (stated) => oneOfInstances(stated, "Estimate: half an hour in ten years; providers promise 100 %."),
  caption: ({ policy, cachedRatio }) =>
    cachedRatio === 0 ? `DNS, ${policy}` : `DNS, ${policy}, ${formatPercent(cachedRatio)} cached`,
  presets: [
    { title: "Managed DNS, resolvers keep 95 % of answers", settings: { cachedRatio: 0.95 } },
    {
      title: "Own name server, 1 core",
      settings: { concurrency: 1, capacityPerSecond: 20_000, latencyMs: 0.5, mtbfHours: 4380, mttrMinutes: 60 },
    },
  ],
});
