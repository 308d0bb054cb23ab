import { type ReactNode, useMemo, useState } from "react";
import { type Action, always } from "#src/session/actions.ts";
import { ErrorBoundary } from "#src/ui/kit/error-boundary.tsx";
import type { MenuEntry } from "#src/ui/kit/menu.tsx";
import { ResizablePane } from "#src/ui/kit/resizable-pane.tsx";
import { chooseTheme } from "#src/ui/theme-choice.ts";
import { useRegisteredActions } from "#src/ui/use-session.ts";
import { CommandDialog } from "./command-dialog.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { leftBounds, rightBounds, usePaneLayout } from "./pane-layout.ts";
import { focusNextRegion } from "./regions.ts";
import { SessionBanners } from "./session-banners.tsx";
import styles from "./shell.module.css";
import { TopBar } from "./top-bar.tsx";
import { useNotices } from "./use-notices.ts";
import { useShortcuts } from "./use-shortcuts.ts";

interface ShellProps {
  readonly palette: ReactNode;
  readonly canvas: ReactNode;
  readonly loadDial: ReactNode;
  /** The analysis and the inspector. */
  readonly pane: ReactNode;
  /** What the browser's storage is up to. */
  readonly notices?: ReactNode;
  /** Further buttons of the top bar. */
  readonly tools?: ReactNode;
  readonly exportEntries: readonly MenuEntry[];
  readonly onHome: () => void;
}

/** The frame of the editor: bar, panes, dialogs and keys. What stands in it belongs to other parts of the screen. */
export function Shell({ palette, canvas, loadDial, pane, notices, tools, exportEntries, onHome }: ShellProps) {
  const [layout, changeLayout] = usePaneLayout();
  const [dialog, setDialog] = useState<"search" | "help" | null>(null);
  const toggleLeft = () => changeLayout({ isLeftFolded: !layout.isLeftFolded });
  const toggleRight = () => changeLayout({ isRightFolded: !layout.isRightFolded });
  useRegisteredActions(useShellActions(setDialog));
  useShortcuts();
  useNotices();
  const close = () => setDialog(null);
  return (
    <div className={styles["shell"]}>
      <TopBar
        onHome={onHome}
        onSearch={() => setDialog("search")}
        onHelp={() => setDialog("help")}
        onToggleLeft={toggleLeft}
        onToggleRight={toggleRight}
        exportEntries={exportEntries}
      >
        {tools}
      </TopBar>
      {notices}
      <SessionBanners />
      <div className={styles["body"]}>
        <ResizablePane
          label="Parts"
          side="left"
          size={layout.left}
          {...leftBounds}
          collapsed={layout.isLeftFolded}
          onSizeCommit={(left) => changeLayout({ left })}
          onCollapsedChange={(isLeftFolded) => changeLayout({ isLeftFolded })}
        >
          <div className={styles["region"]} data-region="palette">
            <ErrorBoundary part="the list of parts">{palette}</ErrorBoundary>
          </div>
        </ResizablePane>
        <main className={styles["stage"]}>
          <div className={styles["region"]} data-region="canvas">
            <ErrorBoundary part="the canvas">{canvas}</ErrorBoundary>
          </div>
          <div className={styles["dial"]} data-region="dial">
            <ErrorBoundary part="the load dial">{loadDial}</ErrorBoundary>
          </div>
        </main>
        <ResizablePane
          label="Analysis"
          side="right"
          size={layout.right}
          {...rightBounds}
          collapsed={layout.isRightFolded}
          onSizeCommit={(right) => changeLayout({ right })}
          onCollapsedChange={(isRightFolded) => changeLayout({ isRightFolded })}
        >
          <div className={styles["region"]} data-region="pane">
            <ErrorBoundary part="the analysis">{pane}</ErrorBoundary>
          </div>
        </ResizablePane>
      </div>
      <CommandDialog open={dialog === "search"} onClose={close} />
      <HelpDialog open={dialog === "help"} onClose={close} />
    </div>
  );
}

function useShellActions(setDialog: (dialog: "search" | "help" | null) => void): readonly Action[] {
  return useMemo(
    () => [
      {
        id: "search",
        name: "Search or run",
        group: "help",
        shortcuts: ["Ctrl+K", "Ctrl+/"],
        disabledReason: always,
        run: () => setDialog("search"),
      },
      {
        id: "help",
        name: "Keyboard shortcuts",
        group: "help",
        shortcuts: ["?"],
        disabledReason: always,
        run: () => setDialog("help"),
      },
      {
        id: "next-region",
        name: "Go to the next part of the screen",
        group: "panes",
        shortcuts: ["F6"],
        keywords: ["focus", "palette", "canvas", "dial", "pane"],
        disabledReason: always,
        run: () => focusNextRegion(1),
      },
      {
        id: "previous-region",
        name: "Go to the part of the screen before",
        group: "panes",
        shortcuts: ["Shift+F6"],
        keywords: ["focus"],
        disabledReason: always,
        run: () => focusNextRegion(-1),
      },
      {
        id: "theme",
        name: "Switch between light and dark",
        group: "view",
        shortcuts: ["Alt+Shift+D"],
        keywords: ["theme", "night"],
        disabledReason: always,
        run: () => {
          const isDark = getComputedStyle(document.documentElement).colorScheme === "dark";
          chooseTheme(isDark ? "light" : "dark");
        },
      },
    ],
    [setDialog],
  );
}
