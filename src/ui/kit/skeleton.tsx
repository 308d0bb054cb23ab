import styles from "./skeleton.module.css";

interface SkeletonProps {
  readonly width?: number | string;
  /** Pixels. */
  readonly height?: number;
  readonly lines?: number;
}

/** The place of something that is on its way. It does not move: nothing moves at rest. */
export function Skeleton({ width = "100%", height = 12, lines = 1 }: SkeletonProps) {
  return (
    <span className={styles["lines"]} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
          key={line}
          className={styles["line"]}
          style={{ width: line > 0 && line === lines - 1 ? "60%" : width, height }}
        />
      ))}
    </span>
  );
}
