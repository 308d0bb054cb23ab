import { EventQueue } from "#src/analysis/simulation/event-queue.ts";
import { QuantileSketch } from "#src/analysis/simulation/quantile-sketch.ts";
import { RandomStream } from "#src/analysis/simulation/random-streams.ts";
import { littlesLawGap, TimeAverage } from "#src/analysis/simulation/time-average.ts";
import { timeSampler } from "#src/analysis/simulation/time-sampler.ts";

/** A station with Poisson arrivals, first come, first served. Times are in units of the mean service time. */
export interface StationPlan {
  readonly servers: number;
  /** Arrivals in a mean service time. */
  readonly offeredLoad: number;
  /** Coefficient of variation of the service times. */
  readonly variability: number;
  /** Waiting places; null for no limit. */
  readonly places: number | null;
  readonly arrivals: number;
  readonly seed: number;
  readonly replication: number;
}

/** One replication, by arrival: NaN for what did not come to pass. */
export interface StationRun {
  readonly events: number;
  /** Of the arrivals that were accepted and served before the end; the order is that of arrival. */
  readonly waits: Float64Array;
  readonly sojourns: Float64Array;
  /** Arrivals whose fate is known: refused, or served from some moment on. */
  readonly judged: number;
  /** Busy share of the servers, over the whole run. */
  readonly utilization: number;
  /** Over the whole run: the two sides of Little's law, and accepted less completed less those in the station at the end. */
  readonly littlesLawGap: number;
  readonly lost: number;
}

const ARRIVAL = 0;
const DEPARTURE = 1;

/** One replication from an empty station, written directly on the event queue, the streams and the statistics. */
export function simulateStation(plan: StationPlan): StationRun {
  const { servers, places, arrivals } = plan;
  const streamFor = (purpose: string) => new RandomStream({ ...plan, owner: "station", purpose });
  const [arrivalStream, serviceStream] = [streamFor("arrivals"), streamFor("service times")];
  const gap = timeSampler({ meanMs: 1 / plan.offeredLoad, variability: 1 });
  const service = timeSampler({ meanMs: 1, variability: plan.variability });
  const queue = new EventQueue();
  // By arrival; NaN for what was refused.
  const arrivedAt = new Float64Array(arrivals);
  const waits = new Float64Array(arrivals).fill(Number.NaN);
  const sojourns = new Float64Array(arrivals).fill(Number.NaN);
  const line = new Int32Array(arrivals);
  const present = new TimeAverage(0, 0);
  const busy = new TimeAverage(0, 0);
  let [arrived, accepted, completed, lineStart, lineEnd, events] = [0, 0, 0, 0, 0, 0];

  const start = (visit: number): void => {
    waits[visit] = queue.time - (arrivedAt[visit] ?? 0);
    queue.schedule(queue.time + service(serviceStream), DEPARTURE, visit, 0);
  };
  queue.schedule(gap(arrivalStream), ARRIVAL, 0, 0);
  while (arrived < arrivals && queue.next()) {
    events++;
    const { time } = queue;
    if (queue.code === ARRIVAL) {
      const visit = arrived++;
      arrivedAt[visit] = time;
      queue.schedule(time + gap(arrivalStream), ARRIVAL, 0, 0);
      if (busy.value < servers) {
        busy.change(time, busy.value + 1);
        start(visit);
      } else if (places === null || lineEnd - lineStart < places) line[lineEnd++] = visit;
      else continue;
      accepted++;
      present.change(time, present.value + 1);
    } else {
      completed++;
      sojourns[queue.first] = time - (arrivedAt[queue.first] ?? 0);
      present.change(time, present.value - 1);
      if (lineStart < lineEnd) start(line[lineStart++] ?? 0);
      else busy.change(time, busy.value - 1);
    }
  }

  const end = queue.time;
  let timeInStation = 0;
  for (let visit = 0; visit < arrived; visit++) {
    const isWaiting = Number.isNaN(waits[visit]) && line.subarray(lineStart, lineEnd).includes(visit);
    const isServed = !Number.isNaN(waits[visit]) && Number.isNaN(sojourns[visit]);
    timeInStation += isWaiting || isServed ? end - (arrivedAt[visit] ?? 0) : sojourns[visit] || 0;
  }
  const inStation = lineEnd - lineStart + busy.value;
  return {
    events,
    waits,
    sojourns,
    judged: lineStart < lineEnd ? (line[lineStart] ?? 0) : arrivals,
    utilization: busy.meanUntil(end) / servers,
    littlesLawGap: littlesLawGap(present.meanUntil(end), accepted / end, timeInStation / accepted),
    lost: accepted - completed - inStation,
  };
}

/** What replications tell after a warm-up common to all. */
export interface StationFigures {
  readonly meanWaits: readonly number[];
  readonly refusedFractions: readonly number[];
  readonly sojourns: readonly QuantileSketch[];
}

/** The figures of each replication from an arrival on. */
export function figuresFrom(first: number, runs: readonly StationRun[]): StationFigures {
  const judgedWaits = runs.map(({ waits, judged }) => waits.subarray(first, judged));
  const sketches = (series: readonly Float64Array[]): QuantileSketch[] =>
    series.map((values) => {
      const sketch = new QuantileSketch();
      for (const value of values) if (!Number.isNaN(value)) sketch.add(value);
      return sketch;
    });
  return {
    meanWaits: sketches(judgedWaits).map(({ mean }) => mean),
    refusedFractions: judgedWaits.map((waits) => waits.filter((wait) => Number.isNaN(wait)).length / waits.length),
    sojourns: sketches(runs.map(({ sojourns }) => sojourns.subarray(first))),
  };
}
