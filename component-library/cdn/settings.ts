import * as v from "valibot";
import { contentSettings } from "#library/contract/cached-content.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate, published } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 1000,
    capacityPerSecond: 100_000,
    latencyMs: 10,
    mtbfHours: 999,
    mttrMinutes: 60,
    sources: {
      capacity: estimate("A provider's edge is sized far above one design; 100 000 requests/s."),
      latency: estimate("10 ms in the edge location; the way from the client is the edge's networkMs."),
      failure: published(
        "Amazon CloudFront promises 99.9 % (list of 2019): 999 h between outages of one hour.",
        "vendor",
        "2019",
      ),
    },
  }),
  contentSettings({
    hitRatio: 0.9,
    memoryBytes: 1_000_000_000_000,
    objectBytes: 100_000,
    skew: 0.8,
    sources: {
      hitRatio: estimate("90 % for static files. Video on demand and personal pages hit less."),
      memory: estimate("1 TB of storage for one customer over all places."),
      skew: published(
        "Web requests follow Zipf's law with exponents from 0.64 to 0.83 in six traces (Breslau and others, INFOCOM 1999).",
        "secondary",
        "1999",
      ),
    },
  }),
]);

export type CdnSettings = v.InferOutput<typeof settings>;
