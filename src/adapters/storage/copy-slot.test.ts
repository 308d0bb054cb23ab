import { describe, expect, test } from "vitest";
import { type DesignCopy, decodeSlot, encodeSlot } from "./copy-slot.ts";
import { type SyncFile, writeCopy } from "./copy-writer.ts";

const copyOf = (revision: number, text: string | null, more: Partial<DesignCopy> = {}): DesignCopy => ({
  id: "design-1",
  revision,
  createdAtMs: 1_700_000_000_000,
  savedAtMs: 1_700_000_000_000 + revision,
  trashedAtMs: null,
  text,
  ...more,
});

/** A file whose writer may be killed after so many bytes, before or after it is cut to its new length. */
class MemoryFile implements SyncFile {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** Bytes that are still written before the browser is killed. */
  left = Number.POSITIVE_INFINITY;
  flushes = 0;

  read(into: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    const found = this.bytes.subarray(at, at + into.length);
    into.set(found);
    return found.length;
  }

  /** At most seven bytes a call, as a browser may write less than it is given. */
  write(bytes: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    const count = Math.min(bytes.length, 7, this.left);
    const grown = new Uint8Array(Math.max(this.bytes.length, at + count));
    grown.set(this.bytes);
    grown.set(bytes.subarray(0, count), at);
    this.bytes = grown;
    this.left -= count;
    if (this.left === 0) throw new Error("killed");
    return count;
  }

  truncate(size: number): void {
    this.bytes = this.bytes.slice(0, size);
  }

  getSize(): number {
    return this.bytes.length;
  }

  flush(): void {
    this.flushes += 1;
  }
}

type Pair = readonly [MemoryFile, MemoryFile];

const pair = (): Pair => [new MemoryFile(), new MemoryFile()];

/** What the next start finds. */
function found(files: Pair): DesignCopy | null {
  const slots = files.map((file) => decodeSlot(file.bytes)).filter((slot) => slot !== null);
  return slots.sort((left, right) => right.serial - left.serial)[0]?.copy ?? null;
}

describe("a slot", () => {
  test("gives back what was put in, in any alphabet", () => {
    for (const text of ['{"name":"Größe 数 🚢\\n"}', "", "two\nlines\n"]) {
      const copy = copyOf(7, text, { trashedAtMs: 1_700_000_000_001 });
      expect(decodeSlot(encodeSlot({ serial: 3, copy }))).toEqual({ serial: 3, copy });
    }
    const removed = copyOf(8, null);
    expect(decodeSlot(encodeSlot({ serial: 4, copy: removed }))).toEqual({ serial: 4, copy: removed });
  });

  test("cut off at any byte, or with any byte changed, is nothing", () => {
    const bytes = encodeSlot({ serial: 1, copy: copyOf(1, '{"name":"Größe"}') });
    for (let at = 0; at < bytes.length; at += 1) {
      expect(decodeSlot(bytes.slice(0, at))).toBeNull();
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(decodeSlot(changed)).toBeNull();
    }
  });

  test("is not believed when its head is of another shape", () => {
    for (const odd of [{ id: "../other" }, { revision: -1 }, { createdAtMs: Number.NaN }]) {
      expect(decodeSlot(encodeSlot({ serial: 1, copy: { ...copyOf(1, "{}"), ...odd } }))).toBeNull();
    }
  });

  test("may be followed by what is left of a longer one", () => {
    const long = encodeSlot({ serial: 1, copy: copyOf(1, "x".repeat(500)) });
    const short = encodeSlot({ serial: 2, copy: copyOf(2, "y") });
    long.set(short);
    expect(decodeSlot(long)?.copy.text).toBe("y");
  });
});

describe("writing a copy", () => {
  test("the last one is found, and the one before it is still there", () => {
    const files = pair();
    for (let revision = 1; revision <= 5; revision += 1) {
      writeCopy(files, copyOf(revision, `text ${revision}`));
      expect(found(files)?.text).toBe(`text ${revision}`);
    }
    expect(files.map((file) => decodeSlot(file.bytes)?.copy.revision).sort()).toEqual([4, 5]);
    expect(files.map(({ flushes }) => flushes).sort()).toEqual([2, 3]);
  });

  test.each([
    ["as long as", "text 3"],
    ["longer than", "a text that is a good deal longer than the others"],
    ["shorter than", "z"],
  ])("killed after any byte of a text %s the others, it leaves the revision before, or is complete", (_, text) => {
    const length = encodeSlot({ serial: 4, copy: copyOf(4, text) }).length;
    for (let left = 1; left <= length; left += 1) {
      const files = pair();
      for (const revision of [1, 2, 3]) writeCopy(files, copyOf(revision, `text ${revision}`));
      for (const file of files) file.left = left;
      expect(() => writeCopy(files, copyOf(4, text))).toThrow("killed");
      expect(found(files)).toEqual(left < length ? copyOf(3, "text 3") : copyOf(4, text));
      for (const file of files) file.left = Number.POSITIVE_INFINITY;
      writeCopy(files, copyOf(5, "after the kill"));
      expect(found(files)?.text).toBe("after the kill");
    }
  });

  test("nothing older replaces it, and the trash does without a new revision", () => {
    const files = pair();
    writeCopy(files, copyOf(2, "two"));
    writeCopy(files, copyOf(1, "one"));
    expect(found(files)?.text).toBe("two");
    writeCopy(files, copyOf(2, "two", { trashedAtMs: 5 }));
    expect(found(files)?.trashedAtMs).toBe(5);
  });

  test("a deletion leaves nothing of the text, and a late copy does not undo it", () => {
    const files = pair();
    writeCopy(files, copyOf(1, "secret"));
    writeCopy(files, copyOf(2, "secret"));
    writeCopy(files, copyOf(2, null));
    for (const { bytes } of files) expect(new TextDecoder().decode(bytes)).not.toContain("secret");
    writeCopy(files, copyOf(2, "secret"));
    expect(found(files)?.text).toBeNull();
  });

  test("a deletion that is cut off has happened or has not", () => {
    const length = encodeSlot({ serial: 3, copy: copyOf(2, null) }).length;
    for (let left = 1; left <= length; left += 1) {
      const files = pair();
      writeCopy(files, copyOf(1, "one"));
      writeCopy(files, copyOf(2, "two"));
      for (const file of files) file.left = left;
      expect(() => writeCopy(files, copyOf(2, null))).toThrow("killed");
      expect(found(files)?.text).toBe(left < length ? "two" : null);
      for (const file of files) file.left = Number.POSITIVE_INFINITY;
      writeCopy(files, copyOf(2, null));
      expect(files.map((file) => decodeSlot(file.bytes)?.copy.text)).toEqual([null, null]);
    }
  });
});
