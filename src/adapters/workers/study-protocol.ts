import * as v from "valibot";
import type { StudyAnswer, StudyRequest } from "#src/session/ports.ts";
import { designTables } from "./protocol.ts";

/** What the page sends to a worker that is to study a design; it does nothing else meanwhile. */
export type StudyMessage = { readonly type: "study" } & StudyRequest;

const load = v.pipe(v.number(), v.finite(), v.gtValue(0));

const messageSchema = v.object({
  type: v.literal("study"),
  design: designTables,
  question: v.variant("type", [
    v.object({
      type: v.literal("plan"),
      load,
      headroom: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
      mayReduce: v.boolean(),
    }),
    v.object({ type: v.literal("certainty"), load }),
  ]),
});

const answerSchema = v.variant("type", [
  v.object({ type: v.literal("progress"), done: v.number(), total: v.nullable(v.number()) }),
  v.object({ type: v.literal("plan"), plan: v.looseObject({ headroom: v.number() }) }),
  v.object({ type: v.literal("certainty"), certainty: v.looseObject({ samples: v.number() }) }),
  v.object({ type: v.literal("problem"), problems: v.array(v.looseObject({ message: v.string() })) }),
  v.object({ type: v.literal("failure"), message: v.string() }),
]);

/** Null for anything else than a study. */
export function readStudyMessage(data: unknown): StudyMessage | null {
  const read = v.safeParse(messageSchema, data);
  return read.success ? read.output : null;
}

/** Null for anything else than an answer of this protocol. The worker is part of this program: its answers are not read again field by field. */
export function readStudyAnswer(data: unknown): StudyAnswer | null {
  return v.is(answerSchema, data) ? (data as unknown as StudyAnswer) : null;
}
