import type { Program, RoutingPolicy } from "#src/analysis/model/program.ts";

/** How other parts treat a kind when they infer conditions, modes and paths. */
export type Role =
  | "source" // starts journeys (client)
  | "server" // computes and calls others
  | "router" // sends each request to one of its targets
  | "cache" // draws hit or miss once per visit
  | "store" // keeps data; the target of misses and writes
  | "replica" // a copy of a store: reads only, applies replicated writes
  | "broker" // acknowledges and hands on later (queue, stream, pub/sub)
  | "external" // outside the design's control
  | "container"; // holds other nodes

/** One outgoing edge of the visited node, with its defaults and inferences filled in by the compiler. */
export interface OutgoingCall {
  readonly edgeId: string;
  readonly targetId: string;
  readonly targetRole: Role;
  readonly weight: number;
}

/**
 * What a kind may use to say what one visit does. All programs that it gets are already linked to stations and edges; a kind
 * combines them and never sees another kind.
 */
export interface VisitContext<KindSettings> {
  readonly settings: KindSettings;
  readonly operation: "read" | "write";
  readonly journeyId: string;
  /** For a cache: the draw of this visit, or null where the caller does not branch on it. */
  readonly outcome: "hit" | "miss" | null;
  /** For a cache: its hit ratio in the place of the design; null elsewhere. */
  readonly hitRatio: number | null;
  /** For a cache whose refreshes follow from its content: refreshes per hit; null elsewhere. */
  readonly refreshRatio: number | null;
  /** The edges this journey may follow here, in order (conditions that exclude the operation are already gone). */
  readonly outgoing: readonly OutgoingCall[];

  /**
   * The visit of the shared serving settings: wait for a server, be served, pass the pure delay, then `after`. With
   * `holdsWorkerWhileWaiting` the server is kept until `after` has answered. With several `parts` so many instances are asked
   * at once and each serves; the last of them ends the visit here.
   */
  serve(after?: Program, parts?: number): Program;
  /** All calls in `order`: equal orders in parallel with their quorum, lookups branching, fallbacks attached. */
  callsInOrder(): Program;
  /** One target per request under the policy and the edges' weights. */
  routeToOne(policy: RoutingPolicy): Program;
  /** All targets of a router at once, joined: the slowest decides. */
  askAll(): Program;
  /** Calls of this cache's own `miss` edges (and `always`), when the draw is a miss; of its `hit` edges when a hit. */
  callsForOutcome(hitRatio: number): Program;
  /** Messages left for consumers: nothing is waited for. "one": one consumer gets each; "each": every edge gets one. */
  deliver(to: "one" | "each"): Program;
  /** Asynchronous applies over `replication` edges, one per write; waited for when `synchronous`. */
  replicate(synchronous: boolean): Program;
  sequence(...steps: readonly Program[]): Program;
  nothing(): Program;
}
