import type { AnalysisModel, Program } from "../model/program.ts";
import { callsOf, eachStep, partsOf } from "./program-walk.ts";

/** A stream that a round-robin router sends to a station: every so-many-th of its requests, not one at random. */
export interface RoundRobinStream {
  readonly calls: readonly number[];
  /** Share of the router's requests, which is the squared coefficient of variation of the times between them. */
  readonly share: number;
}

/**
 * The round-robin streams into each station: one per router node and station (a router keeps one rotation for all its
 * journeys). Every k-th request of a Poisson stream comes at Erlang-k intervals, whose squared coefficient of variation
 * is 1/k, the router's share; shares that differ are taken the same way.
 */
export function roundRobinStreams(model: AnalysisModel): ReadonlyMap<number, readonly RoundRobinStream[]> {
  const byStation = new Map<number, Map<number, { calls: Set<number>; share: number }>>();
  for (const routine of model.routines) {
    eachStep(routine.program, (step) => {
      if (step.op !== "route" || step.policy !== "round-robin") return;
      for (const { share, step: option } of step.options) {
        const call = onlyCall(option);
        const target = call === null ? undefined : model.routines[model.calls[call]?.routine ?? -1];
        const station = target === undefined ? null : firstStation(target.program);
        if (call === null || station === null) continue;
        const byRouter = byStation.get(station) ?? new Map<number, { calls: Set<number>; share: number }>();
        byStation.set(station, byRouter);
        const stream = byRouter.get(routine.node) ?? { calls: new Set<number>(), share };
        stream.calls.add(call);
        byRouter.set(routine.node, stream);
      }
    });
  }
  return new Map(
    [...byStation].map(([station, byRouter]) => [
      station,
      [...byRouter.values()].map(({ calls, share }) => ({ calls: [...calls], share })),
    ]),
  );
}

/** The call that an option consists of; null when it is anything else. */
function onlyCall(option: Program): number | null {
  const parts = option.op === "sequence" ? option.steps : [option];
  const [step] = parts;
  if (parts.length !== 1 || step?.op !== "call") return null;
  return callsOf(step)[0]?.call ?? null;
}

/** The station where a program waits first, if it always does before anything else. */
function firstStation(program: Program): number | null {
  if (program.op === "work" || program.op === "hold") return program.station;
  if (program.op !== "sequence") return null;
  const [first] = partsOf(program);
  return first === undefined ? null : firstStation(first);
}
