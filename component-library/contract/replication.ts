import type { ReliabilityStatement } from "./kind.ts";
import { byDefinition, choice, quantity } from "./settings.ts";

type Replication = "asynchronous" | "synchronous";

/** Whether a write waits for the replicas that stand behind the node's replication edges. */
export function replicationMode(usually: Replication) {
  return choice({
    title: "Replication",
    default: usually,
    choices: [
      { value: "asynchronous", title: "Asynchronous" },
      { value: "synchronous", title: "Synchronous" },
    ],
    help: "Asynchronous: a write loads the replicas and does not wait for them; what they lag behind may be lost or read stale. Synchronous: a write ends when every replica has applied it.",
    source: byDefinition,
    group: "Replication",
  });
}

export const standbys = quantity({
  title: "Standbys",
  unit: "count",
  default: 0,
  minimum: 0,
  maximum: 100,
  integer: true,
  help: "Copies that take no requests and take over when the node fails.",
  source: byDefinition,
  group: "Failure",
});

/** Instances and standbys in parallel, one of which is enough to answer. A failover is taken as instant. */
export function withStandbys(
  settings: {
    readonly instances: number;
    readonly standbys: number;
    readonly mtbfHours: number;
    readonly mttrMinutes: number;
  },
  source: string,
): ReliabilityStatement {
  return {
    mtbfHours: settings.mtbfHours,
    mttrMinutes: settings.mttrMinutes,
    units: settings.instances + settings.standbys,
    unitsNeeded: 1,
    source,
  };
}
