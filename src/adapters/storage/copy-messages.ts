import { type DesignCopy, isCopy } from "./copy-slot.ts";

/** What the page sends to the worker that writes the second copies. */
export interface CopyRequest {
  /** Repeated in the answer. */
  readonly number: number;
  readonly copy: DesignCopy;
}

const outcomes = ["written", "failed", "absent"] as const;

/** `absent`: this browser has no place for second copies, or does not let a worker write there. */
export type CopyOutcome = (typeof outcomes)[number];

export interface CopyAnswer {
  readonly number: number;
  readonly outcome: CopyOutcome;
}

/** Null for anything else than a request. */
export function readCopyRequest(data: unknown): CopyRequest | null {
  if (!isNumbered(data) || !("copy" in data)) return null;
  const { number, copy } = data;
  return isCopy(copy) ? { number, copy } : null;
}

/** Null for anything else than an answer. */
export function readCopyAnswer(data: unknown): CopyAnswer | null {
  if (!isNumbered(data) || !("outcome" in data)) return null;
  const outcome = outcomes.find((known) => known === data.outcome);
  return outcome === undefined ? null : { number: data.number, outcome };
}

function isNumbered(data: unknown): data is { readonly number: number } {
  return typeof data === "object" && data !== null && "number" in data && Number.isSafeInteger(data.number);
}
