import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./resizable-pane.module.css";

interface ResizablePaneProps {
  readonly label: string;
  /** The side of the screen it stands at; its handle is on the inner edge. */
  readonly side: "left" | "right" | "bottom";
  /** Pixels, as with `min` and `max`. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly collapsed?: boolean;
  /** When a drag ends, and on every key: the size to remember. */
  readonly onSizeCommit: (size: number) => void;
  /** Given: the pane can be folded away by dragging it past half its least size, by Enter or by a double press. */
  readonly onCollapsedChange?: (collapsed: boolean) => void;
  readonly children: ReactNode;
}

const KEY_STEP = 16;

export function ResizablePane({
  label,
  side,
  size,
  min,
  max,
  collapsed = false,
  onSizeCommit,
  onCollapsedChange,
  children,
}: ResizablePaneProps) {
  const id = useId();
  const [dragged, setDragged] = useState<number | null>(null);
  const drag = useRef<{ readonly from: number; readonly size: number } | null>(null);
  const horizontal = side !== "bottom";
  const sign = side === "left" ? 1 : -1;
  const shown = collapsed ? 0 : (dragged ?? size);

  function bounded(wanted: number): number {
    return Math.round(Math.min(max, Math.max(min, wanted)));
  }

  function onPointerMove(event: PointerEvent): void {
    if (drag.current === null) return;
    const moved = (horizontal ? event.clientX : event.clientY) - drag.current.from;
    const wanted = drag.current.size + sign * moved;
    const folds = onCollapsedChange !== undefined && wanted < min / 2;
    if (folds !== collapsed) onCollapsedChange?.(folds);
    setDragged(bounded(wanted));
  }

  function onPointerEnd(): void {
    if (drag.current === null) return;
    drag.current = null;
    if (dragged !== null && !collapsed && dragged !== size) onSizeCommit(dragged);
    setDragged(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const grow = { left: "ArrowRight", right: "ArrowLeft", bottom: "ArrowUp" }[side];
    const shrink = { left: "ArrowLeft", right: "ArrowRight", bottom: "ArrowDown" }[side];
    const step = KEY_STEP * (event.shiftKey ? 4 : 1);
    let next: number | null = null;
    if (event.key === grow) next = bounded(size + step);
    else if (event.key === shrink) next = bounded(size - step);
    else if (event.key === "Home") next = min;
    else if (event.key === "End") next = max;
    else if (event.key === "Enter" && onCollapsedChange !== undefined) onCollapsedChange(!collapsed);
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) return;
    if (collapsed) onCollapsedChange?.(false);
    if (next !== size) onSizeCommit(next);
  }

  return (
    <aside
      id={id}
      aria-label={label}
      className={classNames(styles["pane"], styles[side], collapsed && styles["collapsed"])}
      style={horizontal ? { width: shown } : { height: shown }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a rule that is moved is a focusable separator; <hr> is not interactive. */}
      <div
        role="separator"
        tabIndex={0}
        className={styles["handle"]}
        data-dragging={dragged !== null}
        aria-label={`Size of ${label.toLowerCase()}`}
        aria-controls={id}
        aria-orientation={horizontal ? "vertical" : "horizontal"}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={shown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { from: horizontal ? event.clientX : event.clientY, size: shown };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onDoubleClick={() => onCollapsedChange?.(!collapsed)}
        onKeyDown={onKeyDown}
      />
      {collapsed ? null : <div className={styles["content"]}>{children}</div>}
    </aside>
  );
}
