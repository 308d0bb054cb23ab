import type { Traffic } from "../flow/traffic.ts";
import type { Program } from "../model/program.ts";
import type { PreparedModel } from "./prepare-model.ts";
import type { StationState } from "./station-state.ts";

interface FirstVisit {
  readonly station: number;
  readonly step: Program;
  /** Share of the runs of that step that come from the branch. */
  readonly share: number;
}

/**
 * The share of their time, on average over the branches of a group, that is waiting behind arrivals which come to all
 * branches at once. It is ρ for queues M/M/1 that serve nothing but the group. Other arrivals at a station dilute it, and
 * so do queues among which requests are dealt out without regard to the other branches. Only the first station of a branch
 * counts: further on, requests have been spread. A station that several branches share gives none.
 */
export function commonWaiting(
  program: Program & { readonly op: "parallel" },
  prepared: PreparedModel,
  traffic: Traffic,
  stations: readonly (StationState | undefined)[],
): number {
  const visits = program.branches.map((branch) => firstVisit(branch, prepared, traffic, 1));
  let sum = 0;
  for (const visit of visits) {
    if (visit === null || visits.some((other) => other !== visit && other?.station === visit.station)) continue;
    const station = prepared.model.stations[visit.station];
    const state = stations[visit.station];
    const waitMs = state?.solution?.meanWaitMs ?? null;
    if (station === undefined || state === undefined || waitMs === null || waitMs === 0) continue;
    const arrivals = traffic.arrivals[visit.station] ?? 0;
    const fromGroup = arrivals > 0 ? ((traffic.arrivalsBy.get(visit.step) ?? 0) * visit.share) / arrivals : 0;
    const pooled = station.dispatch === "shared-queue" || station.dispatch === "least-connections";
    sum += (Math.min(1, fromGroup) * waitMs) / (waitMs + state.meanServiceMs) / (pooled ? 1 : station.queues);
  }
  return sum / Math.max(1, program.branches.length);
}

/** The first station that a program visits whatever is drawn; null when that depends. */
function firstVisit(
  program: Program,
  prepared: PreparedModel,
  traffic: Traffic,
  share: number,
  depth = 0,
): FirstVisit | null {
  switch (program.op) {
    case "work":
    case "hold":
      return { station: program.station, step: program, share };
    case "sequence":
      for (const step of program.steps) {
        if (["delay", "send", "reject", "limit"].includes(step.op)) continue;
        return firstVisit(step, prepared, traffic, share, depth);
      }
      return null;
    case "repeat":
      return firstVisit(program.step, prepared, traffic, share, depth);
    case "fallback":
      return firstVisit(program.attempt, prepared, traffic, share, depth);
    case "call": {
      const target = prepared.model.calls[program.call]?.routine ?? -1;
      const inner = prepared.model.routines[target]?.program;
      const visits = traffic.visits[target] ?? 0;
      // Calls that lead round in a circle before anything is served have no first station.
      if (inner === undefined || visits === 0 || depth > prepared.model.routines.length) return null;
      return firstVisit(inner, prepared, traffic, (share * (traffic.attempts[program.call] ?? 0)) / visits, depth + 1);
    }
    default:
      return null;
  }
}
