import { useMemo } from "react";
import { catalogue } from "#library/catalogue.ts";
import type { Action, ActionGroup } from "#src/session/actions.ts";
import type { SessionState } from "#src/session/session.ts";
import { CommandPalette } from "#src/ui/kit/command-palette.tsx";
import { useActions, useSession, useSessionCommands } from "#src/ui/use-session.ts";

export const groupTitles: readonly (readonly [ActionGroup, string])[] = [
  ["edit", "Edit"],
  ["arrange", "Arrange"],
  ["tools", "Tools"],
  ["view", "View"],
  ["panes", "Panes"],
  ["design", "Design"],
  ["help", "Help"],
];

interface CommandDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Search or run: everything that can be done, and every part of the design by name. */
export function CommandDialog({ open, onClose }: CommandDialogProps) {
  return open ? <OpenCommandDialog onClose={onClose} /> : null;
}

function OpenCommandDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSessionCommands();
  const actions = useActions();
  const state = useSession((now) => now);
  const groups = useMemo(
    () => [
      ...groupTitles.map(([group, heading]) => ({
        id: group,
        heading,
        commands: actions
          .filter((action) => action.group === group)
          .map((action) => commandOf(action, state))
          // What can be done now comes first.
          .sort(
            (left, right) => Number(left.disabledReason !== undefined) - Number(right.disabledReason !== undefined),
          ),
      })),
      {
        id: "parts",
        heading: "Go to a part",
        isFirstWhenNamed: true,
        commands: [...state.design.nodes.values()].map((node) => ({
          id: `part ${node.id}`,
          label: node.name ?? node.id,
          hint: catalogue.get(node.kind)?.title ?? node.kind,
          onRun: () => {
            session.select([node.id], []);
            actions.find((action) => action.id === "fit-selection")?.run();
          },
        })),
      },
    ],
    [actions, state, session],
  );
  return (
    <CommandPalette
      open
      onClose={onClose}
      groups={groups.filter((group) => group.commands.length > 0)}
      placeholder="Run a command, or name a part of the design"
    />
  );
}

function commandOf(action: Action, state: SessionState) {
  return {
    id: action.id,
    label: action.name,
    keywords: action.keywords ?? [],
    shortcut: action.shortcuts[0] ?? action.browserShortcuts?.[0],
    disabledReason: action.disabledReason(state) ?? undefined,
    onRun: action.run,
  };
}
