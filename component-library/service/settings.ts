import * as v from "valibot";
import { autoscalingSettings } from "#library/contract/autoscaling.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate } from "#library/contract/settings.ts";

const serving = servingSettings({
  concurrency: 16,
  capacityPerSecond: 2000,
  latencyMs: 8,
  mtbfHours: 4380,
  mttrMinutes: 5,
  sources: {
    capacity: estimate(
      "An application server with a database behind it: 500 requests/s a core for Node or Python, 3 000 for Go, Java or Rust. 2 000/s here: four cores of the former.",
    ),
    latency: estimate("8 ms of own work with 16 requests in progress at 2 000 requests/s."),
    failure: estimate(
      "Two crashes a year and instance (4 380 h); 5 minutes until an orchestrator has started a new one.",
    ),
    holding: estimate(
      "Off, as with an event loop or asynchronous calls. Turn it on for one thread or process per request.",
    ),
  },
});

export const settings = v.intersect([serving, autoscalingSettings]);

export type ServiceSettings = v.InferOutput<typeof settings>;
