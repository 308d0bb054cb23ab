import { type DesignCopy, decodeSlot, isCopyId, newestSlot, type Slot } from "./copy-slot.ts";

/** A later form of the slots lives in a folder of its own, so that an older page cannot harm it. */
const folderName = "design-copies-1";

/** The two files of a design, in the order in which they are locked. */
export function slotFiles(id: string): readonly [string, string] {
  return [`${id}.a`, `${id}.b`];
}

/**
 * The folder of second copies in the browser's private file system. Null where the browser has none (plain http, some
 * private windows), and where there is no such folder yet and none shall be made. Rejects when the browser fails otherwise.
 */
export async function copyFolder(make: boolean): Promise<FileSystemDirectoryHandle | null> {
  // Missing on plain http.
  const storage: StorageManager | undefined = navigator.storage;
  try {
    const root = await storage?.getDirectory?.();
    return (await root?.getDirectoryHandle(folderName, { create: make })) ?? null;
  } catch (error) {
    const isNone = error instanceof DOMException && (error.name === "SecurityError" || error.name === "NotFoundError");
    if (isNone) return null;
    throw error;
  }
}

/** Of all designs that have a copy, or had one and were deleted for good. */
export async function copyIds(folder: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const ids = new Set<string>();
  for await (const name of folder.keys()) {
    const id = name.slice(0, name.lastIndexOf("."));
    if (isCopyId(id)) ids.add(id);
  }
  return [...ids];
}

/** The last whole copy; needs no lock. A slot that is being written meanwhile counts as torn. */
export async function readCopy(folder: FileSystemDirectoryHandle, id: string): Promise<DesignCopy | null> {
  if (!isCopyId(id)) return null;
  const newest = newestSlot(await Promise.all(slotFiles(id).map((name) => readSlot(folder, name))));
  return newest?.copy.id === id ? newest.copy : null;
}

/**
 * Takes away the files of a design that was deleted for good. First the slot that was not written last: a deletion that was
 * cut off may have left the design in it.
 */
export async function clearCopy(folder: FileSystemDirectoryHandle, id: string): Promise<void> {
  const [one, other] = slotFiles(id);
  const slots = await Promise.all([readSlot(folder, one), readSlot(folder, other)]);
  const newest = newestSlot(slots);
  if (newest === null || newest.copy.text !== null) return;
  for (const name of newest === slots[0] ? [other, one] : [one, other]) await folder.removeEntry(name);
}

async function readSlot(folder: FileSystemDirectoryHandle, name: string): Promise<Slot | null> {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    return decodeSlot(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return null;
  }
}
