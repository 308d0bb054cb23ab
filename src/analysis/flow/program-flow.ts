import { assertNever } from "#src/base/assert-never.ts";
import type { Program } from "../model/program.ts";
import type { Conditions } from "./conditions.ts";
import { type BranchChance, groupAnswer } from "./group-answer.ts";

/** Where the flow of a program is written down; rates are per second (or per visit, when the program runs at rate 1). */
export interface FlowSink {
  /** Attempts over a call. */
  call(call: number, attemptsPerSecond: number): void;
  /** Arrivals at a station by one `work` or `hold`. */
  arrive(step: Program & { readonly op: "work" | "hold" }, ratePerSecond: number): void;
  /** Requests that ask a limiter. */
  ask?(limiter: number, ratePerSecond: number): void;
}

const nowhere: FlowSink = { call: () => undefined, arrive: () => undefined };

/** Runs programs at a rate under given conditions. One object may be used again and again, but not inside itself. */
export class ProgramFlow {
  /** Rate of runs that failed, of the last `run`. */
  failed = 0;
  private readonly conditions: Conditions;
  private readonly sink: FlowSink;

  constructor(conditions: Conditions, sink: FlowSink = nowhere) {
    this.conditions = conditions;
    this.sink = sink;
  }

  /** Starts the program `rate` times a second; returns the rate of runs that end well, and leaves `failed`. */
  run(program: Program, rate: number): number {
    this.failed = 0;
    if (rate === 0) return 0;
    switch (program.op) {
      case "sequence":
        return this.runSteps(program.steps, rate);
      case "work":
        this.sink.arrive(program, rate);
        this.failed = rate * (this.conditions.rejected[program.station] ?? 0);
        return rate * (this.conditions.completed[program.station] ?? 1);
      case "hold": {
        this.sink.arrive(program, rate);
        const admitted = rate * (this.conditions.completed[program.station] ?? 1);
        const answered = this.run(program.body, admitted);
        this.failed += rate * (this.conditions.rejected[program.station] ?? 0);
        return answered;
      }
      case "delay":
        return rate;
      case "call":
        return this.useCall(program.call, rate);
      case "send":
        this.sink.call(program.call, rate * (this.conditions.attempts[program.call] ?? 1));
        return rate;
      case "parallel":
        return this.runGroup(program.branches, program.needed, rate);
      case "choice": {
        let answered = 0;
        let failed = 0;
        for (const { probability, step } of program.options) {
          answered += this.run(step, rate * probability);
          failed += this.failed;
        }
        this.failed = failed;
        return answered;
      }
      case "route": {
        let answered = 0;
        let failed = 0;
        for (const { share, step } of program.options) {
          answered += this.run(step, rate * share);
          failed += this.failed;
        }
        this.failed = failed;
        return answered;
      }
      case "repeat":
        return this.runRepeat(program.meanCalls, program.step, rate);
      case "lookup":
        return this.runLookup(program, rate);
      case "fallback": {
        const answered = this.run(program.attempt, rate);
        return answered + this.run(program.otherwise, this.failed);
      }
      case "reject":
        this.failed = rate * program.probability;
        return rate - this.failed;
      case "limit": {
        this.sink.ask?.(program.limiter, rate);
        const passed = rate * (this.conditions.passed[program.limiter] ?? 1);
        this.failed = rate - passed;
        return passed;
      }
      default:
        return assertNever(program, "program flow");
    }
  }

  private runSteps(steps: readonly Program[], rate: number): number {
    let failed = 0;
    let going = rate;
    for (const step of steps) {
      going = this.run(step, going);
      failed += this.failed;
    }
    this.failed = failed;
    return going;
  }

  private useCall(call: number, rate: number): number {
    this.sink.call(call, rate * (this.conditions.attempts[call] ?? 1));
    this.failed = rate * (this.conditions.failed[call] ?? 0);
    return rate * (this.conditions.answered[call] ?? 1);
  }

  private runLookup(program: Program & { readonly op: "lookup" }, rate: number): number {
    const afterHit = this.useCall(program.callOnHit, rate * program.hitRatio);
    let failed = this.failed;
    const afterMiss = this.useCall(program.callOnMiss, rate * (1 - program.hitRatio));
    failed += this.failed;
    let answered = this.run(program.hit, afterHit);
    failed += this.failed;
    answered += this.run(program.miss, afterMiss);
    this.failed += failed;
    return answered;
  }

  private runGroup(branches: readonly Program[], needed: number | null, rate: number): number {
    const chances: BranchChance[] = [];
    for (const branch of branches) {
      const absent = absence(branch);
      const answered = this.run(branch, rate) / rate;
      const runs = 1 - absent;
      // A branch that is not drawn counts as answered in its own flow; here it is told apart.
      chances.push({
        absent,
        answered: runs > 0 ? Math.max(0, answered - absent) / runs : 1,
        failed: runs > 0 ? this.failed / rate / runs : 0,
      });
    }
    const { answered, failed } = groupAnswer(chances, needed);
    this.failed = rate * failed;
    return rate * answered;
  }

  /** The n-th call is made only when the ones before it were answered. */
  private runRepeat(meanCalls: number, step: Program, rate: number): number {
    const { whole, extra } = splitCalls(meanCalls);
    if (whole === 0) {
      const answered = this.run(step, rate * extra);
      return rate * (1 - extra) + answered;
    }
    // One run tells the shares; the rest of the flow is proportional to it.
    const answer = new ProgramFlow(this.conditions).run(step, 1);
    let started = 0;
    let going = 1;
    if (answer === 1) started = whole;
    else {
      started = (1 - answer ** whole) / (1 - answer);
      going = answer ** whole;
    }
    started += going * extra;
    this.run(step, rate * started);
    return rate * going * (1 - extra + extra * answer);
  }
}

/** Probability that a branch of a parallel group does not run at all: a call that is made less than once on average. */
export function absence(branch: Program): number {
  return branch.op === "repeat" && branch.meanCalls < 1 ? 1 - branch.meanCalls : 0;
}

/** A mean number of calls as its whole part and the probability of one more. */
export function splitCalls(meanCalls: number): { readonly whole: number; readonly extra: number } {
  const nearest = Math.round(meanCalls);
  // 0.1 + 0.2 style rounding is a whole number.
  if (Math.abs(meanCalls - nearest) <= 1e-9) return { whole: nearest, extra: 0 };
  const whole = Math.floor(meanCalls);
  return { whole, extra: meanCalls - whole };
}
