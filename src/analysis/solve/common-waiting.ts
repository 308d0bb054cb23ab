import type { Traffic } from "../flow/traffic.ts";
import type { Program } from "../model/program.ts";
import type { PreparedModel } from "./prepare-model.ts";
import type { StationState } from "./station-state.ts";

interface FirstVisit {
  readonly station: number;
  readonly step: Program;
  /** Share of the runs of that step that come from the branch. */
  readonly share: number;
  /** Whether the branch itself visits it, not what it calls. */
  readonly isOwn: boolean;
}

/**
 * The share of their time, on average over the branches of a group, that is waiting behind arrivals which come to all
 * branches at once. It is ρ for queues M/M/1 that serve nothing but the group. Other arrivals at a station dilute it, and
 * so do queues among which requests are dealt out without regard to the other branches. Only the first station of a branch
 * counts: further on, requests have been spread. For a station that several branches visit see `distinctQueuesWaiting`.
 */
export function commonWaiting(
  program: Program & { readonly op: "parallel" },
  prepared: PreparedModel,
  traffic: Traffic,
  stations: readonly (StationState | undefined)[],
): number {
  const visits = program.branches.map((branch) => firstVisit(branch, prepared, traffic));
  let sum = 0;
  for (const visit of visits) {
    if (visit === null) continue;
    const here = visits.filter((other) => other?.station === visit.station);
    if (here.length > 1) {
      if (here.every((other) => other?.isOwn === true))
        sum += distinctQueuesWaiting(here.length, visit, prepared, traffic, stations);
      continue;
    }
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

/**
 * Parts of one visit that are served by the queues of a station, dealt out by chance or by hash, go to different queues. Two
 * of n queues then see the share (k − 1) / (n − 1) of the arrivals of k parts in common: all of them where every queue is
 * asked. A common line, or one that is chosen by its length, tells the parts nothing of each other.
 */
function distinctQueuesWaiting(
  branches: number,
  visit: FirstVisit,
  { model }: PreparedModel,
  traffic: Traffic,
  stations: readonly (StationState | undefined)[],
): number {
  const station = model.stations[visit.station];
  const state = stations[visit.station];
  const waitMs = state?.solution?.meanWaitMs ?? null;
  if (station === undefined || state === undefined || waitMs === null || waitMs === 0) return 0;
  if (station.queues < branches || (station.dispatch !== "random" && station.dispatch !== "hash")) return 0;
  const arrivals = traffic.arrivals[visit.station] ?? 0;
  const own = (traffic.arrivalsBy.get(visit.step) ?? 0) * visit.share * branches;
  const fromGroup = arrivals > 0 ? Math.min(1, own / arrivals) : 0;
  return ((fromGroup * waitMs) / (waitMs + state.meanServiceMs)) * ((branches - 1) / (station.queues - 1));
}

/** Steps before which nothing has been waited for. */
const passing: ReadonlySet<Program["op"]> = new Set(["delay", "send", "reject", "limit"]);

/** The first station that a program visits whatever is drawn; null when that depends. */
function firstVisit(branch: Program, prepared: PreparedModel, traffic: Traffic): FirstVisit | null {
  let share = 1;
  let calls = 0;
  let next: Program | undefined = branch;
  while (next !== undefined) {
    const program: Program = next;
    switch (program.op) {
      case "work":
      case "hold":
        return { station: program.station, step: program, share, isOwn: calls === 0 };
      case "sequence":
        next = program.steps.find((step) => !passing.has(step.op));
        break;
      case "repeat":
        next = program.step;
        break;
      case "fallback":
        next = program.attempt;
        break;
      case "call": {
        const target = prepared.model.calls[program.call]?.routine ?? -1;
        const visits = traffic.visits[target] ?? 0;
        // Calls that lead round in a circle before anything is served have no first station.
        if (visits === 0 || calls > prepared.model.routines.length) return null;
        calls += 1;
        share = (share * (traffic.attempts[program.call] ?? 0)) / visits;
        next = prepared.model.routines[target]?.program;
        break;
      }
      default:
        return null;
    }
  }
  return null;
}
