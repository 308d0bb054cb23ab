import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo } from "react";
import { catalogue } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import { resizeContainer } from "#src/design/commands/resize-container.ts";
import { descendantsOf } from "#src/design/queries.ts";
import { classNames } from "#src/ui/kit/class-names.ts";
import { useSession } from "#src/ui/use-session.ts";
import { gridStep } from "./alignment.ts";
import { useCanvas, useCanvasTools } from "./canvas-context.ts";
import { EdgeAnchor } from "./edge-anchor.tsx";
import { type PartNode, sentenceId } from "./flow-nodes.ts";
import { NameEditor } from "./name-editor.tsx";
import styles from "./node.module.css";
import { containerSentence } from "./sentences.ts";

const washes = { 1: styles["wash1"], 2: styles["wash2"], 3: undefined } as const;

/** A container: a wash behind what is inside it, with a title. */
export const ContainerNode = memo(function ContainerNode({ id, data, selected, width, height }: NodeProps<PartNode>) {
  const { canvas, session } = useCanvasTools();
  const { record } = data;
  const partsInside = useSession((state) => descendantsOf(state.design, id).length);
  const isFar = useCanvas((state) => state.detail !== "full");
  const isTarget = useCanvas((state) => state.dropTarget === id);
  const isRenaming = useCanvas((state) => state.renaming === id);
  const kind = catalogue.get(record.kind);
  const wash = views.get(record.kind)?.wash ?? 3;
  const name = record.name ?? kind?.title ?? id;
  const className = classNames(
    styles["container"],
    washes[wash],
    isFar && styles["containerFar"],
    selected && styles["containerSelected"],
    isTarget && styles["containerTarget"],
  );
  return (
    <>
      <div className={className}>
        <span id={sentenceId(id)} hidden>
          {containerSentence(record, partsInside)}
        </span>
        <EdgeAnchor className={styles["anchor"]} />
        <svg className={styles["rim"]} aria-hidden="true">
          <rect x={4} y={4} width={width ?? 0} height={height ?? 0} rx={12} />
        </svg>
        <div className={styles["title"]}>
          {isRenaming ? (
            <NameEditor id={id} name={name} className={styles["nameEditor"]} />
          ) : (
            <span className={styles["titleText"]}>{name}</span>
          )}
        </div>
      </div>
      {selected && !isFar ? (
        <NodeResizer
          minWidth={120}
          minHeight={80}
          handleClassName={styles["resizeHandle"] ?? ""}
          lineClassName={styles["resizeLine"] ?? ""}
          onResizeEnd={(_event, place) => {
            const snapped = (value: number) => Math.round(value / gridStep) * gridStep;
            const size = { width: snapped(place.width), height: snapped(place.height) };
            const position = { x: Math.round(place.x), y: Math.round(place.y) };
            const isMoved = position.x !== record.position?.x || position.y !== record.position?.y;
            session.run(`Resize ${name}`, resizeContainer, isMoved ? { id, size, position } : { id, size });
            canvas.sync();
          }}
        />
      ) : null}
    </>
  );
});
