import type { Program, Station } from "#src/analysis/model/program.ts";
import { sequenceOf } from "./call-plan.ts";
import type { ResolvedEdge } from "./resolved-design.ts";

/** Indices of the stations of an edge: its connections, and its link. */
export interface EdgeStations {
  readonly pool: number | null;
  readonly link: number | null;
}

/**
 * The places of an edge where calls wait. Connections: `connectionPool` servers per instance of the caller, each kept from
 * before the network until the visit is over, of abandoned calls too. Link: one server that sends `payloadBytes` at the
 * bandwidth, for constant payloads the queue M/D/1 (Erlang 1909).
 */
export function stationsOfEdge(
  edge: ResolvedEdge,
  caller: Station | null,
): { readonly pool: Station | null; readonly link: Station | null } {
  const transmission = transmissionMs(edge);
  return {
    pool: edge.connectionPool === null || neverWaits(edge) ? null : poolOf(edge, edge.connectionPool, caller),
    link:
      transmission === 0
        ? null
        : { ...plain, node: edge.source.index, edge: edge.index, nominalServiceMs: transmission },
  };
}

/**
 * A caller that keeps its worker while it waits makes one call over an edge per worker at most: as many connections are
 * never waited for. Abandoned, hedged and sent calls outlive the worker's.
 */
export function neverWaits(edge: ResolvedEdge): boolean {
  const { serving } = edge.source;
  if (edge.connectionPool === null || serving === null) return false;
  return (
    serving.holdsWorkerWhileWaiting &&
    serving.concurrency <= edge.connectionPool &&
    edge.mode === "synchronous" &&
    edge.timeoutMs === null &&
    edge.hedgeAfterMs === null
  );
}

/** The time that one call occupies the link, both directions together; 0 without a limit. */
export function transmissionMs({ bandwidthBytesPerSecond, payloadBytes }: ResolvedEdge): number {
  return bandwidthBytesPerSecond === null ? 0 : (payloadBytes / bandwidthBytesPerSecond) * 1000;
}

/** Calls come to the pool of one instance as requests leave it: at random, in proportion to what the instance serves. */
function poolOf(edge: ResolvedEdge, connections: number, caller: Station | null): Station {
  const instances = edge.source.serving?.instances ?? 1;
  const shares = caller?.shares ?? null;
  return {
    ...plain,
    node: edge.source.index,
    edge: edge.index,
    servers: connections,
    queues: instances,
    dispatch: instances <= 1 ? "shared-queue" : shares === null ? "random" : "hash",
    shares: instances <= 1 ? null : shares,
    nominalServiceMs: edge.networkMs,
  };
}

const plain = {
  servers: 1,
  queues: 1,
  dispatch: "shared-queue",
  shares: null,
  queueLimit: null,
  discipline: "first-come",
  patienceMs: null,
  scalability: null,
} as const;

/** Take a connection, send over the link, make the call, give the connection back. */
export function passageProgram(edge: ResolvedEdge, { pool, link }: EdgeStations, call: Program): Program {
  const demand = { meanMs: transmissionMs(edge), variability: 0 };
  const crossing = sequenceOf([...(link === null ? [] : [{ op: "work", station: link, demand } as const]), call]);
  return pool === null ? crossing : { op: "hold", station: pool, body: crossing };
}
