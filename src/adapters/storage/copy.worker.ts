import { copyFolder, slotFiles } from "./copy-files.ts";
import { type CopyAnswer, type CopyOutcome, readCopyRequest } from "./copy-messages.ts";
import type { DesignCopy } from "./copy-slot.ts";
import { type SyncFile, writeCopy } from "./copy-writer.ts";

type OpenFile = SyncFile & { close(): void };
/** Only workers have this, and only in newer browsers. */
type SyncHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<OpenFile> };

/** Another tab holds a file for as long as one write takes. */
const pausesMs = [5, 20, 80, 200, 400] as const;

let queue: Promise<void> = Promise.resolve();

self.onmessage = (event: MessageEvent) => {
  const request = readCopyRequest(event.data);
  if (request === null) throw new Error("The worker of the second copies got a message that it does not know");
  queue = queue.then(async () => {
    const answer: CopyAnswer = { number: request.number, outcome: await write(request.copy) };
    self.postMessage(answer);
  });
};

async function write(copy: DesignCopy): Promise<CopyOutcome> {
  try {
    const folder = await copyFolder(true);
    if (folder === null) return "absent";
    const [one, other] = slotFiles(copy.id);
    const first = await folder.getFileHandle(one, { create: true });
    const second = await folder.getFileHandle(other, { create: true });
    if (!isSyncHandle(first) || !isSyncHandle(second)) return "absent";
    await withOpen(first, (file) => withOpen(second, async (next) => writeCopy([file, next], copy)));
    return "written";
  } catch {
    // Out of room, or held by another tab: the page remembers that this copy is behind.
    return "failed";
  }
}

/** Both files are always opened in the same order, so that two tabs never wait for each other. */
async function withOpen(handle: SyncHandle, work: (file: SyncFile) => Promise<void>): Promise<void> {
  const file = await openPatiently(handle);
  try {
    await work(file);
  } finally {
    file.close();
  }
}

async function openPatiently(handle: SyncHandle): Promise<OpenFile> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      const pauseMs = pausesMs[attempt];
      if (pauseMs === undefined) throw error;
      await new Promise<void>((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function isSyncHandle(handle: FileSystemFileHandle): handle is SyncHandle {
  return "createSyncAccessHandle" in handle;
}
