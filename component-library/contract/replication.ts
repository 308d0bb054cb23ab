import * as v from "valibot";
import type { QuorumSettings, ReliabilityStatement } from "./kind.ts";
import { byDefinition, choice, optionalQuantity, published, quantity } from "./settings.ts";

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

const onePerOperation = published("Cassandra's default consistency level is ONE.", "vendor");

function quorumSize(title: string, help: string) {
  return quantity({
    title,
    unit: "count",
    default: 1,
    minimum: 1,
    maximum: 99,
    integer: true,
    help,
    source: onePerOperation,
    group: "Replication",
    advanced: true,
  });
}

/** Copies that a store keeps of every value by itself. Not used unless `replicas` is stated. */
export const quorumSettings = v.pipe(
  v.object({
    replicas: optionalQuantity({
      title: "Copies of a value (N)",
      unit: "count",
      minimum: 1,
      maximum: 99,
      integer: true,
      help: "How many of the store's nodes keep each value. With it the staleness of reads is computed. None: not computed.",
      source: byDefinition,
      group: "Replication",
      advanced: true,
    }),
    writeQuorum: quorumSize(
      "Copies that confirm a write (W)",
      "With a number of copies: a write is done when so many have it.",
    ),
    readQuorum: quorumSize(
      "Copies that answer a read (R)",
      "With a number of copies: a read takes the newest of so many answers.",
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { replicas } = dataset.value;
    if (replicas === null) return;
    for (const key of ["writeQuorum", "readQuorum"] as const) {
      const size = dataset.value[key];
      if (size <= replicas) continue;
      addIssue({
        message: `${size} copies cannot answer where there are ${replicas}.`,
        expected: `at most ${replicas}`,
        path: [{ type: "object", origin: "value", input: dataset.value, key, value: size }],
      });
    }
  }),
);

/** Null where the number of copies is not stated. */
export function quorumOf(settings: {
  readonly replicas: number | null;
  readonly writeQuorum: number;
  readonly readQuorum: number;
}): QuorumSettings | null {
  const { replicas, writeQuorum, readQuorum } = settings;
  return replicas === null ? null : { replicas, writeQuorum, readQuorum };
}

/** A majority of the members writes and reads. */
export function majorityOf(members: number): QuorumSettings {
  const majority = Math.floor(members / 2) + 1;
  return { replicas: members, writeQuorum: majority, readQuorum: majority };
}
