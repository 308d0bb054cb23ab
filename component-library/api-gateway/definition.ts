import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { rateLimitOf } from "#library/contract/rate-limit.ts";
import { servingOf } from "#library/contract/serving.ts";
import { formatRate } from "#src/base/format.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "api-gateway",
  title: "API gateway",
  category: "traffic",
  role: "router",
  summary: "The front door: checks each request and passes it to the service that its journey belongs to.",
  keywords: ["gateway", "kong", "apigee", "ingress", "bff", "authentication", "entry"],
  version: 1,
  settings,
  serving: servingOf,
  rateLimit: rateLimitOf,
  visit,
  routing: () => "random",
  reliability: (stated) => oneOfInstances(stated, "SLA of a managed gateway, 99.95 %, over hour-long outages."),
  caption: ({ instances, concurrency, rateLimitPerSecond }) =>
    rateLimitPerSecond === null
      ? `gateway, ${instances} × ${concurrency}`
      : `gateway, ${instances} × ${concurrency}, at most ${formatRate(rateLimitPerSecond)}`,
  presets: [
    { title: "Kong, 4 cores", settings: { instances: 2, concurrency: 4, capacityPerSecond: 8000, latencyMs: 1 } },
    {
      title: "Amazon API Gateway, default quota",
      settings: { concurrency: 300, capacityPerSecond: 20_000, latencyMs: 30, rateLimitPerSecond: 10_000, burst: 5000 },
    },
    { title: "Amazon API Gateway", settings: { concurrency: 300, capacityPerSecond: 10_000, latencyMs: 30 } },
  ],
});
