import type { RateLimit } from "#library/contract/kind.ts";
import type { Limiter, Program, Station } from "#src/analysis/model/program.ts";

/** Where the rate limit of a node stands in the model: a limiter, or for a leaky bucket a station that lets out one by one. */
export type RateLimitPlace =
  | { readonly type: "limiter"; readonly limiter: number }
  | { readonly type: "shaper"; readonly station: number; readonly limit: RateLimit };

/** The limiter that a rate limit stands for; null for a leaky bucket. */
export function limiterOf(node: number, limit: RateLimit): Limiter | null {
  const { policy, ratePerSecond, burst, windowMs } = limit;
  return policy === "leaky-bucket" ? null : { node, policy, ratePerSecond, burst, windowMs };
}

/** A leaky bucket: one server of constant service 1/rate and room for `burst` requests in all, M/D/1/b. */
export function shaperOf(node: number, { ratePerSecond, burst }: RateLimit): Station {
  return {
    node,
    edge: null,
    servers: 1,
    queues: 1,
    dispatch: "shared-queue",
    shares: null,
    queueLimit: burst - 1,
    nominalServiceMs: 1000 / ratePerSecond,
    discipline: "first-come",
    patienceMs: null,
    scalability: null,
  };
}

/** What a visit does before it is served. */
export function limitProgram(place: RateLimitPlace): Program {
  return place.type === "limiter"
    ? { op: "limit", limiter: place.limiter }
    : { op: "work", station: place.station, demand: { meanMs: 1000 / place.limit.ratePerSecond, variability: 0 } };
}
