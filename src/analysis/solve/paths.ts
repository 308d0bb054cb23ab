import { assertNever } from "#src/base/assert-never.ts";
import { calleesFirst } from "../flow/callees-first.ts";
import { absence, ProgramFlow } from "../flow/program-flow.ts";
import { completedWithin } from "../latency/completed-within.ts";
import { constantLaw } from "../latency/constant-law.ts";
import { tail } from "../latency/tail.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { Program } from "../model/program.ts";
import type { JourneyPath } from "../model/solution.ts";
import { RARELY_LATE } from "./call-outcome.ts";
import type { SettledFlows } from "./fixed-point.ts";
import { groupOutcome } from "./group-outcome.ts";
import { answeredAfter, inSequence, nothing, type Outcome, sum } from "./outcome.ts";
import { chain, once, tidy, type Variant, weighted } from "./path-variants.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { steadyLaw } from "./results.ts";
import { visitOutcome } from "./station-state.ts";

/** Paths listed of a journey; the rest is folded into the last. */
const MOST_PATHS = 16;
/** Parallel branches with more combinations than this are listed as one path: each combination is a join of its own. */
const MOST_COMBINATIONS = 32;
const MOST_NESTED_LAWS = 32;

/**
 * The waited-for paths of a journey: choices, draws of caches, routers and calls that are made only sometimes each give
 * their own, with the law given that path. Repeated calls and loops of calls list their nodes once. Laws are worked out
 * when they are read.
 */
export class JourneyPaths {
  private readonly prepared: PreparedModel;
  private readonly flows: SettledFlows;
  private readonly chances: ProgramFlow;
  private readonly known = new Map<number, readonly Variant[]>();
  /** How many routines' laws wait for each other below a routine with several paths. */
  private readonly nesting = new Map<number, number>();

  constructor(prepared: PreparedModel, flows: SettledFlows) {
    this.prepared = prepared;
    this.flows = flows;
    this.chances = new ProgramFlow(flows.conditions);
  }

  of(journey: number): readonly JourneyPath[] {
    const entry = this.prepared.model.journeys[journey];
    if (entry === undefined) return [];
    // Callees first, so that no chain of calls is deeper than the stack.
    for (const routine of calleesFirst(this.prepared.model, entry.routine))
      this.known.set(routine, this.ofRoutine(routine));
    return (this.known.get(entry.routine) ?? []).map(({ share, nodes, law, isRest }) => ({
      nodes,
      share,
      isRest,
      get law() {
        return law();
      },
    }));
  }

  private ofRoutine(index: number): readonly Variant[] {
    const known = this.known.get(index);
    const routine = this.prepared.model.routines[index];
    if (known !== undefined || routine === undefined) return known ?? [];
    const inside = this.through(routine.program, index);
    const own = routine.edge === null ? [routine.node] : [];
    const [only] = inside;
    if (inside.length === 1 && only !== undefined) {
      const law = once(() => steadyLaw(this.flows.evaluation.routines[index] ?? nothing));
      return [{ share: 1, nodes: [...own, ...only.nodes], law, isRest: only.isRest }];
    }
    const variants = inside.map((variant) => ({ ...variant, nodes: [...own, ...variant.nodes] }));
    this.limitNesting(index, variants);
    return variants;
  }

  /** Laws that wait for each other from call to call are worked out before they are nested too deep to be. */
  private limitNesting(index: number, variants: readonly Variant[]): void {
    let depth = 1;
    for (const target of this.prepared.graph.waited[index] ?? []) {
      depth = Math.max(depth, 1 + (this.nesting.get(target) ?? 0));
    }
    if (depth > MOST_NESTED_LAWS) {
      for (const { law } of variants) law();
      depth = 0;
    }
    this.nesting.set(index, depth);
  }

