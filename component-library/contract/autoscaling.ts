import * as v from "valibot";
import type { AutoscalingSettings } from "./kind.ts";
import { byDefinition, estimate, optionalQuantity, published, quantity } from "./settings.ts";

const group = "Autoscaling";

interface ScalingSettings {
  readonly minInstances: number | null;
  readonly maxInstances: number | null;
  readonly targetUtilization: number;
  readonly metricWindowMs: number;
  readonly startUpMs: number;
}

/** Instances that follow the load. Not used unless `maxInstances` is stated. */
export const autoscalingSettings = v.pipe(
  v.object({
    maxInstances: optionalQuantity({
      title: "Most instances",
      unit: "count",
      minimum: 1,
      maximum: 100_000,
      integer: true,
      help: "States that the instances follow the load, up to this many. None: all instances are always in use.",
      source: byDefinition,
      group,
      advanced: true,
    }),
    minInstances: optionalQuantity({
      title: "Fewest instances",
      unit: "count",
      minimum: 1,
      maximum: 100_000,
      integer: true,
      help: "With a number of most instances: never fewer than this. None: the number of instances.",
      source: byDefinition,
      group,
      advanced: true,
    }),
    targetUtilization: quantity({
      title: "Utilisation aimed at",
      unit: "ratio",
      default: 0.7,
      minimum: 0.01,
      maximum: 0.95,
      help: "With a number of most instances: as many are in use as keep the busy share of their servers at or below this.",
      source: estimate("0.7, the safe line; autoscalers are set from 0.5 to 0.8."),
      group,
      advanced: true,
    }),
    metricWindowMs: quantity({
      title: "Time until the load is seen",
      unit: "ms",
      default: 30_000,
      minimum: 0,
      maximum: 1e9,
      help: "Window of the metric and period of the autoscaler together. It lengthens what piles up as the load rises.",
      source: published("Kubernetes: metrics every 15 s, and the autoscaler looks every 15 s.", "vendor", "2024"),
      group,
      advanced: true,
    }),
    startUpMs: quantity({
      title: "Time to start an instance",
      unit: "ms",
      default: 30_000,
      minimum: 0,
      maximum: 1e9,
      help: "From the decision until a new instance serves: provisioning, start and warm-up.",
      source: published("Kubernetes takes a pod for not ready in its first 30 s.", "vendor", "2024"),
      group,
      advanced: true,
    }),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { minInstances, maxInstances } = dataset.value;
    if (minInstances === null || maxInstances === null || minInstances <= maxInstances) return;
    addIssue({
      message: `The fewest instances, ${minInstances}, are more than the most, ${maxInstances}.`,
      expected: `at most ${maxInstances}, or more in maxInstances`,
      path: [{ type: "object", origin: "value", input: dataset.value, key: "minInstances", value: minInstances }],
    });
  }),
);

/** For `ServingSettings`: nothing where no number of most instances is stated. */
export function autoscalingOf(settings: ScalingSettings & { readonly instances: number }): {
  readonly autoscaling?: AutoscalingSettings;
} {
  const { minInstances, maxInstances, targetUtilization, metricWindowMs, startUpMs, instances } = settings;
  if (maxInstances === null) return {};
  return {
    autoscaling: {
      minInstances: minInstances ?? Math.min(instances, maxInstances),
      maxInstances,
      targetUtilization,
      metricWindowMs,
      startUpMs,
    },
  };
}
