import { useMemo } from "react";
import type { Box } from "#src/design/drawing/edge-routing.ts";
import { type Action, always } from "#src/session/actions.ts";
import type { SessionState } from "#src/session/session.ts";
import { armedPart } from "#src/ui/placing.ts";
import { useRegisteredActions } from "#src/ui/use-session.ts";
import type { CanvasTools } from "./canvas-context.ts";
import { copyToClipboard, cutToClipboard, pasteFromClipboard } from "./clipboard.ts";
import { focusItem } from "./focus.ts";
import { addAnnotationInView, placePartInView } from "./place-part.ts";

const nothingSelected = ({ selectedNodes, selectedEdges }: SessionState) =>
  selectedNodes.size + selectedEdges.size === 0 ? "Nothing is selected." : null;
const noPart = ({ selectedNodes }: SessionState) => (selectedNodes.size === 0 ? "No part is selected." : null);
const notOnePart = ({ selectedNodes }: SessionState) => (selectedNodes.size === 1 ? null : "Select one part first.");
const empty = ({ design }: SessionState) => (design.nodes.size === 0 ? "The design is empty." : null);

/** What the canvas offers to menus, the command palette and the keyboard. */
export function useCanvasActions(tools: CanvasTools): void {
  const actions = useMemo(() => canvasActions(tools), [tools]);
  useRegisteredActions(actions);
}

function canvasActions(tools: CanvasTools): readonly Action[] {
  const { canvas, session, view } = tools;
  const state = session.store.getState;
  const onlyPart = () => [...state().selectedNodes][0] ?? null;
  return [
    {
      id: "zoom-in",
      name: "Zoom in",
      group: "view",
      shortcuts: ["Ctrl+=", "Ctrl+Plus"],
      disabledReason: always,
      run: () => view.zoomBy(1.25),
    },
    {
      id: "zoom-out",
      name: "Zoom out",
      group: "view",
      shortcuts: ["Ctrl+-"],
      disabledReason: always,
      run: () => view.zoomBy(0.8),
    },
    {
      id: "zoom-natural",
      name: "Zoom to 100 %",
      group: "view",
      shortcuts: ["Ctrl+0"],
      disabledReason: always,
      run: () => view.zoomTo(1),
    },
    {
      id: "fit",
      name: "Show everything",
      group: "view",
      shortcuts: ["Shift+1"],
      keywords: ["fit", "zoom", "overview"],
      disabledReason: empty,
      run: () => fitTo(tools, canvas.getState().boxes.keys()),
    },
    {
      id: "fit-selection",
      name: "Show the selection",
      group: "view",
      shortcuts: ["Shift+2"],
      keywords: ["fit", "zoom"],
      disabledReason: nothingSelected,
      run: () => {
        fitTo(tools, selectedBoxIds(state()));
        // Keys go on from the one part that was looked for.
        const { selectedNodes } = state();
        const only = selectedNodes.size === 1 ? onlyPart() : null;
        if (only !== null) focusItem(only);
      },
    },
    {
      id: "connect",
      name: "Connect the part to another",
      group: "edit",
      shortcuts: ["C"],
      keywords: ["edge", "arrow", "line", "call"],
      disabledReason: notOnePart,
      run: () => {
        const from = onlyPart();
        if (from !== null) canvas.setState({ choosing: { what: "target", from } });
      },
    },
    {
      id: "move-into",
      name: "Put the selection into a container",
      group: "edit",
      shortcuts: ["Ctrl+Shift+M"],
      keywords: ["region", "zone", "network", "boundary", "parent", "move"],
      disabledReason: noPart,
      run: () => canvas.setState({ choosing: { what: "container" } }),
    },
    {
      id: "rename",
      name: "Rename the part",
      group: "edit",
      shortcuts: ["F2"],
      keywords: ["name", "label"],
      disabledReason: notOnePart,
      run: () => canvas.setState({ renaming: onlyPart() }),
    },
    {
      id: "copy",
      name: "Copy the selection",
      group: "edit",
      shortcuts: [],
      browserShortcuts: ["Ctrl+C"],
      disabledReason: noPart,
      run: () => void copyToClipboard(session),
    },
    {
      id: "cut",
      name: "Cut the selection",
      group: "edit",
      shortcuts: [],
      browserShortcuts: ["Ctrl+X"],
      disabledReason: noPart,
      run: () => void cutToClipboard(session),
    },
    {
      id: "paste",
      name: "Paste",
      group: "edit",
      shortcuts: [],
      browserShortcuts: ["Ctrl+V"],
      disabledReason: always,
      run: () => void pasteFromClipboard(session),
    },
    ...(["note", "text", "frame"] as const).map(
      (type): Action => ({
        id: `add-${type}`,
        name: `Add a ${type}`,
        group: "tools",
        shortcuts: [type.slice(0, 1).toUpperCase()],
        keywords: ["annotation", "comment", "sticky", "label"],
        disabledReason: always,
        run: () => addAnnotationInView(tools, type),
      }),
    ),
    {
      id: "place-armed",
      name: "Put the chosen part in the middle of the view",
      group: "tools",
      shortcuts: [],
      disabledReason: ({ tool }) => (typeof tool === "string" ? "Choose a part in the list of parts first." : null),
      run: () => {
        const part = armedPart(state().tool);
        if (part !== null) placePartInView(tools, part);
      },
    },
    {
      id: "go-to-selection",
      name: "Bring the selection into view",
      group: "view",
      shortcuts: [],
      disabledReason: nothingSelected,
      run: () => {
        const box = around(tools, selectedBoxIds(state()));
        if (box !== null) view.reveal(box);
      },
    },
  ];
}

function selectedBoxIds({ design, selectedNodes, selectedEdges }: SessionState): readonly string[] {
  const ends = [...selectedEdges].flatMap((id) => {
    const edge = design.edges.get(id);
    return edge === undefined ? [] : [edge.source, edge.target];
  });
  return [...selectedNodes, ...ends];
}

export function fitTo(tools: CanvasTools, ids: Iterable<string>): void {
  const box = around(tools, ids);
  if (box !== null) tools.view.fit(box);
}

function around({ canvas }: CanvasTools, ids: Iterable<string>): Box | null {
  const { boxes } = canvas.getState();
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const id of ids) {
    const box = boxes.get(id);
    if (box === undefined) continue;
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return right < left ? null : { x: left, y: top, width: right - left, height: bottom - top };
}
