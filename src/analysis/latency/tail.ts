import type { LatencyLaw } from "../model/latency-law.ts";
import { samplerOf } from "./tail-sampler.ts";

/** P(T > ms), from 0 to 1. Exact where the law has closed tails, else to about 1e-9 away from bends. */
export function tail(law: LatencyLaw, ms: number): number {
  return samplerOf(law).at(ms, "after");
}
