import * as v from "valibot";
import type { ServingSettings, SettingSource } from "./kind.ts";
import { byDefinition, choice, derivedQuantity, optionalQuantity, quantity, toggle, weights } from "./settings.ts";

/** What a kind assumes of itself when the file says nothing, and where that comes from. */
export interface ServingDefaults {
  readonly instances?: number;
  readonly concurrency: number;
  readonly capacityPerSecond: number;
  readonly latencyMs: number;
  readonly variability?: number;
  readonly holdsWorkerWhileWaiting?: boolean;
  readonly mtbfHours: number;
  readonly mttrMinutes: number;
  readonly sources: {
    readonly capacity: SettingSource;
    readonly latency: SettingSource;
    readonly failure: SettingSource;
    readonly holding?: SettingSource;
  };
}

/** Mean time that a visit occupies a server, without waiting: concurrency / capacity. */
export function serviceTimeMs(settings: { readonly concurrency: number; readonly capacityPerSecond: number }): number {
  return (settings.concurrency / settings.capacityPerSecond) * 1000;
}

/** The part of the time of a full batch itself that falls to each of its requests; 0 without batches. */
export function sharedBatchMs({ batch }: ServingSettings): number {
  return batch === undefined ? 0 : batch.fixedMs / batch.size;
}

/** A stated latency may fall short of the service time by this share, for figures that were rounded by floating point. */
const roundingTolerance = 1e-6;

const capacityGroup = "Capacity";
const waitingGroup = "Waiting";
const failureGroup = "Failure";

function servingEntries(defaults: ServingDefaults) {
  return {
    instances: quantity({
      title: "Instances",
      unit: "count",
      default: defaults.instances ?? 1,
      minimum: 1,
      maximum: 100_000,
      integer: true,
      help: "Identical copies of the node.",
      source: byDefinition,
      group: capacityGroup,
    }),
    concurrency: quantity({
      title: "Concurrency",
      unit: "count",
      default: defaults.concurrency,
      minimum: 1,
      maximum: 1_000_000,
      integer: true,
      help: "Requests that one instance serves at the same time: cores, workers or connections.",
      source: defaults.sources.capacity,
      group: capacityGroup,
    }),
    capacityPerSecond: quantity({
      title: "Capacity of one instance",
      unit: "per second",
      default: defaults.capacityPerSecond,
      minimum: 1e-6,
      maximum: 1e12,
      help: "The highest rate that one instance can serve. Plan below published peaks.",
      source: defaults.sources.capacity,
      group: capacityGroup,
    }),
    latencyMs: derivedQuantity({
      title: "Latency without waiting",
      unit: "ms",
      usually: Math.max(defaults.latencyMs, serviceTimeMs(defaults)),
      minimum: 0,
      maximum: 1e15,
      help: "Mean time in the node without waiting. What exceeds concurrency / capacity is pure delay and occupies no server. When it is not stated, it is at least concurrency / capacity.",
      source: defaults.sources.latency,
      group: capacityGroup,
    }),
    variability: quantity({
      title: "Variability of the service time",
      unit: "factor",
      default: defaults.variability ?? 1,
      minimum: 0,
      maximum: 100,
      help: "Standard deviation over mean: 0 constant, 1 exponential, above 1 mostly short with a few long ones.",
      source: { text: "1 makes a node with Poisson arrivals exactly an M/M/c queue.", confidence: "definition" },
      group: waitingGroup,
      advanced: true,
    }),
    dispatch: choice({
      title: "How requests meet instances",
      default: "default",
      choices: [
        { value: "default", title: "By what stands in front" },
        { value: "shared-queue", title: "One shared queue" },
        { value: "random", title: "Random" },
        { value: "round-robin", title: "Round robin" },
        { value: "least-connections", title: "Least connections" },
        { value: "power-of-two", title: "Better of two" },
        { value: "hash", title: "Hash of a key" },
      ],
      help: "The policy of the router directly in front, or random where there is none, unless stated here.",
      source: byDefinition,
      group: waitingGroup,
      advanced: true,
    }),
    queueLimit: optionalQuantity({
      title: "Waiting places",
      unit: "count",
      minimum: 0,
      maximum: 1e9,
      integer: true,
      help: "Waiting places per queue. A request that finds them full is rejected. None: the queue has no limit.",
      source: byDefinition,
      group: waitingGroup,
      advanced: true,
    }),
    instanceWeights: weights({
      title: "Weights of the instances",
      help: "Numbers with commas, one an instance; instances beyond the list weigh as much as its last. Empty: all weigh the same. Random and round robin deal out requests by weight, and a hash ring gives points by weight; the other policies go by how busy the instances are.",
      source: byDefinition,
      group: waitingGroup,
      advanced: true,
    }),
    discipline: choice({
      title: "Order of service",
      default: "first-come",
      choices: [
        { value: "first-come", title: "First come, first served" },
        { value: "processor-sharing", title: "Processor sharing" },
      ],
      help: "First come: a request waits in a line until a server is free. Processor sharing: all are served at once; beyond the concurrency each gets an equal part, as threads on cores do. A kind that keeps its worker while it waits has a line of workers either way.",
      source: byDefinition,
      group: waitingGroup,
      advanced: true,
    }),
    patienceMs: optionalQuantity({
      title: "Patience",
      unit: "ms",
      minimum: 1e-3,
      maximum: 1e12,
      help: "Mean time after which a request that still waits in the line gives up and fails (Erlang-A). None: it waits without end. With processor sharing nobody waits in a line, and it has no effect.",
      source: {
        text: "Garnett, Mandelbaum and Reiman 2002: patience is exponential, and independent of the wait.",
        confidence: "definition",
      },
      group: waitingGroup,
      advanced: true,
    }),
    contention: quantity({
      title: "Contention",
      unit: "ratio",
      default: 0,
      minimum: 0,
      maximum: 1,
      help: "Share of the work that the servers of one instance must do one at a time, because of locks for example: n of them do n / (1 + contention·(n − 1) + coherency·n·(n − 1)) times the work of one. It has no effect where workers are kept during calls.",
      source: {
        text: "Gunther 1993, universal scalability law; 0 makes every server as fast as if it were alone. Fits to measurements lie from 0.01 to 0.1.",
        confidence: "definition",
      },
      group: capacityGroup,
      advanced: true,
    }),
    coherency: quantity({
      title: "Coherency",
      unit: "ratio",
      default: 0,
      minimum: 0,
      maximum: 1,
      help: "What every pair of servers of one instance costs, because they keep shared data consistent. Above 0 more than √((1 − contention) / coherency) servers do less than fewer would. It has no effect where workers are kept during calls.",
      source: {
        text: "Gunther 1993, universal scalability law; fits to measurements lie from 0.0001 to 0.01.",
        confidence: "definition",
      },
      group: capacityGroup,
      advanced: true,
    }),
    holdsWorkerWhileWaiting: toggle({
      title: "Keeps its worker while waiting for others",
      default: defaults.holdsWorkerWhileWaiting ?? false,
      help: "On: one thread or process per request, busy until the last synchronous call has answered. Off: event loop or asynchronous calls; the worker is free after its own service time.",
      source: defaults.sources.holding ?? byDefinition,
      group: waitingGroup,
      advanced: true,
    }),
    mtbfHours: quantity({
      title: "Time between failures of one instance",
      unit: "hours",
      default: defaults.mtbfHours,
      minimum: 0.01,
      maximum: 1e9,
      help: "Mean hours between two failures. Availability = MTBF / (MTBF + MTTR).",
      source: defaults.sources.failure,
      group: failureGroup,
    }),
    mttrMinutes: quantity({
      title: "Time to repair one instance",
      unit: "minutes",
      default: defaults.mttrMinutes,
      minimum: 0,
      maximum: 1e7,
      help: "Mean minutes from a failure until the instance serves again, detection included.",
      source: defaults.sources.failure,
      group: failureGroup,
    }),
  };
}

