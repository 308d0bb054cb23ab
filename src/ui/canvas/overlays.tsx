import { ViewportPortal } from "@xyflow/react";
import type { Box } from "#src/design/drawing/edge-routing.ts";
import { roundedPath, routeEdges } from "#src/design/drawing/edge-routing.ts";
import styles from "./canvas.module.css";
import { useCanvas } from "./canvas-context.ts";
import type { Connection } from "./canvas-store.ts";

/** What is drawn over the canvas while something is moved or connected. */
export function Overlays() {
  const guides = useCanvas((state) => state.guides);
  const connection = useCanvas((state) => state.connection);
  const from = useCanvas((state) => (state.connection === null ? undefined : state.boxes.get(state.connection.from)));
  const over = useCanvas((state) => state.boxes.get(state.connection?.over ?? ""));
  if (guides.length === 0 && connection === null) return null;
  return (
    <ViewportPortal>
      <svg className={styles["overlay"]} aria-hidden="true">
        {guides.map(({ axis, at, from: start, to }) => (
          <path
            key={axis}
            className={styles["guide"]}
            d={axis === "x" ? `M${at} ${start - 12}V${to + 12}` : `M${start - 12} ${at}H${to + 12}`}
          />
        ))}
        {connection === null || from === undefined ? null : (
          <path className={styles["preview"]} d={previewPath(connection, from, over)} />
        )}
      </svg>
    </ViewportPortal>
  );
}

/** The line that the connection would have, to the part under the pointer or to the pointer. */
function previewPath({ edge, point, over, from: node }: Connection, from: Box, target: Box | undefined): string {
  const free = over !== null && over !== node && target !== undefined ? target : { ...point, width: 1, height: 1 };
  const isBackwards = edge?.end === "source";
  const ends = isBackwards ? { source: "free", target: "from" } : { source: "from", target: "free" };
  const boxes = new Map([
    ["from", from],
    ["free", free],
  ]);
  const route = routeEdges(boxes, [{ id: "preview", ...ends }]).get("preview");
  return route === undefined ? "" : roundedPath(route.points);
}
