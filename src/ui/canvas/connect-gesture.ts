import { catalogue } from "#library/catalogue.ts";
import { addEdge } from "#src/design/commands/add-edge.ts";
import { reconnectEdge } from "#src/design/commands/reconnect-edge.ts";
import type { Design } from "#src/design/document.ts";
import type { Session } from "#src/session/session.ts";
import { newEdge } from "#src/ui/placing.ts";
import type { CanvasTools } from "./canvas-context.ts";
import { type Connection, nameOf } from "./canvas-store.ts";
import { cardIdAt } from "./focus.ts";

/** A press that moves less than this (pixels) is a press, not a drag. */
const mostPressMovement = 5;

interface PointerPlace {
  readonly clientX: number;
  readonly clientY: number;
}

/**
 * Draws a connection from a part, or moves one end of an edge: by dragging, or by pressing here and then there. Ends on a part,
 * or on the open canvas, where a part to connect to can be added.
 */
export function startConnection(
  { canvas, session, view }: CanvasTools,
  start: Pick<Connection, "from" | "edge">,
  pressed: PointerPlace,
): void {
  const at = ({ clientX, clientY }: PointerPlace) => ({ x: clientX, y: clientY });
  const update = (place: PointerPlace, mode: Connection["mode"]) =>
    canvas.setState({ connection: { ...start, point: view.toCanvas(at(place)), over: cardIdAt(at(place)), mode } });
  update(pressed, "drag");

  function finish(place: PointerPlace): void {
    stop();
    const over = cardIdAt(at(place));
    if (over !== null) {
      connect(session, start, over);
    } else if (start.edge === undefined) {
      canvas.setState({ menu: { point: at(place), on: { type: "add-connected", from: start.from } } });
    }
  }

  function onMove(event: PointerEvent): void {
    const mode = canvas.getState().connection?.mode;
    // Escape ends the connection from elsewhere.
    if (mode === undefined) stop();
    else update(event, mode);
  }

  function onUp(event: PointerEvent): void {
    const { connection } = canvas.getState();
    if (connection?.mode !== "drag") return;
    const moved = Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY);
    if (moved > mostPressMovement) finish(event);
    else canvas.setState({ connection: { ...connection, mode: "press" } });
  }

  function onDown(event: PointerEvent): void {
    if (canvas.getState().connection?.mode !== "press") return;
    event.preventDefault();
    event.stopPropagation();
    finish(event);
  }

  function stop(): void {
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("pointerup", onUp);
    window.removeEventListener("pointercancel", stop);
    window.removeEventListener("pointerdown", onDown, true);
    if (canvas.getState().connection !== null) canvas.setState({ connection: null });
  }

  window.addEventListener("pointermove", onMove);
  window.addEventListener("pointerup", onUp);
  window.addEventListener("pointercancel", stop);
  window.addEventListener("pointerdown", onDown, true);
}

/** Clients: they send, and nothing calls them. */
export function isSource(design: Design, id: string): boolean {
  return catalogue.get(design.nodes.get(id)?.kind ?? "")?.role === "source";
}

/** Adds the edge, or moves the end of the one that is held, and selects it. */
export function connect(session: Session, { from, edge }: Pick<Connection, "from" | "edge">, to: string): void {
  const { design } = session.store.getState();
  if (to === from) return;
  if ((edge === undefined || edge.end === "target") && isSource(design, to)) {
    session.notify("info", `${nameOf(design, to)} only sends traffic, so nothing can call it.`);
    return;
  }
  if (edge !== undefined) {
    session.run("Reconnect", reconnectEdge, { id: edge.id, [edge.end]: to });
    return;
  }
  const known = [...design.edges.values()].find(({ source, target }) => source === from && target === to);
  if (known !== undefined) {
    session.select([], [known.id]);
    session.notify("info", `${nameOf(design, from)} calls ${nameOf(design, to)} already.`);
    return;
  }
  const added = newEdge(design, from, to);
  const label = `Connect ${nameOf(design, from)} to ${nameOf(design, to)}`;
  if (session.run(label, addEdge, { edge: added })) session.select([], [added.id]);
}
