import { kindDirectory } from "#library/catalogue.ts";
import { addAnnotation } from "#src/design/commands/add-annotation.ts";
import { addNode } from "#src/design/commands/add-node.ts";
import type { Position } from "#src/design/document.ts";
import { plainAnnotationSize } from "#src/design/drawing/scene.ts";
import { nextId } from "#src/design/ids.ts";
import { addConnectedNode, nodeOfPart, type Part, sizeOfPart } from "#src/ui/placing.ts";
import { gridStep } from "./alignment.ts";
import type { CanvasTools } from "./canvas-context.ts";
import { isContainerKind, nameOf } from "./canvas-store.ts";
import { containerAt } from "./containers.ts";
import { focusItem } from "./focus.ts";
import { type Direction, freePlaceBeside } from "./graph-walk.ts";

/** Puts a part with its middle at a place (canvas units), into the container that is there, and selects it. */
export function placePart({ canvas, session, view }: CanvasTools, part: Part, middle: Position): void {
  const { design } = session.store.getState();
  const { boxes } = canvas.getState();
  const size = sizeOfPart(part);
  const parent = containerAt(design, boxes, isContainerKind, middle);
  const corner = { x: middle.x - size.width / 2, y: middle.y - size.height / 2 };
  const node = nodeOfPart(design, part, relativeTo(canvas, parent, onGrid(corner)), parent);
  if (!session.run(`Add ${node.name ?? node.id}`, addNode, { node, kinds: kindDirectory })) return;
  session.setTool("select");
  show({ canvas, session, view }, node.id);
}

/** The same in the middle of what is shown, or the nearest free place to it. */
export function placePartInView(tools: CanvasTools, part: Part): void {
  const size = sizeOfPart(part);
  const middle = tools.view.centre();
  const boxes = cardBoxes(tools);
  const around = { x: middle.x, y: middle.y, width: 0, height: 0 };
  const isFree = !boxes.some(
    (box) =>
      Math.abs(box.x + box.width / 2 - middle.x) < (box.width + size.width) / 2 &&
      Math.abs(box.y + box.height / 2 - middle.y) < (box.height + size.height) / 2,
  );
  const corner = isFree ? null : freePlaceBeside(boxes, around, "down", size);
  const at = corner === null ? middle : { x: corner.x + size.width / 2, y: corner.y + size.height / 2 };
  placePart(tools, part, at);
}

/** Adds a part and a connection to it in one step, at a place or beside the part that calls it. */
export function placeConnected(
  tools: CanvasTools,
  from: string,
  part: Part,
  where: Direction | { readonly middle: Position },
): void {
  const { canvas, session } = tools;
  const { design } = session.store.getState();
  const { boxes } = canvas.getState();
  const box = boxes.get(from);
  if (box === undefined) return;
  const size = sizeOfPart(part);
  const corner =
    typeof where === "string"
      ? freePlaceBeside(cardBoxes(tools), box, where, size)
      : { x: where.middle.x - size.width / 2, y: where.middle.y - size.height / 2 };
  const parent = containerAt(design, boxes, isContainerKind, {
    x: corner.x + size.width / 2,
    y: corner.y + size.height / 2,
  });
  const node = nodeOfPart(design, part, relativeTo(canvas, parent, onGrid(corner)), parent);
  const label = `Add ${node.name ?? node.id} behind ${nameOf(design, from)}`;
  if (session.run(label, addConnectedNode, { node, source: from })) show(tools, node.id);
}

/** Puts a note, a text or a frame into the middle of the view, and asks for its words. */
export function addAnnotationInView(tools: CanvasTools, type: "note" | "text" | "frame"): void {
  const { canvas, session, view } = tools;
  const id = nextId(session.store.getState().design, type);
  const { width, height } = plainAnnotationSize[type];
  const middle = view.centre();
  const position = onGrid({ x: middle.x - width / 2, y: middle.y - height / 2 });
  const annotation = { id, type, position, size: { width, height } };
  if (!session.run(`Add a ${type}`, addAnnotation, { annotation, kinds: kindDirectory })) return;
  session.select([id], []);
  canvas.setState({ renaming: id });
}

function show({ canvas, session, view }: CanvasTools, id: string): void {
  session.select([id], []);
  const box = canvas.getState().boxes.get(id);
  if (box !== undefined) view.reveal(box);
  focusItem(id);
}

function cardBoxes({ canvas, session }: CanvasTools) {
  const { design } = session.store.getState();
  return [...canvas.getState().boxes].flatMap(([id, box]) =>
    isContainerKind(design.nodes.get(id)?.kind ?? "") ? [] : [box],
  );
}

function relativeTo(canvas: CanvasTools["canvas"], parent: string | null, position: Position): Position {
  const box = parent === null ? undefined : canvas.getState().boxes.get(parent);
  return box === undefined ? position : { x: position.x - box.x, y: position.y - box.y };
}

function onGrid({ x, y }: Position): Position {
  return { x: Math.round(x / gridStep) * gridStep, y: Math.round(y / gridStep) * gridStep };
}