  private through(program: Program, routine: number): readonly Variant[] {
    switch (program.op) {
      case "sequence":
        return this.inOrder(
          program.steps.map((step) => this.through(step, routine)),
          () => this.lawOf(program, routine),
        );
      case "work":
      case "delay":
      case "send":
      case "reject":
      case "limit":
        return [this.single([], program, routine)];
      case "hold": {
        const waiting: Variant = {
          share: 1,
          nodes: [],
          law: once(() => {
            const state = this.flows.evaluation.stationFor(program.station, routine);
            return state === undefined ? null : steadyLaw(visitOutcome(state, 1, noTime));
          }),
          isRest: false,
        };
        return this.inOrder([[waiting], this.through(program.body, routine)]);
      }
      case "call":
        return this.ofCall(program.call);
      case "parallel":
        return this.ofGroup(program, routine);
      case "choice":
        return this.ofOptions(
          program.options.map(({ probability, step }) => ({ probability, step })),
          routine,
        );
      case "route":
        return this.ofOptions(
          program.options.map(({ share, step }) => ({ probability: share, step })),
          routine,
        );
      case "repeat":
        return this.ofRepeat(program, routine);
      case "lookup":
        return this.ofLookup(program, routine);
      case "fallback":
        return this.ofFallback(program, routine);
      default:
        return assertNever(program, "paths");
    }
  }

  private single(nodes: readonly number[], program: Program, routine: number): Variant {
    return { share: 1, nodes, law: once(() => this.lawOf(program, routine)), isRest: false };
  }

  private lawOf(program: Program, routine: number): LatencyLaw | null {
    return steadyLaw(this.flows.evaluation.outcomeOf(program, routine));
  }

  /** The best products of the parts' variants, part by part. `whole` gives the law of all of them together. */
  private inOrder(parts: readonly (readonly Variant[])[], whole?: () => LatencyLaw | null): readonly Variant[] {
    let ways: readonly Variant[] | null = null;
    let alike: Variant[] = [];
    let nested = 0;
    for (const options of parts) {
      const [only] = options;
      if (options.length === 1 && only !== undefined && only.share === 1 && !only.isRest) {
        alike.push(only);
        continue;
      }
      const before = appended(ways, alike);
      alike = [];
      ways = before === null ? options : before.flatMap((way) => options.map((option) => chain([way, option])));
      if (ways.length <= MOST_PATHS) continue;
      ways = tidy(ways, MOST_PATHS);
      const [rest] = ways;
      if (whole !== undefined && ways.length === 1 && rest?.isRest === true) return [{ ...rest, law: once(whole) }];
      nested += 1;
      if (nested % MOST_NESTED_LAWS === 0) for (const { law } of ways) law();
    }
    return tidy(appended(ways, alike) ?? [nothingMore], MOST_PATHS);
  }

  private ofOptions(options: readonly { readonly probability: number; readonly step: Program }[], routine: number) {
    return tidy(
      options.flatMap(({ probability, step }) => {
        const weight = probability * this.chances.run(step, 1);
        return weight > 0 ? weighted(this.through(step, routine), weight) : [];
      }),
      MOST_PATHS,
    );
  }

  private ofLookup(program: Program & { readonly op: "lookup" }, routine: number): readonly Variant[] {
    const option = (probability: number, call: number, then: Program): readonly Variant[] => {
      const answered = this.flows.conditions.answered[call] ?? 1;
      const weight = probability * answered * this.chances.run(then, 1);
      return weight > 0 ? weighted(this.inOrder([this.ofCall(call), this.through(then, routine)]), weight) : [];
    };
    return tidy(
      [
        ...option(program.hitRatio, program.callOnHit, program.hit),
        ...option(1 - program.hitRatio, program.callOnMiss, program.miss),
      ],
      MOST_PATHS,
    );
  }

  private ofFallback(program: Program & { readonly op: "fallback" }, routine: number): readonly Variant[] {
    const direct = this.chances.run(program.attempt, 1);
    const second = this.chances.failed * this.chances.run(program.otherwise, 1);
    const attempts = this.through(program.attempt, routine);
    const variants = direct > 0 ? [...weighted(attempts, direct)] : [];
    if (second > 0) {
      const failure = once(() => this.flows.evaluation.outcomeOf(program.attempt, routine).failureLaw);
      const failed: Variant = { share: 1, nodes: attempts[0]?.nodes ?? [], law: failure, isRest: false };
      variants.push(...weighted(this.inOrder([[failed], this.through(program.otherwise, routine)]), second));
    }
    return tidy(variants, MOST_PATHS);
  }

  private ofRepeat(program: Program & { readonly op: "repeat" }, routine: number): readonly Variant[] {
    const inner = this.through(program.step, routine);
    if (program.meanCalls === 1) return inner;
    if (program.meanCalls < 1) {
      const made = program.meanCalls * this.chances.run(program.step, 1);
      const none: Variant = { share: 1 - program.meanCalls, nodes: [], law: () => noTime, isRest: false };
      return tidy([...weighted(inner, made), none], MOST_PATHS);
    }
    const nodes = [...new Set(inner.flatMap((variant) => variant.nodes))];
    return [this.single(nodes, program, routine)];
  }

