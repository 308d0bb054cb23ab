import * as v from "valibot";
import { routingPolicy } from "#library/contract/behaviour.ts";
import { virtualNodes } from "#library/contract/ring.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate } from "#library/contract/settings.ts";
import { resolverSettings } from "./cached-ratio.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 100,
    capacityPerSecond: 100_000,
    latencyMs: 1,
    mtbfHours: 87_660,
    mttrMinutes: 30,
    sources: {
      capacity: estimate(
        "A managed name service is sized by its provider; 100 000 answers/s is far above what one design asks.",
      ),
      latency: estimate(
        "A name server looks up an answer in about a millisecond; the way to it is the edge's networkMs.",
      ),
      failure: estimate(
        "Providers promise 100 % (Route 53, Azure DNS), which no one observes. Half an hour in ten years is assumed.",
      ),
    },
  }),
  v.object({ policy: routingPolicy("random"), virtualNodes }),
  resolverSettings,
]);

export type DnsSettings = v.InferOutput<typeof settings>;
