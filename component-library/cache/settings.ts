import * as v from "valibot";
import { contentSettings } from "#library/contract/cached-content.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, choice, estimate, optionalQuantity, published, quantity } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 1,
    capacityPerSecond: 80_000,
    latencyMs: 0.2,
    mtbfHours: 4380,
    mttrMinutes: 5,
    sources: {
      capacity: estimate(
        "Redis answers about 100 000 requests/s on its one thread without pipelining; 80 000 are planned.",
      ),
      latency: estimate("0.2 ms with the way through the kernel."),
      failure: estimate(
        "Two crashes a year and instance (4 380 h); 5 minutes until an orchestrator has started a new one, empty.",
      ),
    },
  }),
  contentSettings({
    hitRatio: 0.8,
    memoryBytes: 4_000_000_000,
    objectBytes: 1000,
    skew: 0.8,
    sources: {
      hitRatio: estimate("80 % is where a cache is commonly said to begin to pay."),
      memory: estimate("4 GB: a small cache node."),
      skew: published(
        "Web requests follow Zipf's law with exponents from 0.64 to 0.83 in six traces (Breslau and others, INFOCOM 1999).",
        "secondary",
        "1999",
      ),
    },
  }),
  v.object({
    strategy: choice({
      title: "Strategy",
      default: "cache-aside",
      choices: [
        { value: "cache-aside", title: "Cache-aside" },
        { value: "read-through", title: "Read-through" },
        { value: "write-through", title: "Write-through" },
        { value: "write-behind", title: "Write-behind" },
        { value: "write-around", title: "Write-around" },
        { value: "refresh-ahead", title: "Refresh-ahead" },
      ],
      help: "Who asks the store on a miss, and what a write does. Cache-aside and write-around: the caller asks the store. The others: the cache calls what is behind it.",
      source: byDefinition,
      group: "Routing",
    }),
    refreshedHits: quantity({
      title: "Hits that start a refresh",
      unit: "ratio",
      default: 0.05,
      minimum: 0,
      maximum: 1,
      help: "Only with refresh-ahead: share of the hits that renew their object at the store before it expires, with nobody waiting.",
      source: estimate("Objects asked for in the last twentieth of their life: 5 % of the hits at a steady rate."),
      group: "Routing",
      advanced: true,
    }),
    refreshWindow: optionalQuantity({
      title: "Part of the life in which a hit refreshes",
      unit: "ratio",
      minimum: 0,
      maximum: 1,
      help: "Only with refresh-ahead, a time to live and a computed hit ratio: a hit in this last part of an object's life renews it. The hit ratio and the refreshes are then computed, and the share of hits that refresh does not count.",
      source: byDefinition,
      group: "Routing",
      advanced: true,
    }),
    coalescedWrites: quantity({
      title: "Writes joined into one",
      unit: "factor",
      default: 1,
      minimum: 1,
      maximum: 1e9,
      help: "Only with write-behind: acknowledged writes that one later write to the store stands for, because they are of the same object or travel in one batch.",
      source: byDefinition,
      group: "Routing",
      advanced: true,
    }),
    flushMs: optionalQuantity({
      title: "Longest time until a write is stored",
      unit: "ms",
      minimum: 0,
      maximum: 1e9,
      help: "Only with write-behind: how far the store may lag behind what was acknowledged, and what a crash of the cache loses.",
      source: byDefinition,
      group: "Routing",
      advanced: true,
    }),
  }),
]);

export type CacheSettings = v.InferOutput<typeof settings>;
