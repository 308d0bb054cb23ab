import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, useState } from "react";
import { catalogue } from "#library/catalogue.ts";
import { formatRate } from "#src/base/format.ts";
import type { Position } from "#src/design/document.ts";
import { type EdgeRoute, roundedPath } from "#src/design/drawing/edge-routing.ts";
import { type EdgeLook, edgeLook } from "#src/insights/look/edge-look.ts";
import { classNames } from "#src/ui/kit/class-names.ts";
import { useSession } from "#src/ui/use-session.ts";
import { useCanvas, useCanvasTools } from "./canvas-context.ts";
import { startConnection } from "./connect-gesture.ts";
import styles from "./edge.module.css";
import { type FlowEdge, sentenceId } from "./flow-nodes.ts";
import { edgeReport, nodeReport } from "./report-by-id.ts";
import { edgeSentence } from "./sentences.ts";

/** Rough width of a letter of a label, the room beside it, and how far it steps aside, in canvas units. */
const labelUnit = 6;
const labelRoom = 40;
const labelLift = 18;

/** A connection: width by rate, line by mode, colour by the state of what it leads to. */
export const ConnectionEdge = memo(function ConnectionEdge({
  id,
  source,
  target,
  data,
  selected,
}: EdgeProps<FlowEdge>) {
  const { session } = useCanvasTools();
  const route = useCanvas((state) => state.routes.get(id));
  const isFar = useCanvas((state) => state.detail !== "full");
  const report = useSession((state) => edgeReport(state.report, id));
  const targetReport = useSession((state) => nodeReport(state.report, target));
  const [isHovered, setIsHovered] = useState(false);
  if (route === undefined || data === undefined) return null;
  const { design } = session.store.getState();
  const kindOf = (node: string) => catalogue.get(design.nodes.get(node)?.kind ?? "");
  const look = edgeLook(design, data.record, kindOf, report, targetReport);
  const isOpen = selected === true || isHovered;
  const rate = isOpen && report !== undefined ? formatRate(report.callsPerSecond) : "";
  const words = [look.label, rate].filter((text) => text !== "").join(", ");
  const path = roundedPath(route.points);
  const sentence = edgeSentence(design, data.record, look.label, session.store.getState().report);
  if (isFar && selected !== true) {
    return (
      <>
        <desc id={sentenceId(id)}>{sentence}</desc>
        <path className={classNames(styles["plain"], styles[look.state])} d={path} strokeWidth={look.width + 1} />
      </>
    );
  }
  return (
    <>
      <desc id={sentenceId(id)}>{sentence}</desc>
      <g className={classNames(styles["edge"], styles[look.state], selected && styles["selected"])}>
        <path className={styles["halo"]} d={path} strokeWidth={look.width + 8} />
        <Stroke path={path} look={look} />
        {isFar ? null : <path className={styles["head"]} d={arrowHead(route.points, 5 + look.width)} />}
        <path
          className={styles["hit"]}
          d={path}
          onPointerEnter={() => setIsHovered(true)}
          onPointerLeave={() => setIsHovered(false)}
        />
        {selected && !isFar ? <EndHandles id={id} source={source} target={target} points={route.points} /> : null}
      </g>
      {words === "" || isFar ? null : (
        <EdgeLabelRenderer>
          <div
            className={classNames(styles["label"], isOpen && styles["open"])}
            style={{
              transform: `translate(-50%, -50%) translate(${route.label.x}px, ${route.label.y - lift(route, words)}px)`,
            }}
          >
            {words}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

function Stroke({ path, look }: { readonly path: string; readonly look: EdgeLook }) {
  if (look.line === "double") {
    return (
      <>
        <path className={styles["line"]} d={path} strokeWidth={look.width + 2.5} />
        <path className={styles["core"]} d={path} strokeWidth={Math.max(1, look.width - 0.5)} />
      </>
    );
  }
  return (
    <path
      className={classNames(styles["line"], look.line === "dashed" && styles["dashed"])}
      d={path}
      strokeWidth={look.width}
    />
  );
}

/** How far a label stands above a level stretch that it would cover from end to end. */
function lift({ points, label }: EdgeRoute, words: string): number {
  const index = points.findIndex((point, at) => {
    const next = points[at + 1];
    return next !== undefined && point.y === label.y && next.y === label.y && (point.x + next.x) / 2 === label.x;
  });
  const from = points[index];
  const to = points[index + 1];
  if (from === undefined || to === undefined) return 0;
  return Math.abs(to.x - from.x) < words.length * labelUnit + labelRoom ? labelLift : 0;
}

/** Path of the arrow head at the end of a line; the last stretch gives its direction. */
function arrowHead(points: readonly Position[], size: number): string {
  const to = points.at(-1);
  const from = points.at(-2);
  if (to === undefined || from === undefined) return "";
  const dx = Math.sign(to.x - from.x);
  const dy = Math.sign(to.y - from.y);
  const half = size * 0.6;
  const back = { x: to.x - dx * size, y: to.y - dy * size };
  return `M${to.x} ${to.y}L${back.x + dy * half} ${back.y + dx * half}L${back.x - dy * half} ${back.y - dx * half}Z`;
}

interface EndHandlesProps {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly points: readonly Position[];
}

/** Both ends of the selected edge can be taken and put on another part. */
function EndHandles({ id, source, target, points }: EndHandlesProps) {
  const tools = useCanvasTools();
  const ends = [
    { end: "source", from: target, at: points[0] },
    { end: "target", from: source, at: points.at(-1) },
  ] as const;
  return ends.map(({ end, from, at }) =>
    at === undefined ? null : (
      <circle
        key={end}
        className={`nopan ${styles["end"]}`}
        cx={at.x}
        cy={at.y}
        r={6}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.stopPropagation();
          startConnection(tools, { from, edge: { id, end } }, event);
        }}
      />
    ),
  );
}
