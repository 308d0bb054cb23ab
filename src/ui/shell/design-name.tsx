import { useState } from "react";
import { renameDesign } from "#src/design/commands/rename-design.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./shell.module.css";

/** The design's name, written over in place: Enter or leaving keeps it, Escape takes it back. */
export function DesignName() {
  const name = useSession((state) => state.design.name);
  const isReadOnly = useSession((state) => state.saveState.state === "read-only");
  const session = useSessionCommands();
  const [draft, setDraft] = useState<string | null>(null);

  function commit(): void {
    const next = draft?.trim() ?? "";
    setDraft(null);
    if (next !== "" && next !== name) session.run("Rename the design", renameDesign, { name: next });
  }

  return (
    <input
      className={styles["name"]}
      aria-label="Name of the design"
      value={draft ?? name}
      readOnly={isReadOnly}
      maxLength={200}
      size={Math.min(40, Math.max(8, (draft ?? name).length))}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape") return;
        event.stopPropagation();
        setDraft(null);
      }}
    />
  );
}
