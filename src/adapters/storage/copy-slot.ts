import { checksum } from "./checksum.ts";

/** A stored design as it lies in its second copy, outside the database. */
export interface DesignCopy {
  readonly id: string;
  /** Of the record that was copied. */
  readonly revision: number;
  readonly createdAtMs: number;
  readonly savedAtMs: number;
  readonly trashedAtMs: number | null;
  /** The design file; null when the design was deleted for good, up to this revision. */
  readonly text: string | null;
}

/** Copies of one design are counted as they are written: the trash changes a design without a new revision. */
export interface Slot {
  readonly serial: number;
  readonly copy: DesignCopy;
}

const mark = "plimsoll-copy 1";
const longestFirstLine = 100;
const firstLine = new RegExp(`^${mark} (\\d+) (\\S+)$`);

/**
 * The bytes of a slot: a line with the mark of this format, the length in bytes of what follows and its checksum; a line of
 * JSON; the design file. Whatever comes after that length is left over from a longer one.
 */
export function encodeSlot({ serial, copy }: Slot): Uint8Array<ArrayBuffer> {
  const { text, ...head } = copy;
  const body = `${JSON.stringify({ serial, isRemoved: text === null, ...head })}\n${text ?? ""}`;
  const encoder = new TextEncoder();
  const bytes = encoder.encode(body);
  const line = encoder.encode(`${mark} ${bytes.length} ${checksum(body)}\n`);
  const slot = new Uint8Array(line.length + bytes.length);
  slot.set(line);
  slot.set(bytes, line.length);
  return slot;
}

/** Null for anything that is not, to the last byte, what was once handed over to be written. */
export function decodeSlot(bytes: Uint8Array<ArrayBuffer>): Slot | null {
  const lineEnd = bytes.subarray(0, longestFirstLine).indexOf(10);
  if (lineEnd < 0) return null;
  const found = firstLine.exec(decode(bytes.subarray(0, lineEnd)) ?? "");
  if (found === null) return null;
  const start = lineEnd + 1;
  const length = Number(found[1]);
  if (start + length > bytes.length) return null;
  const body = decode(bytes.subarray(start, start + length));
  if (body === null || checksum(body) !== found[2]) return null;
  const headEnd = body.indexOf("\n");
  return slotOf(parse(body.slice(0, headEnd)), body.slice(headEnd + 1));
}

/** The slot that was written last, of those that are whole. */
export function newestSlot(slots: readonly (Slot | null)[]): Slot | null {
  return slots.reduce((best, slot) => (slot !== null && slot.serial > (best?.serial ?? -1) ? slot : best), null);
}

/** Ids that can name a file everywhere; those of the application are hexadecimal. */
export function isCopyId(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{1,100}$/.test(value);
}

export function isCopy(value: unknown): value is DesignCopy {
  if (typeof value !== "object" || value === null) return false;
  const { id, revision, createdAtMs, savedAtMs, trashedAtMs, text } = value as Readonly<Record<string, unknown>>;
  return (
    isCopyId(id) &&
    isCount(revision) &&
    Number.isFinite(createdAtMs) &&
    Number.isFinite(savedAtMs) &&
    (trashedAtMs === null || Number.isFinite(trashedAtMs)) &&
    (text === null || typeof text === "string")
  );
}

function slotOf(head: unknown, text: string): Slot | null {
  if (typeof head !== "object" || head === null || !("serial" in head) || !("isRemoved" in head)) return null;
  const { serial, isRemoved, ...rest } = head;
  const copy: unknown = { ...rest, text: isRemoved === true ? null : text };
  return isCount(serial) && isCopy(copy) ? { serial, copy } : null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function decode(bytes: Uint8Array<ArrayBuffer>): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
