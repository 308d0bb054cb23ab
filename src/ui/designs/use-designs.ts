import { useEffect, useMemo, useState } from "react";
import type { Result } from "#src/base/result.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import type { DesignStorage, DesignSummary, StorageProblem, WriterLock } from "#src/session/ports.ts";
import { download, fileName } from "#src/ui/download.ts";
import { useToast } from "#src/ui/kit/toast.tsx";

/** The stored designs, renewed whenever any tab changes them; null until they are first read. */
export function useDesigns(storage: DesignStorage): readonly DesignSummary[] | null {
  const [designs, setDesigns] = useState<readonly DesignSummary[] | null>(null);
  useEffect(() => storage.watch(setDesigns), [storage]);
  return designs;
}

export interface DesignCommands {
  rename(design: DesignSummary, name: string): void;
  duplicate(design: DesignSummary): void;
  trash(design: DesignSummary): void;
  restore(design: DesignSummary): void;
  remove(design: DesignSummary): void;
  downloadFile(design: DesignSummary): void;
}

/** What can be done with a stored design without opening it. Refusals are said in a toast. */
export function useDesignCommands(storage: DesignStorage, lock: WriterLock): DesignCommands {
  const showToast = useToast();
  return useMemo(() => {
    async function tell(work: Promise<Result<unknown, StorageProblem>>): Promise<boolean> {
      const outcome = await work;
      if (!outcome.ok) showToast({ message: outcome.problem.message, tone: "over" });
      return outcome.ok;
    }

    /** A design that is open in another tab is changed there, so that nobody's edits meet. */
    async function alone(
      design: DesignSummary,
      work: () => Promise<Result<unknown, StorageProblem>>,
    ): Promise<boolean> {
      const hold = await lock.acquire(design.id, false);
      if (hold === null) {
        showToast({ message: `"${design.name}" is open in another tab. Change it there.`, tone: "over" });
        return false;
      }
      const isDone = await tell(work());
      hold.release();
      return isDone;
    }

    async function trash(design: DesignSummary): Promise<void> {
      if (!(await alone(design, () => storage.trash(design.id)))) return;
      showToast({
        message: `"${design.name}" is in the trash.`,
        actionLabel: "Undo",
        onAction: () => void tell(storage.restore(design.id)),
      });
    }

    async function downloadFile(design: DesignSummary): Promise<void> {
      const loaded = await storage.load(design.id);
      if (loaded.ok) download(fileName(design.name, "plimsoll.json"), printDesignFile(loaded.value.design));
      else if (loaded.problem.code === "unreadable") download(fileName(design.name, "txt"), loaded.problem.text);
      else showToast({ message: loaded.problem.message, tone: "over" });
    }

    return {
      rename: (design, name) => void alone(design, () => storage.rename(design.id, name)),
      duplicate: (design) => void tell(storage.duplicate(design.id)),
      trash: (design) => void trash(design),
      restore: (design) => void tell(storage.restore(design.id)),
      remove: (design) => void alone(design, () => storage.remove(design.id)),
      downloadFile: (design) => void downloadFile(design),
    };
  }, [storage, lock, showToast]);
}
