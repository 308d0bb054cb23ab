/** The element of a node or an edge on the canvas; null while it is out of view. */
function itemElement(id: string): Element | null {
  return document.querySelector(
    `.react-flow__node[data-id="${CSS.escape(id)}"], .react-flow__edge[data-id="${CSS.escape(id)}"]`,
  );
}

/** Focuses a node or an edge as soon as it is on the canvas. */
export function focusItem(id: string): void {
  let tries = 0;
  const attempt = () => {
    const element = itemElement(id);
    if (element instanceof HTMLElement || element instanceof SVGElement) element.focus({ preventScroll: true });
    else if (tries++ < 30) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}

/** Id of the node or edge that an event or the focus is at; null when it is at none. */
export function itemIdAt(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest(".react-flow__node, .react-flow__edge")?.getAttribute("data-id") ?? null;
}

/** Id of the card under a place given in client pixels; containers are looked through. */
export function cardIdAt(client: { readonly x: number; readonly y: number }): string | null {
  for (const element of document.elementsFromPoint(client.x, client.y)) {
    const id = element.closest(".react-flow__node-component")?.getAttribute("data-id");
    if (id != null) return id;
  }
  return null;
}
