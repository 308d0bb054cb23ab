import { formatUtilization } from "#src/base/format.ts";
import { classNames } from "./class-names.ts";
import styles from "./gauge.module.css";
import { DEFAULT_SAFE_SHARE, type GaugeState, gaugeState, stateWords } from "./gauge-state.ts";

interface GaugeProps {
  /** Share of capacity in use, 0 to 1 and beyond; null: not known. */
  readonly utilisation: number | null;
  /** Where the safe line stands, 0 to 1. */
  readonly safe?: number;
  /** Given: what the owner knows better, such as "failed". */
  readonly state?: GaugeState;
  readonly size?: "medium" | "wide";
  /** Given: a meter for screen readers. Without it the gauge is decoration beside its figure. */
  readonly label?: string;
}

/** Utilisation filled against the safe line. Three plain elements, so that hundreds cost little. */
export function Gauge({ utilisation, safe = DEFAULT_SAFE_SHARE, state, size = "medium", label }: GaugeProps) {
  const shown = state ?? gaugeState(utilisation, safe);
  const filled = utilisation === null || Number.isNaN(utilisation) ? 0 : Math.min(1, Math.max(0, utilisation));
  const className = classNames(styles["gauge"], styles[shown], size === "wide" && styles["wide"]);
  const parts = (
    <>
      <span className={styles["fill"]} style={{ width: `${filled * 100}%` }} />
      <span className={styles["mark"]} style={{ left: `${safe * 100}%` }} />
    </>
  );
  if (label === undefined) {
    return (
      <span className={className} aria-hidden="true">
        {parts}
      </span>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> themselves and leave no room for the safe line.
    <span
      className={className}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={filled}
      aria-valuetext={`${formatUtilization(utilisation)}, ${stateWords(shown)}`}
    >
      {parts}
    </span>
  );
}
