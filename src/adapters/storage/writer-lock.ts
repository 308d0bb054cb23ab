import type { WriterLock } from "#src/session/ports.ts";

type Hold = NonNullable<Awaited<ReturnType<WriterLock["acquire"]>>>;

/**
 * One writer per design over all tabs, by the browser's own locks, which a closed or crashed tab gives up. Where the browser
 * has none, every tab may write, and the comparison of revisions in each save keeps both versions.
 */
export function createWriterLock(locks: LockManager | undefined): WriterLock {
  return {
    acquire(designId, takeOver) {
      if (locks === undefined) return Promise.resolve({ release: () => {}, lost: new Promise<void>(() => {}) });
      return new Promise<Hold | null>((resolve, reject) => {
        let release: () => void = () => {};
        let reportLoss: () => void = () => {};
        const released = new Promise<void>((done) => {
          release = done;
        });
        const lost = new Promise<void>((done) => {
          reportLoss = done;
        });
        let isHeld = false;
        locks
          .request(`plimsoll-design:${designId}`, takeOver ? { steal: true } : { ifAvailable: true }, (lock) => {
            if (lock === null) {
              resolve(null);
              return undefined;
            }
            isHeld = true;
            resolve({ release, lost });
            return released;
          })
          // Rejects while held when another tab steals the lock.
          .catch((error: unknown) => {
            if (isHeld) reportLoss();
            else reject(error instanceof Error ? error : new Error(String(error)));
          });
      });
    },
  };
}
