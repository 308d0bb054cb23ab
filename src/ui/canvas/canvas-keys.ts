import { useEffect } from "react";
import { moveNodes } from "#src/design/commands/move-nodes.ts";
import type { Position } from "#src/design/document.ts";
import { armedPart } from "#src/ui/placing.ts";
import { gridStep } from "./alignment.ts";
import type { CanvasTools } from "./canvas-context.ts";
import { isContainerKind, nameOf } from "./canvas-store.ts";
import { outermost } from "./containers.ts";
import { focusItem, itemIdAt } from "./focus.ts";
import { type Direction, neighbourTowards, stepOf } from "./graph-walk.ts";
import { placeConnected, placePartInView } from "./place-part.ts";

const arrows: ReadonlyMap<string, Direction> = new Map([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);

/**
 * Keys that mean something only while the canvas (or nothing at all) has the focus, where other parts of the screen have their
 * own use for them: arrows, Enter, Space and Escape. All other keys are actions.
 */
export function useCanvasKeys(tools: CanvasTools, frame: HTMLElement | null): void {
  useEffect(() => {
    if (frame === null) return;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const { target } = event;
      const isHere = target === document.body || (target instanceof Node && frame?.contains(target) === true);
      if (!isHere || (target instanceof HTMLElement && target.matches("input, textarea, button, [role=menuitem]")))
        return;
      if (answer(tools, event)) {
        event.preventDefault();
        event.stopPropagation();
      }
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [tools, frame]);
}

function answer(tools: CanvasTools, event: KeyboardEvent): boolean {
  const direction = arrows.get(event.key);
  if (direction !== undefined) return answerArrow(tools, event, direction);
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Escape") return answerEscape(tools);
  if (event.key === "Enter" || event.key === " ") return answerEnter(tools, event);
  return false;
}

function answerArrow(tools: CanvasTools, event: KeyboardEvent, direction: Direction): boolean {
  const { selectedNodes } = tools.session.store.getState();
  const [first] = selectedNodes;
  if (first === undefined) return false;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.shiftKey) return false;
  if (isCommand) placeConnected(tools, first, { kind: "service" }, direction);
  else if (event.altKey) walk(tools, first, direction);
  else nudge(tools, direction, event.shiftKey ? gridStep : 1);
  return true;
}

function walk({ canvas, session, view }: CanvasTools, from: string, direction: Direction): void {
  const { design } = session.store.getState();
  const { boxes } = canvas.getState();
  const cards = new Map(
    [...boxes].filter(([id]) => {
      const node = design.nodes.get(id);
      return id === from || (node !== undefined && !isContainerKind(node.kind));
    }),
  );
  const next = neighbourTowards(design, cards, from, direction);
  const box = boxes.get(next ?? "");
  if (next === null || box === undefined) return;
  session.select([next], []);
  view.reveal(box);
  focusItem(next);
}

function nudge({ session, canvas }: CanvasTools, direction: Direction, distance: number): void {
  const { design, selectedNodes } = session.store.getState();
  const step = stepOf(direction);
  const ids = outermost(design, selectedNodes);
  const positions = new Map<string, Position>();
  for (const id of ids) {
    const position = canvas.getState().nodes.find((node) => node.id === id)?.position;
    if (position !== undefined)
      positions.set(id, { x: position.x + step.x * distance, y: position.y + step.y * distance });
  }
  const what = ids.length === 1 ? nameOf(design, ids[0] ?? "") : `${ids.length} parts`;
  session.run(`Move ${what}`, moveNodes, { positions }, `nudge ${ids.join(" ")}`);
}

function answerEscape({ canvas, session }: CanvasTools): boolean {
  if (canvas.getState().connection !== null) {
    canvas.setState({ connection: null });
    return true;
  }
  const { selectedNodes, selectedEdges, tool } = session.store.getState();
  if (selectedNodes.size + selectedEdges.size === 0 && tool === "select") return false;
  session.select([], []);
  session.setTool("select");
  return true;
}

/** Puts down the armed part; else selects what has the focus; else writes the name of the one part that is selected. */
function answerEnter(tools: CanvasTools, event: KeyboardEvent): boolean {
  const { canvas, session } = tools;
  const { design, selectedNodes, selectedEdges, tool } = session.store.getState();
  const part = armedPart(tool);
  if (part !== null) {
    if (event.key === "Enter") placePartInView(tools, part);
    return event.key === "Enter";
  }
  const focused = itemIdAt(event.target);
  if (focused === null) return false;
  const isNode = !design.edges.has(focused);
  if (!(isNode ? selectedNodes : selectedEdges).has(focused)) {
    const add = event.shiftKey;
    session.select(
      [...(add ? selectedNodes : []), ...(isNode ? [focused] : [])],
      [...(add ? selectedEdges : []), ...(isNode ? [] : [focused])],
    );
    return true;
  }
  if (event.key === "Enter" && isNode) canvas.setState({ renaming: focused });
  return event.key === "Enter" && isNode;
}
