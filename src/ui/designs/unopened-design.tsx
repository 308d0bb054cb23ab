import { useEffect, useState } from "react";
import type { Design } from "#src/design/document.ts";
import type { DesignStorage, StorageProblem } from "#src/session/ports.ts";
import { download, fileName } from "#src/ui/download.ts";
import { Button } from "#src/ui/kit/button.tsx";
import styles from "./designs.module.css";
import { ProblemList } from "./file-problems.tsx";
import { shownTime } from "./saved-time.ts";

interface UnopenedDesignProps {
  readonly id: string;
  readonly problem: StorageProblem;
  readonly storage: DesignStorage;
  readonly onHome: () => void;
  readonly onAdd: (design: Design) => void;
}

const titles: Readonly<Record<StorageProblem["code"], string>> = {
  "not-found": "There is no such design in this browser",
  conflict: "This design was changed in another tab",
  quota: "The browser has no room left",
  "newer-version": "This design needs a newer version of Plimsoll",
  unreadable: "This design cannot be read",
  unavailable: "The browser's storage does not answer",
};

type Snapshot = { readonly revision: number; readonly savedAtMs: number };

/** In place of the editor, when a stored design does not open. The record stays as it is. */
export function UnopenedDesign({ id, problem, storage, onHome, onAdd }: UnopenedDesignProps) {
  const [snapshots, setSnapshots] = useState<readonly Snapshot[]>([]);
  const [failed, setFailed] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    let isShown = true;
    void storage.snapshots(id).then((found) => {
      if (isShown && found.ok) setSnapshots(found.value);
    });
    return () => {
      isShown = false;
    };
  }, [storage, id]);

  async function openSnapshot({ revision, savedAtMs }: Snapshot): Promise<void> {
    const loaded = await storage.loadSnapshot(id, revision);
    if (loaded.ok) onAdd({ ...loaded.value, name: `${loaded.value.name} (of ${shownTime(savedAtMs)})` });
    else setFailed((before) => new Set(before).add(revision));
  }

  return (
    <main className={styles["unopened"]}>
      <h1>{titles[problem.code]}</h1>
      <p>{problem.message}</p>
      <div className={styles["row"]}>
        {problem.code === "unreadable" && (
          <Button variant="primary" onClick={() => download(fileName(id, "txt"), problem.text, "text/plain")}>
            Download its text
          </Button>
        )}
        <Button onClick={() => location.reload()}>Try again</Button>
        <Button onClick={onHome}>All designs</Button>
      </div>
      {problem.code === "unreadable" && <ProblemList problems={problem.problems} />}
      {snapshots.length > 0 && (
        <section>
          <h2>Earlier versions</h2>
          <ul className={styles["problems"]}>
            {snapshots.map((snapshot) => (
              <li key={snapshot.revision} className={styles["row"]}>
                <span>
                  Version {snapshot.revision}, saved {shownTime(snapshot.savedAtMs)}
                </span>
                {failed.has(snapshot.revision) ? (
                  <span>cannot be read either</span>
                ) : (
                  <Button size="small" onClick={() => void openSnapshot(snapshot)}>
                    Open as a new design
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}
