import * as v from "valibot";
import { routingPolicy } from "#library/contract/behaviour.ts";
import { virtualNodes } from "#library/contract/ring.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate, published } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 4,
    capacityPerSecond: 60_000,
    latencyMs: 0.1,
    mtbfHours: 9999,
    mttrMinutes: 60,
    sources: {
      capacity: published(
        "nginx published 40 207 requests/s over TLS and 74 091 without on one core (1 kB answers); 15 000 per core is planned here, on 4 cores.",
        "secondary",
        "2017",
      ),
      latency: estimate("A proxy forwards in well under a millisecond; 0.1 ms is an estimate."),
      failure: published(
        "A managed balancer promises 99.99 % (AWS list of 2019): 9 999 h between outages of one hour.",
        "vendor",
        "2019",
      ),
    },
  }),
  v.object({ policy: routingPolicy("round-robin"), virtualNodes }),
]);

export type LoadBalancerSettings = v.InferOutput<typeof settings>;
