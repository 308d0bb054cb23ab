import styles from "./sparkline.module.css";

interface SparklineProps {
  readonly label: string;
  /** Evenly spaced; null is a gap. */
  readonly values: readonly (number | null)[];
  readonly target?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A small line without axes, beside its figure. */
export function Sparkline({ label, values, target, width = 72, height = 20 }: SparklineProps) {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const low = Math.min(0, ...known, target ?? 0);
  const high = Math.max(...known, target ?? Number.NEGATIVE_INFINITY, low + Number.EPSILON);
  const atX = (index: number): number => (index / Math.max(1, values.length - 1)) * width;
  const atY = (value: number): number => height - ((value - low) / (high - low)) * height;
  let path = "";
  let pen = "M";
  let last: readonly [number, number] | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) {
      pen = "M";
      continue;
    }
    last = [atX(index), atY(value)];
    path += `${pen}${last[0].toFixed(1)} ${last[1].toFixed(1)}`;
    pen = "L";
  }
  return (
    <svg className={styles["spark"]} width={width} height={height} role="img" aria-label={label}>
      {target === undefined ? null : (
        <line className={styles["target"]} x1={0} x2={width} y1={atY(target)} y2={atY(target)} />
      )}
      <path className={styles["line"]} d={path} />
      {last === null ? null : <circle className={styles["end"]} cx={last[0]} cy={last[1]} r={2} />}
    </svg>
  );
}
