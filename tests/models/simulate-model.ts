import type { AnalysisModel, Program, TimeLaw } from "#src/analysis/model/program.ts";
import { balancedHyperexponential } from "#src/analysis/queueing/service-moments.ts";
import { type Random, seededRandom } from "#src/base/random.ts";

/** What a simulation measured. Times in ms, rates per second. */
export interface SimulatedModel {
  readonly stations: readonly {
    readonly meanWaitMs: number;
    readonly meanQueueLength: number;
    readonly busy: number;
  }[];
  readonly journeys: readonly SimulatedJourney[];
}

export interface SimulatedJourney {
  readonly completedPerSecond: number;
  readonly meanMs: number;
  readonly p50: number;
  readonly p99: number;
}

export interface SimulationPlan {
  readonly seed: number;
  /** Requests that are measured, over all journeys. */
  readonly requests: number;
  /** Requests before them that are not. */
  readonly warmup: number;
}

interface Queue {
  busy: number;
  readonly waiting: { readonly since: number; readonly start: () => void }[];
  head: number;
}

/** Waits and busy time of a station after the warm-up. */
interface Tally {
  waits: number;
  waitMs: number;
  busyMs: number;
}

/**
 * A small discrete-event simulation of an analysis model, to hold the solver against: first come, first served, queues of
 * a station by share at random or in turn; sequences, calls, choices, repetition, joins of all, held servers, open and
 * closed journeys. Calls are answered always: timeouts, limits and failures are not simulated.
 */
export function simulateModel(model: AnalysisModel, plan: SimulationPlan): SimulatedModel {
  return new Simulation(model, plan).run();
}

class Simulation {
  private readonly model: AnalysisModel;
  private readonly plan: SimulationPlan;
  private readonly random: Random;
  private readonly events = new EventQueue();
  private readonly queues: readonly (readonly Queue[])[];
  private readonly turn: number[];
  private readonly routeTurns = new Map<Program, number>();
  private readonly tallies: readonly Tally[];
  private readonly times: number[][];
  private now = 0;
  private done = 0;
  private measuredFrom = 0;

  constructor(model: AnalysisModel, plan: SimulationPlan) {
    this.model = model;
    this.plan = plan;
    this.random = seededRandom(plan.seed);
    this.queues = model.stations.map((station) =>
      Array.from({ length: station.dispatch === "shared-queue" ? 1 : station.queues }, () => ({
        busy: 0,
        waiting: [],
        head: 0,
      })),
    );
    this.turn = model.stations.map(() => 0);
    this.tallies = model.stations.map(() => ({ waits: 0, waitMs: 0, busyMs: 0 }));
    this.times = model.journeys.map(() => []);
  }

