import { ChevronDown, CircleQuestionMark, Monitor, Moon, PanelLeft, PanelRight, Redo2, Sun, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#src/ui/kit/button.tsx";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { Kbd } from "#src/ui/kit/kbd.tsx";
import { Menu, type MenuEntry } from "#src/ui/kit/menu.tsx";
import { PlimsollMark } from "#src/ui/kit/plimsoll-mark.tsx";
import { chooseTheme, useThemeChoice } from "#src/ui/theme-choice.ts";
import { useAction, useSession } from "#src/ui/use-session.ts";
import { DesignName } from "./design-name.tsx";
import { SaveIndicator } from "./save-indicator.tsx";
import styles from "./shell.module.css";

interface TopBarProps {
  readonly onHome: () => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
  readonly onToggleLeft: () => void;
  readonly onToggleRight: () => void;
  readonly exportEntries: readonly MenuEntry[];
  /** Further buttons of other parts, before the export. */
  readonly children?: ReactNode;
}

const themes = [
  { id: "system", label: "As the system", icon: <Monitor size={16} /> },
  { id: "light", label: "Light", icon: <Sun size={16} /> },
  { id: "dark", label: "Dark", icon: <Moon size={16} /> },
] as const;

export function TopBar(props: TopBarProps) {
  const theme = useThemeChoice();
  return (
    <header className={styles["bar"]}>
      <button type="button" className={styles["home"]} onClick={props.onHome} aria-label="All designs">
        <PlimsollMark size={22} />
      </button>
      <h1 className={styles["title"]}>
        <DesignName />
      </h1>
      <SaveIndicator />
      <span className={styles["gap"]} />
      <HistoryButtons />
      <Button className={styles["search"]} onClick={props.onSearch} aria-keyshortcuts="Control+K">
        Search or run <Kbd keys="Ctrl+K" />
      </Button>
      {props.children}
      <Menu
        align="end"
        trigger={
          <Button variant="primary">
            Export <ChevronDown size={14} />
          </Button>
        }
        items={props.exportEntries}
      />
      <span className={styles["tools"]}>
        <IconButton label="Show or hide the parts" icon={<PanelLeft size={16} />} onClick={props.onToggleLeft} />
        <IconButton label="Show or hide the analysis" icon={<PanelRight size={16} />} onClick={props.onToggleRight} />
        <Menu
          align="end"
          trigger={<IconButton label="Theme" icon={themes.find(({ id }) => id === theme)?.icon} />}
          items={themes.map(({ id, label, icon }) => ({
            id,
            label,
            icon,
            checked: id === theme,
            onSelect: () => chooseTheme(id),
          }))}
        />
        <IconButton
          label="Keyboard shortcuts"
          shortcut="?"
          icon={<CircleQuestionMark size={16} />}
          onClick={props.onHelp}
        />
      </span>
    </header>
  );
}

function HistoryButtons() {
  const undo = useAction("undo");
  const redo = useAction("redo");
  const undoLabel = useSession((state) => state.undoLabel);
  const redoLabel = useSession((state) => state.redoLabel);
  return (
    <span className={styles["tools"]}>
      <IconButton
        label={undoLabel === null ? "Undo" : `Undo: ${undoLabel}`}
        shortcut="Ctrl+Z"
        icon={<Undo2 size={16} />}
        disabled={undo === null || undo.disabledReason !== null}
        onClick={() => undo?.action.run()}
      />
      <IconButton
        label={redoLabel === null ? "Redo" : `Redo: ${redoLabel}`}
        shortcut="Ctrl+Shift+Z"
        icon={<Redo2 size={16} />}
        disabled={redo === null || redo.disabledReason !== null}
        onClick={() => redo?.action.run()}
      />
    </span>
  );
}
