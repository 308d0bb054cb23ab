import * as v from "valibot";
import { contentSettings } from "#library/contract/cached-content.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, estimate, published } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 4,
    capacityPerSecond: 60_000,
    latencyMs: 0.1,
    mtbfHours: 4380,
    mttrMinutes: 5,
    sources: {
      capacity: published(
        "nginx published 40 207 requests/s over TLS on one core (1 kB answers); 15 000 per core is planned here, on 4 cores.",
        "secondary",
        "2017",
      ),
      latency: estimate("A proxy forwards in well under a millisecond; 0.1 ms is an estimate."),
      failure: estimate(
        "Two crashes a year and instance (4 380 h); 5 minutes until an orchestrator has started a new one.",
      ),
    },
  }),
  contentSettings({
    hitRatio: 0,
    memoryBytes: 1_000_000_000,
    objectBytes: 20_000,
    skew: 0.8,
    sources: {
      hitRatio: byDefinition,
      memory: estimate("1 GB of storage for answers."),
      skew: published(
        "Web requests follow Zipf's law with exponents from 0.64 to 0.83 in six traces (Breslau and others, INFOCOM 1999).",
        "secondary",
        "1999",
      ),
    },
  }),
]);

export type ReverseProxySettings = v.InferOutput<typeof settings>;
