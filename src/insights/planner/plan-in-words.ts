import { formatCount, formatDurationMs, formatMultiple, formatNumber, formatPercent } from "#src/base/format.ts";
import type { Design } from "#src/design/document.ts";
import type { Contributor, InstancePlan, PlanBreach, PlannedChange, PlannedTarget } from "./instance-plan.ts";

function nodeName(design: Design, id: string): string {
  return design.nodes.get(id)?.name ?? id;
}

function journeyName(design: Design, id: string): string {
  return design.journeys.get(id)?.name ?? id;
}

/** Why it is this number and not one fewer. */
export function reasonInWords(design: Design, change: PlannedChange, headroom: number): string {
  if (change.because === null) return "Not needed for load or latency. Two stay, so that one may fail.";
  return `With ${formatCount(change.to - 1)}, ${breachInWords(design, change.node, change.because, headroom)}.`;
}

function breachInWords(design: Design, node: string, breach: PlanBreach, headroom: number): string {
  switch (breach.of) {
    case "headroom": {
      const subject = breach.node === node ? "it" : nodeName(design, breach.node);
      if (breach.utilization === null) return `${subject} would be full`;
      if (breach.utilization >= 1) {
        return `${subject} would be asked for ${formatPercent(breach.utilization, { digits: 3 })} of what it can do`;
      }
      return `${subject} would be ${formatPercent(breach.utilization, { digits: 2 })} used, over ${formatPercent(1 - headroom)}`;
    }
    case "latency": {
      const what = `p${formatNumber(breach.percentile)} of ${journeyName(design, breach.journey)}`;
      if (breach.actualMs === null) return `${what} would have no bound`;
      return `${what} would be ${formatDurationMs(breach.actualMs)}, over ${formatDurationMs(breach.ms)}`;
    }
    case "availability":
      return `${journeyName(design, breach.journey)} would be available ${formatPercent(breach.actual, { digits: 4 })} of the time, under ${formatPercent(breach.target, { digits: 4 })}`;
  }
}

/** "p99 of Follow a link". */
export function targetInWords(design: Design, { percentile, journey }: PlannedTarget): string {
  return `p${formatNumber(percentile)} of ${journeyName(design, journey)}`;
}

/** Why no number of instances meets a target, and which parts of the way are to blame; null when it is met. */
export function missInWords(design: Design, target: PlannedTarget): string | null {
  const wanted = formatDurationMs(target.ms);
  const [first] = target.contributors;
  switch (target.outcome) {
    case "met":
      return null;
    case "impossible":
      return target.floorMs === null
        ? `No request is ever answered, however many instances there are.`
        : `Takes ${formatDurationMs(target.floorMs)} even when nobody waits, and the target is ${wanted}. No number of instances can meet it.`;
    case "stuck":
      if (target.afterMs === null || first?.waitMs === null) {
        return `${first === undefined ? "A part on the way" : nodeName(design, first.node)} is full and cannot have more instances, so there is no bound.`;
      }
      return `Stays at ${formatDurationMs(target.afterMs)} against ${wanted}: what is left are waits where no instances can be added, and times that instances do not shorten.`;
  }
}

/** "Store 41 ms (service 40 ms, waiting 1 ms)". */
export function contributorInWords(design: Design, part: Contributor): string {
  const times = [
    part.serviceMs > 0 ? `service ${formatDurationMs(part.serviceMs)}` : "",
    part.waitMs === null
      ? "waiting without bound"
      : part.waitMs > 0.005
        ? `waiting ${formatDurationMs(part.waitMs)}`
        : "",
    part.networkMs > 0 ? `network ${formatDurationMs(part.networkMs)}` : "",
  ].filter((words) => words !== "");
  return `${nodeName(design, part.node)}: ${times.join(", ")}`;
}

/** The answer in one sentence. */
export function planInWords(plan: InstancePlan): string {
  const at = plan.load === 1 ? "your peak" : `${formatMultiple(plan.load)} your declared load`;
  const isFull = plan.stuck.some(({ utilization }) => utilization === null || utilization >= 1);
  if (isFull) {
    const help =
      plan.changes.length === 0 ? "Instances do not help" : `${changeInWords(plan)} help, and do not suffice`;
    return `${help}: a part that cannot have more is full at ${at}`;
  }
  const missed = plan.targets.filter(({ outcome }) => outcome !== "met").length;
  const rest =
    missed > 0
      ? `; ${missed === 1 ? "one latency target" : `${missed} latency targets`} cannot be met by instances`
      : plan.stuck.length > 0
        ? "; a part that cannot have more stays over the line"
        : "";
  if (plan.changes.length === 0) return `${rest === "" ? "Enough as it is" : "No instances to add"} for ${at}${rest}`;
  const more = plan.after.instances - plan.before.instances;
  const verb = more < 0 ? "still carry" : more === 1 || more === 0 ? "carries" : "carry";
  return `${changeInWords(plan)} ${verb} ${at}${rest}`;
}

/** "3 more instances" */
function changeInWords(plan: InstancePlan): string {
  const more = plan.after.instances - plan.before.instances;
  if (more === 0) return "The same number of instances, placed anew,";
  const noun = Math.abs(more) === 1 ? "instance" : "instances";
  return more > 0 ? `${formatCount(more)} more ${noun}` : `${formatCount(-more)} ${noun} fewer`;
}
