import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { rateLimitOf } from "#library/contract/rate-limit.ts";
import { servingOf } from "#library/contract/serving.ts";
import { formatRate } from "#src/base/format.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "external-api",
  title: "External API",
  category: "external",
  role: "external",
  summary: "A service of someone else, with its own limits and promises.",
  keywords: ["third party", "saas", "payment", "stripe", "twilio", "maps", "email", "partner", "provider"],
  version: 1,
  settings,
  serving: servingOf,
  rateLimit: rateLimitOf,
  visit,
  fixedInstances: "It belongs to someone else: its instances are not yours to add.",
  reliability: (stated) => oneOfInstances(stated, "Estimate: 99.9 %, a common promise, over hour-long outages."),
  caption: ({ rateLimitPerSecond }) =>
    rateLimitPerSecond === null ? "external API" : `external API, at most ${formatRate(rateLimitPerSecond)}`,
  presets: [
    {
      title: "Payment provider, 100 calls/s",
      settings: { rateLimitPerSecond: 100, latencyMs: 400, mtbfHours: 1999, mttrMinutes: 60 },
    },
    { title: "Message sender, 30 calls/s", settings: { rateLimitPerSecond: 30, burst: 30, latencyMs: 250 } },
    { title: "Map service", settings: { latencyMs: 150, mtbfHours: 999, mttrMinutes: 60 } },
  ],
});
