import { useEffect, useState } from "react";
import { formatPercent } from "#src/base/format.ts";
import { classNames } from "./class-names.ts";
import styles from "./progress-bar.module.css";

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null: how far is not known. */
  readonly value: number | null;
  /** Milliseconds before it shows, so that quick work does not flicker. */
  readonly delayMs?: number;
}

export function ProgressBar({ label, value, delayMs = 150 }: ProgressBarProps) {
  const [shown, setShown] = useState(delayMs === 0);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  if (!shown) return null;
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      className={classNames(styles["bar"], share === null && styles["unknown"])}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={share ?? undefined}
      aria-valuetext={share === null ? undefined : formatPercent(share, { digits: 2 })}
    >
      <div className={styles["fill"]} style={share === null ? undefined : { transform: `scaleX(${share})` }} />
    </div>
  );
}
