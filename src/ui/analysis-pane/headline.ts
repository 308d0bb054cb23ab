import { formatMultiple, formatNumber, formatRate } from "#src/base/format.ts";
import { declaredTotalPerSecond, declaredTotalUsers } from "#src/compile/journey-rates.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";

/** Words, or a figure of the design that can be explained. */
export type DetailPart = string | { readonly figure: "maxLoad" | "maxLoadWithinTargets"; readonly text: string };

export interface Headline {
  /** The answer, in one sentence without a full stop. */
  readonly answer: string;
  readonly detail: readonly DetailPart[];
  readonly isWarning: boolean;
  /** The design says nothing about traffic yet: the inspector is the place to go on. */
  readonly needsTraffic?: true;
}

/** "9 240 requests/s"; slower rates keep the unit that suits them. */
function requestsInWords(ratePerSecond: number): string {
  return formatRate(ratePerSecond).replace("/", " requests/");
}

/** What comes at load 1: requests of open journeys, users of closed ones. */
function trafficInWords(ratePerSecond: number, users: number): string {
  const parts = [];
  if (ratePerSecond > 0) parts.push(requestsInWords(ratePerSecond));
  if (users > 0) parts.push(users === 1 ? "1 user" : `${formatNumber(users)} users`);
  return parts.join(" and ");
}

/** Two figures, cut and not rounded: a design never claims to carry more than it does. */
function cutToTwoFigures(multiple: number): number {
  const unit = 10 ** (Math.floor(Math.log10(multiple)) - 1);
  return Number((Math.floor(multiple / unit + 1e-9) * unit).toPrecision(2));
}

/**
 * What holds at the load of the dial, said first and in one sentence: beyond the break or beyond the targets that comes
 * before what the design carries of its declared load.
 */
export function headlineOf(design: Design, report: AnalysisReport | null, hasProblems = false): Headline {
  const declared = declaredHeadline(design, report, hasProblems);
  if (report === null || report.load <= 1) return declared;
  const { load, maxLoad, maxLoadWithinTargets } = report;
  const detail = [`${declared.answer}. `, ...declared.detail];
  if (maxLoad !== null && load >= maxLoad) {
    const first = report.breakingLoads[0];
    const name = first === undefined ? "a part" : (design.nodes.get(first.node)?.name ?? first.node);
    return { answer: `Overloaded at ${formatMultiple(load)}: ${name} is full`, detail, isWarning: true };
  }
  if (maxLoadWithinTargets !== null && maxLoadWithinTargets >= 1 && load > maxLoadWithinTargets) {
    return { answer: `Too slow at ${formatMultiple(load)}: a latency target is missed`, detail, isWarning: true };
  }
  return declared;
}

/** Whether the design carries its declared load. */
function declaredHeadline(design: Design, report: AnalysisReport | null, hasProblems: boolean): Headline {
  if (design.nodes.size === 0) {
    return {
      answer: "Nothing is drawn yet",
      detail: ["Drag a part from the left onto the canvas, or open a template."],
      isWarning: false,
    };
  }
  if (design.journeys.size === 0) {
    return {
      answer: "No traffic yet",
      detail: ["Add a journey: where requests enter, and how many come in a second. Then every part shows its load."],
      isWarning: false,
      needsTraffic: true,
    };
  }
  const total = declaredTotalPerSecond(design);
  const users = declaredTotalUsers(design);
  if (total === 0 && users === 0) {
    return {
      answer: "No rate is declared",
      detail: [
        "Give a journey its requests per second or its users, or state users and requests a day in the requirements.",
      ],
      isWarning: false,
      needsTraffic: true,
    };
  }
  if (report === null && hasProblems) {
    return { answer: "Cannot be computed as it is", detail: ["Mend what is said above."], isWarning: true };
  }
  if (report === null) return { answer: "No answer yet", detail: ["The design is being computed."], isWarning: false };
  const rate = `${trafficInWords(total, users)} at load 1. `;
  if (report.maxLoad === null) {
    return {
      answer: "Nothing limits this design yet",
      detail: [rate, "No journey reaches a part with a capacity: connect a client to a service or a store."],
      isWarning: false,
    };
  }
  const full: DetailPart = { figure: "maxLoad", text: formatMultiple(report.maxLoad) };
  const first = report.breakingLoads[0];
  const name = first === undefined ? "" : (design.nodes.get(first.node)?.name ?? first.node);
  if (report.maxLoad < 1) {
    return {
      answer: "Cannot carry its declared load",
      detail: [`${name} is full at `, full, `. ${rate.trim()}`],
      isWarning: true,
    };
  }
  const times = cutToTwoFigures(report.maxLoad);
  const carries = times > 1 ? `Carries ${formatNumber(times)} times your peak` : "Just carries your peak";
  const hasTargets = [...design.journeys.values()].some((journey) => (journey.latencyTargets ?? []).length > 0);
  if (!hasTargets) {
    return { answer: carries, detail: [rate, "Full at ", full, ". No latency target is set."], isWarning: false };
  }
  if (report.isMaxLoadWithinTargetsPending === true) {
    return {
      answer: carries,
      detail: [rate, "Full at ", full, "; how far latency targets hold is being worked out."],
      isWarning: false,
    };
  }
  const within = report.maxLoadWithinTargets;
  const holds: DetailPart = { figure: "maxLoadWithinTargets", text: formatMultiple(within) };
  if (within !== null && within < 1) {
    return {
      answer: "Carries your peak, but too slowly",
      detail:
        within > 0
          ? [rate, "Latency targets hold only up to ", holds, "; it is full at ", full, "."]
          : [rate, "A latency target is missed at ", { ...holds, text: "any load" }, "; it is full at ", full, "."],
      isWarning: true,
    };
  }
  return {
    answer: carries,
    detail:
      within === null || within >= report.maxLoad * 0.995
        ? [rate, "Latency targets hold until it is full, at ", full, "."]
        : [rate, "Full at ", full, "; latency targets hold up to ", holds, "."],
    isWarning: false,
  };
}
