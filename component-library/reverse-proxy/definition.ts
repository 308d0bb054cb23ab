import { oneOfInstances } from "#library/contract/behaviour.ts";
import { contentOf, hitRatioOf, hitsInWords } from "#library/contract/cached-content.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "reverse-proxy",
  title: "Reverse proxy",
  category: "traffic",
  role: "cache",
  summary: "Stands before a service, ends TLS, and may keep copies of its answers.",
  keywords: ["nginx", "varnish", "squid", "proxy", "tls", "envoy", "sidecar", "http cache"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  hitRatio: hitRatioOf,
  content: (stated) => contentOf(stated),
  edges: () => ({ incomingMode: "synchronous", cacheAside: false, writes: "through" }),
  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: two crashes a year and instance, restarted by an orchestrator."),
  caption: (stated) =>
    `proxy, ${stated.instances} × ${stated.concurrency}${stated.hitRatio === 0 ? "" : `, ${hitsInWords(stated)}`}`,
  presets: [
    { title: "nginx, 4 cores, TLS", settings: { concurrency: 4, capacityPerSecond: 60_000 } },
    {
      title: "Varnish, half of the reads cached",
      settings: { concurrency: 4, capacityPerSecond: 80_000, hitRatio: 0.5 },
    },
  ],
});
