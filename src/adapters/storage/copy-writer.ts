import { type DesignCopy, decodeSlot, encodeSlot, newestSlot } from "./copy-slot.ts";

/** The part of `FileSystemSyncAccessHandle` that is used. Whoever holds one keeps all others from the file. */
export interface SyncFile {
  read(into: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
}

/**
 * Writes a copy over the older one of a design's two slots, so that a write which is cut off anywhere leaves the newer one
 * as it was. A deletion is written over both. A copy never replaces one of a later revision, and nothing but a later
 * revision replaces a deletion. Throws when the browser refuses; then nothing is lost either.
 */
export function writeCopy(files: readonly [SyncFile, SyncFile], copy: DesignCopy): void {
  const slots = files.map((file) => decodeSlot(readAll(file)));
  const newest = newestSlot(slots);
  if (newest !== null && isOutdated(copy, newest.copy)) return;
  const [first, second] = files;
  const older = newest !== null && newest === slots[0] ? second : first;
  const serial = (newest?.serial ?? 0) + 1;
  writeAll(older, encodeSlot({ serial, copy }));
  if (copy.text === null) writeAll(older === first ? second : first, encodeSlot({ serial: serial + 1, copy }));
}

function isOutdated(copy: DesignCopy, newest: DesignCopy): boolean {
  // A deletion is repeated: the one before may have been cut off between the slots.
  if (copy.text !== null && newest.text === null) return copy.revision <= newest.revision;
  return copy.revision < newest.revision;
}

function readAll(file: SyncFile): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(file.getSize());
  const count = file.read(bytes, { at: 0 });
  return bytes.subarray(0, count);
}

function writeAll(file: SyncFile, bytes: Uint8Array<ArrayBuffer>): void {
  for (let done = 0; done < bytes.length; ) {
    const count = file.write(bytes.subarray(done), { at: done });
    if (count <= 0) throw new Error("the browser wrote nothing");
    done += count;
  }
  file.truncate(bytes.length);
  file.flush();
}
