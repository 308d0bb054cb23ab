import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import { setParent } from "#src/design/commands/set-parent.ts";
import type { Design, DesignNode } from "#src/design/document.ts";
import { descendantsOf } from "#src/design/queries.ts";
import type { Session } from "#src/session/session.ts";
import { CommandPalette, type PaletteCommand } from "#src/ui/kit/command-palette.tsx";
import { useSession } from "#src/ui/use-session.ts";
import { useCanvas, useCanvasTools } from "./canvas-context.ts";
import { isContainerKind, nameOf } from "./canvas-store.ts";
import { connect, isSource } from "./connect-gesture.ts";
import { outermost } from "./containers.ts";
import { focusItem } from "./focus.ts";

/** Lists for the keyboard: what a pointer does by dragging a line, or a part into a container. */
export function Chooser() {
  const { canvas, session } = useCanvasTools();
  const choosing = useCanvas((state) => state.choosing);
  const design = useSession((state) => (choosing === null ? null : state.design));
  if (choosing === null || design === null) return null;
  const { selectedNodes } = session.store.getState();
  const returnTo = choosing.what === "target" ? choosing.from : [...selectedNodes][0];
  const close = () => {
    canvas.setState({ choosing: null });
    if (returnTo !== undefined) focusItem(returnTo);
  };
  const { question, heading, commands } =
    choosing.what === "target" ? targets(session, design, choosing.from) : containers(session, design, selectedNodes);
  const closing = commands.map((command) => ({
    ...command,
    onRun: () => {
      close();
      command.onRun();
    },
  }));
  return (
    <CommandPalette
      open
      onClose={close}
      placeholder={question}
      groups={[{ id: "choices", heading, commands: closing }]}
    />
  );
}

interface Choices {
  readonly question: string;
  readonly heading: string;
  readonly commands: readonly PaletteCommand[];
}

function targets(session: Session, design: Design, from: string): Choices {
  const name = nameOf(design, from);
  return {
    question: `Connect ${name} to`,
    heading: `${name} calls`,
    commands: [...design.nodes.values()]
      .filter((node) => node.id !== from && !isContainerKind(node.kind) && !isSource(design, node.id))
      .map((node) => ({ ...commandFor(node), onRun: () => connect(session, { from }, node.id) })),
  };
}

function containers(session: Session, design: Design, selected: ReadonlySet<string>): Choices {
  const ids = outermost(design, selected);
  const moving = new Set([...ids, ...ids.flatMap((id) => descendantsOf(design, id))]);
  const what = ids.length === 1 ? nameOf(design, ids[0] ?? "") : `${ids.length} parts`;
  const put = (parent: string | null) => session.run(`Move ${what}`, setParent, { ids, parent, kinds: kindDirectory });
  return {
    question: `Put ${what} into`,
    heading: "Containers",
    commands: [
      // No id of a part holds a space.
      { id: "the open canvas", label: "The open canvas", hint: "in no container", onRun: () => put(null) },
      ...[...design.nodes.values()]
        .filter((node) => isContainerKind(node.kind) && !moving.has(node.id))
        .map((node) => ({ ...commandFor(node), onRun: () => put(node.id) })),
    ],
  };
}

function commandFor(node: DesignNode): Omit<PaletteCommand, "onRun"> {
  const kind = catalogue.get(node.kind);
  const Icon = views.get(node.kind)?.Icon;
  return {
    id: node.id,
    label: node.name ?? node.id,
    hint: kind?.caption(node.settings ?? {}) ?? node.kind,
    keywords: [node.kind, node.id],
    icon: Icon === undefined ? undefined : <Icon size={16} />,
  };
}
