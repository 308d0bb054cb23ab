import type { MenuEntry } from "#src/ui/kit/menu.tsx";
import { useActions, useSession } from "#src/ui/use-session.ts";
import { choosePictureTheme, usePictureTheme } from "./picture-theme.ts";

const downloads = ["export-file", "export-svg", "export-png", "export-png-2", "export-report"];
const copies = ["export-copy-png", "export-copy-svg"];

/** The export menu: files, the clipboard, and the colours of pictures. */
export function useExportEntries(): readonly MenuEntry[] {
  const actions = useActions();
  const state = useSession((now) => now);
  const theme = usePictureTheme();
  const entries = (ids: readonly string[]): readonly MenuEntry[] =>
    ids.flatMap((id) => {
      const action = actions.find((candidate) => candidate.id === id);
      if (action === undefined) return [];
      return [
        {
          id,
          label: action.name,
          shortcut: action.shortcuts[0],
          disabledReason: action.disabledReason(state) ?? undefined,
          onSelect: action.run,
        },
      ];
    });
  return [
    ...entries(downloads),
    { kind: "separator", id: "before-copies" },
    ...entries(copies),
    { kind: "separator", id: "before-colours" },
    {
      kind: "group",
      id: "colours",
      label: "Colours of drawings",
      items: (["light", "dark"] as const).map((choice) => ({
        id: `picture-${choice}`,
        label: choice === "light" ? "Light" : "Dark",
        checked: theme === choice,
        onSelect: () => choosePictureTheme(choice),
      })),
    },
  ];
}