/**
 * The settings that every serving kind shares, with the kind's own defaults. A stated `latencyMs` below
 * concurrency / capacity is a fault; one that is not stated is the kind's default or that service time, whichever is longer.
 */
export function servingSettings(defaults: ServingDefaults) {
  return v.pipe(
    v.object(servingEntries(defaults)),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const { latencyMs } = dataset.value;
      const shortest = serviceTimeMs(dataset.value);
      if (latencyMs === undefined || latencyMs >= shortest * (1 - roundingTolerance)) return;
      addIssue({
        message: `The latency of ${latencyMs} ms is shorter than the service time: concurrency ${dataset.value.concurrency} / capacity ${dataset.value.capacityPerSecond} per second takes ${Number(shortest.toPrecision(6))} ms.`,
        expected: [
          `at least ${Number(shortest.toPrecision(6))} ms`,
          // No capacity serves in no time.
          ...(latencyMs > 0
            ? [
                `a capacity of at least ${Number(((dataset.value.concurrency / latencyMs) * 1000).toPrecision(6))} per second`,
              ]
            : []),
        ].join(", or "),
        path: [{ type: "object", origin: "value", input: dataset.value, key: "latencyMs", value: latencyMs }],
      });
    }),
    v.transform((settings) => ({
      ...settings,
      latencyMs: Math.max(settings.latencyMs ?? defaults.latencyMs, serviceTimeMs(settings)),
    })),
  );
}

/** The shared part of a kind's settings: what the compiler makes a station of. */
export function servingOf(settings: ServingSettings): ServingSettings {
  return {
    instances: settings.instances,
    concurrency: settings.concurrency,
    capacityPerSecond: settings.capacityPerSecond,
    latencyMs: settings.latencyMs,
    variability: settings.variability,
    dispatch: settings.dispatch,
    queueLimit: settings.queueLimit,
    instanceWeights: settings.instanceWeights,
    discipline: settings.discipline,
    patienceMs: settings.patienceMs,
    contention: settings.contention,
    coherency: settings.coherency,
    holdsWorkerWhileWaiting: settings.holdsWorkerWhileWaiting,
    mtbfHours: settings.mtbfHours,
    mttrMinutes: settings.mttrMinutes,
  };
}