  private ofGroup(program: Program & { readonly op: "parallel" }, routine: number): readonly Variant[] {
    const branches = program.branches.map((branch) => this.through(branch, routine));
    if (branches.every((variants) => variants.length === 1)) {
      return [
        this.single(
          branches.flatMap((variants) => variants[0]?.nodes ?? []),
          program,
          routine,
        ),
      ];
    }
    const combinations = branches.reduce((product, variants) => product * variants.length, 1);
    if (combinations > MOST_COMBINATIONS || branches.some((variants) => variants.some(({ isRest }) => isRest))) {
      const nodes = [...new Set(branches.flatMap((variants) => variants.flatMap((variant) => variant.nodes)))];
      return [this.single(nodes, program, routine)];
    }
    let paths: readonly (readonly Variant[])[] = [[]];
    for (const options of branches) paths = paths.flatMap((path) => options.map((option) => [...path, option]));
    return tidy(
      paths.map((path) => ({
        share: path.reduce((product, { share }) => product * share, 1),
        nodes: path.flatMap(({ nodes }) => nodes),
        law: once(() => joined(path, program, this.flows.evaluation.commonWaiting(program))),
        isRest: false,
      })),
      MOST_PATHS,
    );
  }

  private ofCall(index: number): readonly Variant[] {
    const site = this.prepared.model.calls[index];
    if (site === undefined) return [];
    const result = this.flows.evaluation.calls[index];
    const outcome: Outcome = result?.outcome ?? nothing;
    const targets = this.known.get(site.routine);
    if (targets === undefined) {
      // It is being worked out: a loop of calls has come round.
      const node = this.prepared.model.routines[site.routine]?.node ?? -1;
      return [{ share: 1, nodes: [node], law: () => steadyLaw(outcome), isRest: false }];
    }
    const [only] = targets;
    if (targets.length === 1 && only !== undefined) return [{ ...only, share: 1, law: () => steadyLaw(outcome) }];
    const network = constantLaw(site.networkMs);
    const before = result?.lostLaw ?? noTime;
    return tidy(
      targets.map((target) => {
        const over = once(() => sum(network, target.law()));
        const alwaysInTime = outcome.failed < RARELY_LATE && (result?.attempts ?? 1) < 1 + RARELY_LATE;
        if (site.timeoutMs === null || alwaysInTime) return { ...target, law: once(() => sum(before, over())) };
        const timeoutMs = site.timeoutMs;
        const late = once(() => {
          const law = over();
          return law === null ? 1 : tail(law, timeoutMs);
        });
        const inTime = (law: LatencyLaw): LatencyLaw =>
          late() < RARELY_LATE ? law : completedWithin(law, timeoutMs).law;
        return {
          ...target,
          share: target.share * (1 - late()),
          law: once(() => {
            const law = over();
            return law === null ? null : sum(before, inTime(law));
          }),
        };
      }),
      MOST_PATHS,
    );
  }
}

const noTime: LatencyLaw = constantLaw(0);

/** Each way with the same steps after it; null stands for none yet. */
function appended(ways: readonly Variant[] | null, steps: readonly Variant[]): readonly Variant[] | null {
  if (steps.length === 0) return ways;
  return ways === null ? [chain(steps)] : ways.map((way) => chain([way, ...steps]));
}

const nothingMore: Variant = { share: 1, nodes: [], law: () => noTime, isRest: false };

function joined(
  path: readonly Variant[],
  program: Program & { readonly op: "parallel" },
  commonWaiting: number,
): LatencyLaw | null {
  const branches: { absent: number; outcome: Outcome }[] = [];
  for (const [index, { law, nodes }] of path.entries()) {
    const value = law();
    if (value === null) return null;
    const branch = program.branches[index];
    // A branch that was not drawn is no part of the join.
    if (branch !== undefined && absence(branch) > 0 && nodes.length === 0) continue;
    branches.push({ absent: 0, outcome: answeredAfter(value) });
  }
  const [only] = branches;
  if (only === undefined) return noTime;
  return branches.length === 1
    ? inSequence([only.outcome]).law
    : groupOutcome(branches, program.needed, commonWaiting).law;
}
