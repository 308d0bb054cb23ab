import { assertNever } from "#src/base/assert-never.ts";
import type { Exactness } from "../model/exactness.ts";
import type { Limiter } from "../model/program.ts";
import { fixedWindowLoss } from "./fixed-window.ts";
import { slidingCounterLoss } from "./sliding-counter.ts";
import { slidingLogLoss } from "./sliding-log.ts";
import { tokenBucketLoss } from "./token-bucket.ts";

/** Requests that a windowed limiter lets through in a window: whole ones, at least one. */
export function windowLimit({ ratePerSecond, windowMs }: Limiter): number {
  const limit = (ratePerSecond * windowMs) / 1000;
  // 0.1 × 30 000 / 1000 misses 3 by rounding.
  return Math.max(1, Math.floor(limit * (1 + 1e-12)));
}

/** The rate that a limiter lets through at most, over a long time. */
export function limitPerSecond(limiter: Limiter): number {
  return limiter.policy === "token-bucket" ? limiter.ratePerSecond : (windowLimit(limiter) * 1000) / limiter.windowMs;
}

/** The share of Poisson arrivals that a limiter refuses. */
export function limiterLoss(limiter: Limiter, askedPerSecond: number): number {
  const meanArrivals = (askedPerSecond * limiter.windowMs) / 1000;
  switch (limiter.policy) {
    case "token-bucket":
      return tokenBucketLoss(askedPerSecond / limiter.ratePerSecond, limiter.burst);
    case "fixed-window":
      return fixedWindowLoss(meanArrivals, windowLimit(limiter));
    case "sliding-log":
      return slidingLogLoss(meanArrivals, windowLimit(limiter));
    case "sliding-counter":
      return slidingCounterLoss(meanArrivals, windowLimit(limiter));
    default:
      return assertNever(limiter.policy, "limiter policy");
  }
}

/**
 * The most requests that can pass within any stretch of `windowMs`: a bucket's depth and its refill, a sliding limit, and
 * twice the limit of a fixed window, at the end of one and the start of the next. A sliding counter takes the window before
 * as evenly filled, so that up to twice its limit may pass there as well, when that window was full at its end only.
 */
export function mostWithin(limiter: Limiter): number {
  switch (limiter.policy) {
    case "token-bucket":
      return limiter.burst + Math.floor((limiter.ratePerSecond * limiter.windowMs) / 1000);
    case "fixed-window":
      return 2 * windowLimit(limiter);
    case "sliding-log":
      return windowLimit(limiter);
    case "sliding-counter":
      return 2 * windowLimit(limiter) - 1;
    default:
      return assertNever(limiter.policy, "limiter policy");
  }
}

export function limiterExactness({ policy }: Limiter): Exactness {
  switch (policy) {
    case "token-bucket":
      return exact("Token bucket as M/D/1/b", "Berger and Whitt 1992");
    case "fixed-window":
      return exact("Poisson count over a fixed window", "Hadley and Whitin 1963");
    case "sliding-log":
      return exact("Erlang's loss formula (M/D/N/N)", "Erlang 1917");
    case "sliding-counter":
      return {
        kind: "approximation",
        model: "Hayward's approximation of a sliding counter",
        source: "Fredericks 1980",
        typicalErrorPercent: 5,
      };
    default:
      return assertNever(policy, "limiter policy");
  }
}

function exact(model: string, source: string): Exactness {
  return { kind: "exact", model, source, typicalErrorPercent: null };
}
