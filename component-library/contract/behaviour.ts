import type { Dispatch, Program, RoutingPolicy } from "#src/analysis/model/program.ts";
import { byDefinition, choice } from "./settings.ts";
import type { VisitContext } from "./visit.ts";

/** A server: wait, be served, make all calls in their order. */
export function serveThenCall(context: VisitContext<unknown>): Program {
  return context.serve(context.callsInOrder());
}

/** A router: be served, then go to exactly one target. */
export function serveThenRoute(context: VisitContext<unknown>, policy: RoutingPolicy): Program {
  return context.serve(context.routeToOne(policy));
}

/** A cache: be served, then make the calls that its draw or the write asks for. With nothing behind it the caller goes on. */
export function serveOrFetch(context: VisitContext<unknown>, hitRatio: number): Program {
  return context.outgoing.length === 0 ? context.serve() : context.serve(context.callsForOutcome(hitRatio));
}

/** A broker: the caller waits for the acknowledgement only; consumers get the message on their own time. */
export function acknowledgeThenDeliver(context: VisitContext<unknown>, to: "one" | "each"): Program {
  return context.sequence(context.serve(), context.deliver(to));
}

/** A store that is written: its replicas apply the write, waited for when `synchronous`. Reads stay here. */
export function serveAndReplicate(context: VisitContext<unknown>, synchronous: boolean): Program {
  if (context.operation === "read") return serveThenCall(context);
  return context.serve(context.sequence(context.callsInOrder(), context.replicate(synchronous)));
}

type StatedPolicy = Exclude<RoutingPolicy, "by-journey">;

const policies = [
  { value: "round-robin", title: "Round robin" },
  { value: "random", title: "Random" },
  { value: "least-connections", title: "Least connections" },
  { value: "least-response-time", title: "Least response time" },
  { value: "power-of-two", title: "Better of two" },
  { value: "hash", title: "Hash of a key" },
] as const satisfies readonly { readonly value: StatedPolicy; readonly title: string }[];

/** The policy of a router; weights of its edges are honoured under every one of them. */
export function routingPolicy(usually: StatedPolicy) {
  return choice({
    title: "Policy",
    default: usually,
    choices: policies,
    help: "How each request picks its one target. The weights of the outgoing edges are honoured, and the same policy meets the instances of the targets unless they state their own dispatch.",
    source: byDefinition,
    group: "Routing",
  });
}

/**
 * How the policy of a router meets the instances behind it. Fewest requests in the system stands in for least response
 * time: with equal instances the two choose alike.
 */
export function dispatchOf(policy: StatedPolicy): Dispatch {
  return policy === "least-response-time" ? "least-connections" : policy;
}

/** Units in parallel, one of which is enough to answer at all. Load that the rest cannot carry is the load analysis's matter. */
export function oneOfInstances(
  settings: { readonly instances: number; readonly mtbfHours: number; readonly mttrMinutes: number },
  source: string,
) {
  return {
    mtbfHours: settings.mtbfHours,
    mttrMinutes: settings.mttrMinutes,
    units: settings.instances,
    unitsNeeded: 1,
    source,
  };
}
