import * as v from "valibot";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate, quantity } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 50,
    capacityPerSecond: 10_000,
    latencyMs: 5,
    mtbfHours: 4380,
    mttrMinutes: 60,
    sources: {
      capacity: estimate("10 000 small operations/s through one leader; a disk that confirms slowly allows far less."),
      latency: estimate("5 ms: a round trip to a majority and about a millisecond to make it durable there."),
      failure: estimate("Two crashes a year and member (4 380 h); 60 minutes until it is back and has caught up."),
    },
  }),
  v.object({
    members: quantity({
      title: "Members",
      unit: "count",
      default: 3,
      minimum: 1,
      maximum: 99,
      integer: true,
      help: "Voting members, of which a majority must be up. An even number tolerates no more failures than one member fewer.",
      source: estimate("3 is the least that survives the loss of a member; 5 survive two."),
      group: "Replication",
    }),
  }),
]);

export type ConsensusStoreSettings = v.InferOutput<typeof settings>;
