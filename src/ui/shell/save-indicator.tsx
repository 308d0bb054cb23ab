import { assertNever } from "#src/base/assert-never.ts";
import type { SaveState } from "#src/session/session.ts";
import { useSession } from "#src/ui/use-session.ts";
import styles from "./shell.module.css";

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function textOf(saveState: SaveState): string {
  switch (saveState.state) {
    case "saved": {
      const at = new Date(saveState.atMs);
      const isToday = at.toDateString() === new Date().toDateString();
      return `Saved ${(isToday ? timeOfDay : dayAndTime).format(at)}`;
    }
    case "unsaved":
    case "saving":
      return "Saving";
    case "failed":
      return "Not saved";
    case "read-only":
      return "Read only";
    default:
      return assertNever(saveState, "saveState");
  }
}

/** Says "saved" only when the browser has stored exactly what is on screen. */
export function SaveIndicator() {
  const saveState = useSession((state) => state.saveState);
  return (
    <span className={styles["saved"]} data-state={saveState.state} role="status">
      {textOf(saveState)}
    </span>
  );
}
