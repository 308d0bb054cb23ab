import { classNames } from "./class-names.ts";
import type { GaugeState } from "./gauge-state.ts";
import styles from "./horizontal-bars.module.css";
import { logTicks, positionOf } from "./slider-scale.ts";

interface Bar {
  readonly id: string;
  readonly label: string;
  /** Above 0; null or infinite: no limit. */
  readonly value: number | null;
  readonly state?: GaugeState;
}

interface HorizontalBarsProps {
  /** What is compared, for screen readers. */
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly format: (value: number) => string;
  /** Where bars start: a log axis has no zero. Smaller values reach to the left of it. */
  readonly origin?: number;
  readonly onSelect?: (id: string) => void;
  readonly noLimitText?: string;
}

function isFiniteValue(value: number | null): value is number {
  return value !== null && Number.isFinite(value) && value > 0;
}

/** The axis: from the least value or the origin to a fifth past the largest, so that the largest bar's label has room. */
function rangeOf(bars: readonly Bar[], origin: number): { min: number; max: number; scale: "log" } {
  const values = bars.map((bar) => bar.value).filter(isFiniteValue);
  const min = Math.min(origin, ...values);
  const largest = Math.max(origin * 2, ...values);
  return { min, max: min * (largest / min) ** 1.28, scale: "log" };
}

/** Bars on a log axis with their values beside them. */
export function HorizontalBars({
  label,
  bars,
  format,
  origin = 1,
  onSelect,
  noLimitText = "no limit found",
}: HorizontalBarsProps) {
  const range = rangeOf(bars, origin);
  const originAt = positionOf(origin, range) * 100;
  const ticks = logTicks(range.min, range.max, 6);
  return (
    <div className={styles["chart"]}>
      <ul className={styles["rows"]} aria-label={label}>
        {bars.map((bar, index) => (
          <li key={bar.id} className={styles["row"]}>
            <span className={styles["label"]} title={bar.label}>
              {onSelect === undefined ? (
                bar.label
              ) : (
                <button type="button" className={styles["pick"]} onClick={() => onSelect(bar.id)}>
                  {bar.label}
                </button>
              )}
            </span>
            <span className={styles["plot"]}>
              {index === 0 ? <Grid ticks={ticks} origin={origin} range={range} rows={bars.length} /> : null}
              <BarWithValue bar={bar} range={range} originAt={originAt} format={format} noLimitText={noLimitText} />
            </span>
          </li>
        ))}
      </ul>
      <div className={styles["axis"]} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ left: `${positionOf(tick, range) * 100}%` }}>
            {format(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}

type Range = ReturnType<typeof rangeOf>;

function Grid({
  ticks,
  origin,
  range,
  rows,
}: {
  readonly ticks: readonly number[];
  readonly origin: number;
  readonly range: Range;
  readonly rows: number;
}) {
  return (
    <span className={styles["grid"]} style={{ height: `calc(${rows * 100}% + 4px)` }} aria-hidden="true">
      {ticks.map((tick) => (
        <span
          key={tick}
          className={classNames(styles["line"], tick === origin && styles["origin"])}
          style={{ left: `${positionOf(tick, range) * 100}%` }}
        />
      ))}
    </span>
  );
}

function BarWithValue({
  bar,
  range,
  originAt,
  format,
  noLimitText,
}: {
  readonly bar: Bar;
  readonly range: Range;
  readonly originAt: number;
  readonly format: (value: number) => string;
  readonly noLimitText: string;
}) {
  if (!isFiniteValue(bar.value)) {
    return (
      <span className={classNames(styles["value"], styles["noLimit"])} style={{ left: `${originAt}%` }}>
        {noLimitText}
      </span>
    );
  }
  const at = positionOf(bar.value, range) * 100;
  const [from, to] = at < originAt ? [at, originAt] : [originAt, at];
  return (
    <>
      <span
        className={classNames(
          styles["bar"],
          bar.state !== undefined && bar.state !== "ok" && styles[bar.state],
          at < originAt && styles["below"],
        )}
        style={{ left: `${from}%`, width: `${to - from}%` }}
        aria-hidden="true"
      />
      <span className={styles["value"]} style={{ left: `${to}%` }}>
        {format(bar.value)}
      </span>
    </>
  );
}
