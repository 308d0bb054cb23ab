import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { kindDirectory } from "#library/catalogue.ts";
import { resizeContainer } from "#src/design/commands/resize-container.ts";
import { updateAnnotation } from "#src/design/commands/update-annotation.ts";
import type { Annotation } from "#src/design/document.ts";
import { classNames } from "#src/ui/kit/class-names.ts";
import styles from "./annotation.module.css";
import { useCanvas, useCanvasTools } from "./canvas-context.ts";
import { EdgeAnchor } from "./edge-anchor.tsx";
import { type AnnotationNode as Flow, sentenceId } from "./flow-nodes.ts";
import { focusItem } from "./focus.ts";

const words = { note: "Note", text: "Text", frame: "Frame", freehand: "Drawing" } as const;

/** A note, a text, a frame or a freehand line: said to people, not to the computation. */
export const AnnotationNode = memo(function AnnotationNode({ id, data, selected, width, height }: NodeProps<Flow>) {
  const { canvas, session } = useCanvasTools();
  const isWriting = useCanvas((state) => state.renaming === id);
  const { record } = data;
  const { type, text = "" } = record;
  return (
    <>
      <span id={sentenceId(id)} hidden>
        {text === "" ? words[type] : `${words[type]}: ${text}`}
      </span>
      <EdgeAnchor className={styles["anchor"]} />
      <div className={classNames(styles["annotation"], styles[type], selected && styles["selected"])}>
        {type === "frame" ? (
          <svg className={styles["rim"]} aria-hidden="true">
            <rect width={width ?? 0} height={height ?? 0} rx={4} />
          </svg>
        ) : null}
        {type === "freehand" ? (
          <svg className={styles["drawing"]} aria-hidden="true">
            <path d={freehandPath(record)} />
          </svg>
        ) : isWriting ? (
          <TextEditor record={record} />
        ) : (
          <span className={styles["words"]}>{text}</span>
        )}
      </div>
      {selected && type !== "freehand" ? (
        <NodeResizer
          minWidth={48}
          minHeight={20}
          handleClassName={styles["resizeHandle"] ?? ""}
          lineClassName={styles["resizeLine"] ?? ""}
          onResizeEnd={(_event, place) => {
            const size = { width: Math.round(place.width), height: Math.round(place.height) };
            const position = { x: Math.round(place.x), y: Math.round(place.y) };
            session.run(`Resize the ${type}`, resizeContainer, { id, size, position });
            canvas.sync();
          }}
        />
      ) : null}
    </>
  );
});

/** The words while they are written: leaving keeps them, and so does Ctrl with Enter; Escape does not. */
function TextEditor({ record }: { readonly record: Annotation }) {
  const { canvas, session } = useCanvasTools();
  const area = useRef<HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    isDone.current = false;
    area.current?.focus();
    area.current?.select();
  }, []);
  function finish(text: string | null, refocus: boolean): void {
    if (isDone.current) return;
    isDone.current = true;
    if (text !== null && text !== (record.text ?? ""))
      session.run("Edit the text", updateAnnotation, { annotation: { ...record, text }, kinds: kindDirectory });
    canvas.setState({ renaming: null });
    if (refocus) focusItem(record.id);
  }
  return (
    <textarea
      ref={area}
      className={`nodrag nopan nowheel ${styles["editor"] ?? ""}`}
      aria-label={`Words of the ${record.type}`}
      defaultValue={record.text ?? ""}
      maxLength={10_000}
      onBlur={(event) => finish(event.currentTarget.value, false)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) finish(event.currentTarget.value, true);
        if (event.key === "Escape") finish(null, true);
      }}
    />
  );
}

function freehandPath({ points = [] }: Annotation): string {
  let path = "";
  for (let index = 0; index + 1 < points.length; index += 2)
    path += `${index === 0 ? "M" : "L"}${points[index]} ${points[index + 1]}`;
  return path;
}
