import type { Conditions } from "../flow/conditions.ts";
import { type FlowStation, FlowVariability, type RotatedFlow } from "../flow/flow-variability.ts";
import type { Inflow, StreamOrigins } from "../flow/stream-origins.ts";
import type { Traffic } from "../flow/traffic.ts";
import { stationInUse } from "../sizing/autoscaling.ts";
import type { PreparedModel, StationUse } from "./prepare-model.ts";

const noOrigins: StreamOrigins = { into: [], order: [], loopOf: [], behindCall: new Map() };

/** The variability of the flows of a model at `factor` times its traffic: all Poisson where no station changes them. */
export function variabilityOfFlows(
  prepared: PreparedModel,
  traffic: Traffic,
  conditions: Conditions,
  factor: number,
): FlowVariability {
  if (!prepared.shapesFlows) return new FlowVariability([], noOrigins);
  const stations = prepared.stations.map((use, index): FlowStation | null => {
    const declared = prepared.model.stations[index];
    if (declared === undefined || use.holds.length > 0) return null;
    const completedShare = conditions.completed[index] ?? 1;
    const { meanMs, scv } = serviceOf(use, traffic);
    const offered = (factor * (traffic.arrivals[index] ?? 0) * meanMs) / 1000;
    const busy = offered * completedShare;
    const station = stationInUse(declared, offered);
    return { station, utilization: busy / (station.servers * station.queues), serviceScv: scv, completedShare };
  });
  return new FlowVariability(stations, prepared.origins.at(conditions, traffic));
}

function serviceOf({ works, onlyDemand }: StationUse, traffic: Traffic): { meanMs: number; scv: number } {
  if (onlyDemand !== null) return { meanMs: onlyDemand.meanMs, scv: onlyDemand.variability ** 2 };
  let total = 0;
  let first = 0;
  let second = 0;
  for (const step of works) {
    const rate = traffic.arrivalsBy.get(step) ?? 0;
    const { meanMs, variability } = step.demand;
    total += rate;
    first += rate * meanMs;
    second += rate * meanMs * meanMs * (1 + variability * variability);
  }
  if (total <= 0 || first <= 0) return { meanMs: 0, scv: 1 };
  return { meanMs: first / total, scv: Math.max(0, (second * total) / (first * first) - 1) };
}

/** The streams that round-robin routers send to a station, with what stood before the routers. */
export function rotatedFlows(
  { roundRobin }: StationUse,
  prepared: PreparedModel,
  traffic: Traffic,
  conditions: Conditions,
  arrivalsPerSecond: number,
): readonly RotatedFlow[] {
  if (roundRobin.length === 0 || arrivalsPerSecond <= 0) return [];
  const { behindCall } = prepared.shapesFlows ? prepared.origins.at(conditions, traffic) : noOrigins;
  return roundRobin.map(({ calls, share }) => {
    const rate = calls.reduce((sum, call) => sum + (traffic.attempts[call] ?? 0), 0);
    const inflows = new Map<number, Inflow>();
    for (const call of calls) {
      const part = rate > 0 ? (traffic.attempts[call] ?? 0) / rate : 0;
      for (const inflow of behindCall.get(call) ?? []) {
        const before = inflows.get(inflow.origin);
        inflows.set(inflow.origin, {
          origin: inflow.origin,
          share: (before?.share ?? 0) + part * inflow.share,
          // The router had the whole of what it dealt out in parts.
          kept: Math.min(1, (before?.kept ?? 0) + inflow.kept / Math.max(share, Number.MIN_VALUE)),
        });
      }
    }
    return { share, arrivalShare: rate / arrivalsPerSecond, inflows: [...inflows.values()] };
  });
}
