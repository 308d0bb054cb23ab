import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { Design } from "#src/design/document.ts";
import type { DesignSummary } from "#src/session/ports.ts";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { Menu, type MenuEntry } from "#src/ui/kit/menu.tsx";
import styles from "./designs.module.css";
import { counted, shownTime } from "./saved-time.ts";
import { Thumbnail } from "./thumbnail.tsx";

interface DesignCardProps {
  readonly design: DesignSummary;
  readonly load: () => Promise<Design | null>;
  readonly entries: (startRenaming: () => void) => readonly MenuEntry[];
  /** Absent in the trash, where designs are neither opened nor renamed. */
  readonly onRename?: (name: string) => void;
}

export function DesignCard({ design, load, entries, onRename }: DesignCardProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const isOpenable = onRename !== undefined;

  function endRenaming(name: string): void {
    setIsRenaming(false);
    const next = name.trim();
    if (next !== "" && next !== design.name) onRename?.(next);
  }

  const picture = <Thumbnail version={`${design.id} ${design.revision}`} load={load} />;
  return (
    <li className={styles["card"]} data-trashed={!isOpenable}>
      {isOpenable ? (
        <a className={styles["open"]} href={`#/design/${design.id}`} aria-label={`Open ${design.name}`}>
          {picture}
        </a>
      ) : (
        picture
      )}
      <div className={styles["caption"]}>
        <div className={styles["words"]}>
          {isRenaming ? (
            <input
              className={styles["rename"]}
              aria-label="Name of the design"
              defaultValue={design.name}
              maxLength={200}
              // biome-ignore lint/a11y/noAutofocus: the field appears because renaming was asked for.
              autoFocus
              onFocus={(event) => event.target.select()}
              onBlur={(event) => endRenaming(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter") event.currentTarget.blur();
                if (event.key === "Escape") setIsRenaming(false);
              }}
            />
          ) : (
            <h3>{design.name}</h3>
          )}
          <p>
            Saved {shownTime(design.savedAtMs)}, {counted(design.nodeCount, "part")}
          </p>
        </div>
        <Menu
          align="end"
          trigger={<IconButton label={`More for ${design.name}`} icon={<Ellipsis size={16} />} />}
          items={entries(() => setIsRenaming(true))}
        />
      </div>
    </li>
  );
}
