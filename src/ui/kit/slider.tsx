import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import styles from "./slider.module.css";
import { positionOf, type SliderScale, valueAt } from "./slider-scale.ts";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Drags and keys land on multiples of it from `min`; a log slider needs `round` and `nextValue` instead. */
  readonly step?: number;
  readonly scale?: SliderScale;
  /** What a drag lands on. */
  readonly round?: (value: number) => number;
  readonly nextValue?: (value: number, direction: 1 | -1, large: boolean) => number;
  /** The value in words, for screen readers. */
  readonly valueText?: string;
  /** On every move. */
  readonly onChange: (value: number) => void;
  /** When a drag ends, and on every key. */
  readonly onCommit?: (value: number) => void;
  readonly disabled?: boolean;
  /** Drawn on the track, under the thumb. */
  readonly children?: ReactNode;
}

export function Slider({
  label,
  value,
  min,
  max,
  step = (max - min) / 100,
  scale = "linear",
  round = (raw) => min + Math.round((raw - min) / step) * step,
  nextValue = (from, direction, large) => from + direction * step * (large ? 10 : 1),
  valueText,
  onChange,
  onCommit,
  disabled = false,
  children,
}: SliderProps) {
  const track = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  const range = { min, max, scale };
  const percent = `${positionOf(value, range) * 100}%`;

  function bounded(raw: number): number {
    return Number(Math.min(max, Math.max(min, raw)).toPrecision(12));
  }

  function valueUnder(event: PointerEvent): number {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return value;
    return bounded(round(valueAt((event.clientX - box.left) / box.width, range)));
  }

  function moveTo(next: number): void {
    if (next !== value) onChange(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const large = event.shiftKey || event.key.startsWith("Page");
    let next: number;
    switch (event.key) {
      case "ArrowRight":
      case "ArrowUp":
      case "PageUp":
        next = nextValue(value, 1, large);
        break;
      case "ArrowLeft":
      case "ArrowDown":
      case "PageDown":
        next = nextValue(value, -1, large);
        break;
      case "Home":
        next = min;
        break;
      case "End":
        next = max;
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
    next = bounded(next);
    moveTo(next);
    onCommit?.(next);
  }

  return (
    <div
      className={styles["slider"]}
      data-dragging={dragging}
      aria-disabled={disabled}
      onPointerDown={(event) => {
        if (event.button !== 0 || disabled) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        thumb.current?.focus();
        setDragging(true);
        moveTo(valueUnder(event));
      }}
      onPointerMove={(event) => {
        if (dragging) moveTo(valueUnder(event));
      }}
      onPointerUp={(event) => {
        if (!dragging) return;
        setDragging(false);
        onCommit?.(valueUnder(event));
      }}
      onPointerCancel={() => {
        setDragging(false);
        onCommit?.(value);
      }}
    >
      <div ref={track} className={styles["track"]}>
        <div className={styles["fill"]} style={{ width: percent }} />
        {children}
        <div
          ref={thumb}
          role="slider"
          tabIndex={disabled ? -1 : 0}
          className={styles["thumb"]}
          style={{ left: percent }}
          aria-label={label}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-valuenow={value}
          aria-valuetext={valueText}
          aria-disabled={disabled}
          aria-orientation="horizontal"
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}
