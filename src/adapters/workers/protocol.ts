import * as v from "valibot";
import type { Design } from "#src/design/document.ts";
import type { AnalysisAnswer, AnalysisRequest } from "#src/session/ports.ts";

/** What the page sends to the analysis worker. */
export type AnalysisMessage =
  | ({ readonly type: "analyse" } & AnalysisRequest)
  | { readonly type: "change-load"; readonly revision: number; readonly load: number };

const revision = v.pipe(v.number(), v.integer());
const load = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** The tables of a design travel as maps. Their records passed the validator when they entered the page. */
export const designTables = v.custom<Design>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    "nodes" in value &&
    value.nodes instanceof Map &&
    "edges" in value &&
    value.edges instanceof Map &&
    "journeys" in value &&
    value.journeys instanceof Map,
);

const messageSchema = v.variant("type", [
  v.object({ type: v.literal("analyse"), revision, load, withCurve: v.boolean(), design: designTables }),
  v.object({ type: v.literal("change-load"), revision, load }),
]);

const list = v.custom<readonly never[]>((value) => Array.isArray(value));

const answerSchema = v.variant("type", [
  v.object({
    type: v.literal("report"),
    revision,
    load,
    report: v.looseObject({ format: v.literal("plimsoll-analysis"), version: v.literal(1) }),
  }),
  v.object({ type: v.literal("curve"), revision, points: list }),
  v.object({ type: v.literal("target-load"), revision, maxLoadWithinTargets: v.nullable(v.number()) }),
  v.object({ type: v.literal("problem"), revision, problems: list }),
  v.object({ type: v.literal("failure"), revision, message: v.string() }),
]);

/** Null for anything else than a message of this protocol. */
export function readAnalysisMessage(data: unknown): AnalysisMessage | null {
  const read = v.safeParse(messageSchema, data);
  return read.success ? read.output : null;
}

/** Null for anything else than an answer of this protocol. The worker is part of this program: its reports are not read again field by field. */
export function readAnalysisAnswer(data: unknown): AnalysisAnswer | null {
  return v.is(answerSchema, data) ? (data as unknown as AnalysisAnswer) : null;
}
