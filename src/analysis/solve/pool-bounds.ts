import { callsOf, partsOf } from "../flow/program-walk.ts";
import type { AnalysisModel, Program } from "../model/program.ts";

/**
 * Most users that can be at each station because servers are held around every visit of it: the smallest pool on the way,
 * added up over different ways; infinite where some way is free.
 */
export function poolBounds(model: AnalysisModel, journeys: readonly number[]): readonly number[] {
  const pools: Map<number, number>[] = model.stations.map(() => new Map());
  const entered = new Set<string>();
  const waiting = journeys.flatMap((journey) => {
    const routine = model.journeys[journey]?.routine;
    return routine === undefined ? [] : [{ routine, pool: -1 }];
  });
  const sizeOf = (pool: number): number => {
    const station = model.stations[pool];
    return station === undefined ? Number.POSITIVE_INFINITY : station.servers * station.queues;
  };
  const walk = (program: Program, pool: number): void => {
    if (program.op === "work" || program.op === "hold") pools[program.station]?.set(pool, sizeOf(pool));
    const inside = program.op === "hold" && sizeOf(program.station) < sizeOf(pool) ? program.station : pool;
    for (const { call, waited } of callsOf(program)) {
      const routine = model.calls[call]?.routine;
      if (waited && routine !== undefined) waiting.push({ routine, pool: inside });
    }
    for (const part of partsOf(program)) walk(part, inside);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const key = `${next.routine}|${next.pool}`;
    const program = model.routines[next.routine]?.program;
    if (entered.has(key) || program === undefined) continue;
    entered.add(key);
    walk(program, next.pool);
  }
  return pools
    .map((sizes) => [...sizes.values()].reduce((sum, size) => sum + size, 0))
    .map((sum) => sum || Number.POSITIVE_INFINITY);
}
