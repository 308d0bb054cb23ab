import { oneOfInstances } from "#library/contract/behaviour.ts";
import { contentOf, hitRatioOf, hitsInWords } from "#library/contract/cached-content.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "cdn",
  title: "CDN",
  category: "traffic",
  role: "cache",
  summary: "Answers from places near the client and fetches the rest from the origin.",
  keywords: [
    "content delivery network",
    "edge",
    "cloudfront",
    "cloudflare",
    "akamai",
    "fastly",
    "static files",
    "video",
  ],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  hitRatio: hitRatioOf,
  content: (stated) => contentOf(stated),
  edges: () => ({ incomingMode: "synchronous", cacheAside: false, writes: "through" }),
  reliability: (stated) => oneOfInstances(stated, "SLA of a managed CDN, 99.9 %, over hour-long outages."),
  caption: (stated) => `CDN, ${hitsInWords(stated)}`,
  presets: [
    { title: "CloudFront, static files", settings: { hitRatio: 0.95 } },
    { title: "Cloudflare, whole site", settings: { hitRatio: 0.7 } },
    {
      title: "Video on demand, 100 000 films of 1 GB",
      settings: { keys: 100_000, objectBytes: 1_000_000_000, memoryBytes: 20_000_000_000_000, latencyMs: 20 },
    },
  ],
});
