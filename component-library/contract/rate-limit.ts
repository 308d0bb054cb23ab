import * as v from "valibot";
import type { RateLimit } from "./kind.ts";
import { byDefinition, choice, estimate, optionalQuantity, quantity } from "./settings.ts";

const group = "Rate limit";

/** Settings of a kind that lets requests through at a limited rate: none by default. */
export const rateLimitSettings = v.object({
  rateLimitPerSecond: optionalQuantity({
    title: "Rate limit",
    unit: "per second",
    minimum: 1e-6,
    maximum: 1e12,
    help: "The rate that is let through, by all instances together. What comes beyond it, once the burst is used up, is rejected before it is served. None: only the capacity limits.",
    source: byDefinition,
    group,
  }),
  limiterPolicy: choice({
    title: "How the limit counts",
    default: "token-bucket",
    choices: [
      { value: "token-bucket", title: "Token bucket" },
      { value: "leaky-bucket", title: "Leaky bucket: delays bursts" },
      { value: "fixed-window", title: "Fixed window" },
      { value: "sliding-log", title: "Sliding window by log" },
      { value: "sliding-counter", title: "Sliding window by two counters" },
    ],
    help: "A token bucket passes bursts at once; a leaky bucket holds them back and lets one out every 1/rate; windows count what has passed. Only with a rate limit.",
    source: byDefinition,
    group,
    advanced: true,
  }),
  burst: quantity({
    title: "Burst",
    unit: "count",
    default: 10,
    minimum: 1,
    maximum: 1e9,
    integer: true,
    help: "Requests that a bucket lets through, or holds back, at once. Only with a rate limit by a bucket.",
    source: estimate("Ten requests; providers differ and seldom say."),
    group,
  }),
  windowMs: quantity({
    title: "Window",
    unit: "ms",
    default: 1000,
    minimum: 1,
    maximum: 1e9,
    help: "Length of the window in which a windowed limit counts; it lets whole requests through, at least one in a window.",
    source: estimate("One second, as rates are mostly stated; limits by the minute are common too."),
    group,
    advanced: true,
  }),
});

/** The limit that the settings state; null for none. */
export function rateLimitOf(settings: v.InferOutput<typeof rateLimitSettings>): RateLimit | null {
  const { rateLimitPerSecond, limiterPolicy, burst, windowMs } = settings;
  if (rateLimitPerSecond === null) return null;
  return { policy: limiterPolicy, ratePerSecond: rateLimitPerSecond, burst, windowMs: windowMs };
}
