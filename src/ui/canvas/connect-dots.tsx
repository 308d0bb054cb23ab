import { useSession } from "#src/ui/use-session.ts";
import { useCanvas, useCanvasTools } from "./canvas-context.ts";
import { startConnection } from "./connect-gesture.ts";
import styles from "./node.module.css";

const sides = ["left", "right", "top", "bottom"] as const;

/** Four dots from which a connection is drawn; shown on the part under the pointer and on the one that is selected. */
export function ConnectDots({ id, selected }: { readonly id: string; readonly selected: boolean }) {
  const tools = useCanvasTools();
  const isShown = useCanvas((state) => state.connection === null && (selected || state.hovered === id));
  const isAlone = useSession((state) => !selected || state.selectedNodes.size === 1);
  if (!isShown || !isAlone) return null;
  return sides.map((side) => (
    // The keyboard has its own way to connect, so the dots are not in its way.
    <button
      key={side}
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      data-side={side}
      className={`nodrag nopan ${styles["dot"]}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.preventDefault();
        startConnection(tools, { from: id }, event);
      }}
    />
  ));
}