  run(): SimulatedModel {
    const { journeys } = this.model;
    journeys.forEach(({ closed, ratePerSecond }, journey) => {
      if (closed !== null) for (let user = 0; user < closed.users; user++) this.think(journey, closed.thinkTimeMs);
      else if (ratePerSecond > 0) this.arriveLater(journey, 1000 / ratePerSecond);
    });
    while (this.done < this.plan.warmup + this.plan.requests) {
      const event = this.events.next();
      if (event === null) break;
      this.now = event.at;
      event.act();
    }
    const spanMs = this.now - this.measuredFrom;
    return {
      stations: this.tallies.map(({ waits, waitMs, busyMs }, index) => {
        const station = this.model.stations[index];
        const servers = (station?.servers ?? 1) * (station?.queues ?? 1);
        return {
          meanWaitMs: waitMs / Math.max(1, waits),
          meanQueueLength: waitMs / spanMs,
          busy: busyMs / spanMs / servers,
        };
      }),
      journeys: this.times.map((times) => {
        const sorted = Float64Array.from(times).sort();
        const at = (share: number): number =>
          sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
        return {
          completedPerSecond: (times.length * 1000) / spanMs,
          meanMs: times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length),
          p50: at(0.5),
          p99: at(0.99),
        };
      }),
    };
  }

  private arriveLater(journey: number, meanMs: number): void {
    this.events.add(this.now + this.exponential(meanMs), () => {
      this.arriveLater(journey, meanMs);
      this.request(journey, () => undefined);
    });
  }

  private think(journey: number, thinkTimeMs: number): void {
    this.events.add(this.now + this.exponential(thinkTimeMs), () =>
      this.request(journey, () => this.think(journey, thinkTimeMs)),
    );
  }

  private request(journey: number, after: () => void): void {
    const started = this.now;
    const program = this.model.routines[this.model.journeys[journey]?.routine ?? -1]?.program;
    if (program === undefined) throw new Error(`Journey ${journey} starts nowhere`);
    this.start(program, () => {
      this.done++;
      if (this.done === this.plan.warmup) this.startMeasuring();
      else if (this.done > this.plan.warmup) this.times[journey]?.push(this.now - started);
      after();
    });
  }

  private startMeasuring(): void {
    this.measuredFrom = this.now;
    for (const tally of this.tallies) Object.assign(tally, { waits: 0, waitMs: 0, busyMs: 0 });
  }

  private start(program: Program, then: () => void): void {
    switch (program.op) {
      case "sequence":
        this.sequence(program.steps, 0, then);
        return;
      case "work":
        this.serve(program.station, (release) => {
          const time = this.draw(program.demand);
          this.events.add(this.now + time, () => {
            release();
            then();
          });
        });
        return;
      case "hold":
        this.serve(program.station, (release) => {
          this.start(program.body, () => {
            release();
            then();
          });
        });
        return;
      case "delay":
        this.events.add(this.now + this.draw(program.time), then);
        return;
      case "call":
        this.call(program.call, then);
        return;
      case "send":
        this.call(program.call, () => undefined);
        then();
        return;
      case "parallel": {
        let left = program.needed ?? program.branches.length;
        for (const branch of program.branches) {
          this.start(branch, () => {
            left--;
            if (left === 0) then();
          });
        }
        return;
      }
      case "choice":
        this.start(this.pick(program.options.map(({ probability, step }) => [probability, step])), then);
        return;
      case "route": {
        const options = program.options.map(({ share, step }) => [share, step] as const);
        const turn = this.routeTurns.get(program) ?? 0;
        this.routeTurns.set(program, (turn + 1) % options.length);
        this.start(program.policy === "round-robin" ? (options[turn]?.[1] ?? nothing) : this.pick(options), then);
        return;
      }
      case "repeat": {
        const whole = Math.floor(program.meanCalls);
        const times = whole + (this.random.next() < program.meanCalls - whole ? 1 : 0);
        this.sequence(new Array<Program>(times).fill(program.step), 0, then);
        return;
      }
      default:
        throw new Error(`The simulation does not know "${program.op}"`);
    }
  }

  private sequence(steps: readonly Program[], place: number, then: () => void): void {
    const step = steps[place];
    if (step === undefined) then();
    else this.start(step, () => this.sequence(steps, place + 1, then));
  }

  private call(index: number, then: () => void): void {
    const site = this.model.calls[index];
    const program = this.model.routines[site?.routine ?? -1]?.program;
    if (site === undefined || program === undefined) throw new Error(`No call ${index}`);
    const half = site.networkMs / 2;
    if (half === 0) this.start(program, then);
    else this.events.add(this.now + half, () => this.start(program, () => this.events.add(this.now + half, then)));
  }

  private serve(station: number, body: (release: () => void) => void): void {
    const settings = this.model.stations[station];
    const queues = this.queues[station] ?? [];
    const tally = this.tallies[station];
    if (settings === undefined || tally === undefined) throw new Error(`No station ${station}`);
    const turn = this.turn[station] ?? 0;
    this.turn[station] = (turn + 1) % queues.length;
    const queue = queues[settings.dispatch === "round-robin" ? turn : this.random.below(queues.length)];
    if (queue === undefined) throw new Error(`No queue at station ${station}`);
    const servers = settings.dispatch === "shared-queue" ? settings.servers * settings.queues : settings.servers;
    const since = this.now;
    const start = (): void => {
      const from = this.now;
      queue.busy++;
      tally.waits++;
      tally.waitMs += from - since;
      body(() => {
        tally.busyMs += this.now - Math.max(from, this.measuredFrom);
        queue.busy--;
        const next = queue.waiting[queue.head];
        if (next === undefined) return;
        queue.head++;
        if (queue.head > 1000 && queue.head * 2 > queue.waiting.length) {
          queue.waiting.splice(0, queue.head);
          queue.head = 0;
        }
        next.start();
      });
    };
    if (queue.busy < servers) start();
    else queue.waiting.push({ since, start });
  }

  private pick(options: readonly (readonly [number, Program])[]): Program {
    let left = this.random.next() * options.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, step] of options) {
      left -= weight;
      if (left < 0) return step;
    }
    return options.at(-1)?.[1] ?? nothing;
  }

  private exponential(meanMs: number): number {
    return meanMs === 0 ? 0 : -meanMs * Math.log(1 - this.random.next());
  }

  private draw({ meanMs, variability }: TimeLaw): number {
    if (variability === 0 || meanMs === 0) return meanMs;
    const scv = variability * variability;
    if (scv > 1) {
      const { probabilities, means } = balancedHyperexponential(scv);
      return meanMs * this.exponential(this.random.next() < probabilities[0] ? means[0] : means[1]);
    }
    const phases = Math.round(1 / scv);
    if (Math.abs(phases * scv - 1) > 1e-9) throw new Error(`The simulation draws Erlang times only, not c² = ${scv}`);
    let sum = 0;
    for (let phase = 0; phase < phases; phase++) sum += this.exponential(meanMs / phases);
    return sum;
  }
}

const nothing: Program = { op: "sequence", steps: [] };

interface TimedEvent {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/** A binary heap by time, and by order of coming where times are equal. */
class EventQueue {
  private readonly heap: TimedEvent[] = [];
  private count = 0;

  add(at: number, act: () => void): void {
    const event = { at, order: this.count++, act };
    let place = this.heap.length;
    this.heap.push(event);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.heap[parent];
      if (above === undefined || !isBefore(event, above)) break;
      this.heap[place] = above;
      place = parent;
    }
    this.heap[place] = event;
  }

  next(): TimedEvent | null {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined) return null;
    if (this.heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      const left = this.heap[child];
      if (left === undefined) break;
      const right = this.heap[child + 1];
      const smaller = right !== undefined && isBefore(right, left) ? right : left;
      if (smaller === right) child++;
      if (!isBefore(smaller, last)) break;
      this.heap[place] = smaller;
      place = child;
    }
    this.heap[place] = last;
    return first;
  }
}

function isBefore(one: TimedEvent, other: TimedEvent): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
