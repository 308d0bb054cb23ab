import { dispatchOf, oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "load-balancer",
  title: "Load balancer",
  category: "traffic",
  role: "router",
  summary: "Spreads requests over its targets, one target per request.",
  keywords: ["proxy", "lb", "alb", "nlb", "elb", "haproxy", "nginx", "envoy", "traefik", "reverse proxy"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  routing: ({ policy }) => dispatchOf(policy),
  reliability: (stated) => oneOfInstances(stated, "SLA of a managed balancer, 99.99 %, over hour-long outages."),
  caption: ({ instances, policy }) => `load balancer, ${instances} × ${policy}`,
  presets: [
    {
      title: "nginx, 4 cores, TLS",
      settings: { instances: 2, concurrency: 4, capacityPerSecond: 60_000, latencyMs: 0.1 },
    },
    {
      title: "HAProxy, 4 cores",
      settings: { instances: 2, concurrency: 4, capacityPerSecond: 80_000, policy: "least-connections" },
    },
    {
      title: "Envoy, 4 cores",
      settings: { concurrency: 4, capacityPerSecond: 40_000, latencyMs: 0.3, policy: "power-of-two" },
    },
    {
      title: "AWS Application Load Balancer",
      settings: { concurrency: 100, capacityPerSecond: 100_000, latencyMs: 1, policy: "round-robin" },
    },
  ],
});
