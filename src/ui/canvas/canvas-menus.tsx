import { useMemo } from "react";
import { catalogue } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import type { Action } from "#src/session/actions.ts";
import { MenuAtPoint, type MenuEntry } from "#src/ui/kit/menu.tsx";
import { useActions, useSession } from "#src/ui/use-session.ts";
import { type CanvasTools, useCanvas, useCanvasTools } from "./canvas-context.ts";
import { nameOf, type OpenMenu } from "./canvas-store.ts";
import { Chooser } from "./chooser.tsx";
import { focusItem } from "./focus.ts";
import { placeConnected } from "./place-part.ts";

const nodeActions = [
  "connect",
  "rename",
  "move-into",
  "-",
  "cut",
  "copy",
  "paste",
  "duplicate",
  "-",
  "fit-selection",
  "-",
  "delete",
];
const edgeActions = ["fit-selection", "-", "delete"];
const canvasActions = ["paste", "select-all", "-", "fit", "zoom-natural", "-", "arrange"];

/** The menus that open at a place, and the list from which a connection's target is chosen. */
export function CanvasMenus() {
  return (
    <>
      <PointMenu />
      <Chooser />
    </>
  );
}

function PointMenu() {
  const tools = useCanvasTools();
  const menu = useCanvas((state) => state.menu);
  const actions = useActions();
  const isAddMenu = menu?.on.type === "add-connected";
  // Only while it is open does the menu follow the session.
  const state = useSession((now) => (menu === null ? null : now));
  const items = useMemo(() => {
    if (menu === null || state === null) return [];
    if (menu.on.type === "add-connected") return addEntries(tools, menu, menu.on.from);
    const ids = menu.on.type === "node" ? nodeActions : menu.on.type === "edge" ? edgeActions : canvasActions;
    return entriesOf(ids, actions, (action) => action.disabledReason(state));
  }, [menu, state, actions, tools]);
  return (
    <MenuAtPoint
      point={menu?.point ?? null}
      label={isAddMenu ? "Add a connected part" : "What to do here"}
      items={items}
      onClose={() => {
        tools.canvas.setState({ menu: null });
        if (menu !== null && (menu.on.type === "node" || menu.on.type === "edge")) focusItem(menu.on.id);
      }}
    />
  );
}

function entriesOf(
  ids: readonly string[],
  actions: readonly Action[],
  reasonOf: (action: Action) => string | null,
): readonly MenuEntry[] {
  return ids.flatMap((id, index): MenuEntry[] => {
    if (id === "-") return [{ kind: "separator", id: `separator-${index}` }];
    const action = actions.find((candidate) => candidate.id === id);
    if (action === undefined) return [];
    return [
      {
        id,
        label: action.name,
        shortcut: action.shortcuts[0] ?? action.browserShortcuts?.[0],
        danger: id === "delete",
        disabledReason: reasonOf(action) ?? undefined,
        onSelect: action.run,
      },
    ];
  });
}

function addEntries(tools: CanvasTools, menu: OpenMenu, from: string): readonly MenuEntry[] {
  const middle = tools.view.toCanvas(menu.point);
  const { design } = tools.session.store.getState();
  const items = [...catalogue.values()]
    .filter((kind) => !kind.isContainer && kind.role !== "source")
    .map((kind): MenuEntry => {
      const Icon = views.get(kind.id)?.Icon;
      return {
        id: kind.id,
        label: kind.title,
        icon: Icon === undefined ? undefined : <Icon size={16} />,
        onSelect: () => placeConnected(tools, from, { kind: kind.id }, { middle }),
      };
    });
  return [{ kind: "group", id: "parts", label: `Add a part behind ${nameOf(design, from)}`, items }];
}
