import { catalogue } from "#library/catalogue.ts";
import { formatCount, formatDurationMs, formatMultiple, formatPercent } from "#src/base/format.ts";
import type { Design } from "#src/design/document.ts";
import type { InstancePlan } from "#src/insights/planner/instance-plan.ts";
import {
  contributorInWords,
  missInWords,
  planInWords,
  reasonInWords,
  targetInWords,
} from "#src/insights/planner/plan-in-words.ts";
import { instancePlanOf } from "#src/insights/planner/plan-instances.ts";
import { exitStatus, faultLine, UnusableInput } from "./failure.ts";
import { readDesign } from "./read-design.ts";

export interface PlanCommandOptions {
  readonly load: number;
  readonly headroom: number;
  readonly reduce?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** Prints the least instances that a file needs; the exit status is 1 when something stays unmet and `check` asks. */
export function plan(file: string, options: PlanCommandOptions, print: (text: string) => void): number {
  const design = readDesign(file);
  const { load, headroom } = options;
  const outcome = instancePlanOf(design, catalogue, { load, headroom, mayReduce: options.reduce === true });
  if (!outcome.ok) throw new UnusableInput(outcome.problem.map((problem) => faultLine(file, problem)));
  const found = outcome.value;
  print(options.json === true ? JSON.stringify(found, null, 2) : summary(design, found));
  const isMet = found.stuck.length === 0 && found.targets.every((target) => target.outcome === "met");
  return options.check === true && !isMet ? exitStatus.targetMissed : exitStatus.done;
}

function summary(design: Design, plan: InstancePlan): string {
  const nameOf = (id: string): string => design.nodes.get(id)?.name ?? id;
  const lines = [
    `${design.name} at ${formatMultiple(plan.load)} its declared load, ${formatPercent(plan.headroom)} of each part kept free`,
    `${planInWords(plan)}.`,
    `Instances ${formatCount(plan.before.instances)} → ${formatCount(plan.after.instances)}; carries ${formatMultiple(plan.before.maxLoad)} → ${formatMultiple(plan.after.maxLoad)} the declared load.`,
  ];
  for (const change of plan.changes) {
    lines.push(
      `  ${nameOf(change.node)}: ${formatCount(change.from)} → ${formatCount(change.to)}. ${reasonInWords(design, change, plan.headroom)}`,
    );
  }
  for (const { node, utilization, reason } of plan.stuck) {
    lines.push(
      `  ${nameOf(node)} stays ${utilization === null ? "without bound" : `${formatPercent(utilization)} used`}. ${reason}`,
    );
  }
  for (const target of plan.targets) {
    const miss = missInWords(design, target);
    lines.push(
      `  ${targetInWords(design, target)}: ${formatDurationMs(target.beforeMs)} → ${formatDurationMs(target.afterMs)} of ${formatDurationMs(target.ms)}${miss === null ? "" : `. ${miss}`}`,
    );
    if (miss !== null)
      lines.push(...target.contributors.slice(0, 3).map((part) => `    ${contributorInWords(design, part)}`));
  }
  return lines.join("\n");
}
