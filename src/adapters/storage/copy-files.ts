import { type DesignCopy, decodeSlot, isCopyId, newestSlot } from "./copy-slot.ts";

/** A later form of the slots lives in a folder of its own, so that an older page cannot harm it. */
const folderName = "design-copies-1";

export const slotNames = ["a", "b"] as const;

export function slotFile(id: string, slot: (typeof slotNames)[number]): string {
  return `${id}.${slot}`;
}

/**
 * The folder of second copies in the browser's private file system. Null where the browser has none (plain http, some
 * private windows), and where there is no such folder yet and none shall be made.
 */
export async function copyFolder(make: boolean): Promise<FileSystemDirectoryHandle | null> {
  try {
    // Missing on plain http.
    const storage: StorageManager | undefined = navigator.storage;
    const root = await storage?.getDirectory?.();
    return (await root?.getDirectoryHandle(folderName, { create: make })) ?? null;
  } catch {
    return null;
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
  const slots = await Promise.all(
    slotNames.map(async (slot) => {
      try {
        const file = await (await folder.getFileHandle(slotFile(id, slot))).getFile();
        return decodeSlot(new Uint8Array(await file.arrayBuffer()));
      } catch {
        return null;
      }
    }),
  );
  const newest = newestSlot(slots);
  return newest?.copy.id === id ? newest.copy : null;
}
