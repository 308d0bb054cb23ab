import { formatCount, formatMultiple, formatPercent } from "#src/base/format.ts";
import type { Design } from "#src/design/document.ts";
import type { Certainty, FigureCertainty } from "#src/insights/sensitivity/certainty.ts";
import { figureTitle, figureValue } from "#src/insights/sensitivity/certainty-in-words.ts";
import styles from "./certainty.module.css";

interface IntervalStripsProps {
  readonly design: Design;
  readonly certainty: Certainty;
  readonly chosen: number;
  readonly onChoose: (place: number) => void;
}

/** Widths of the axis, as the factor at its ends. */
const spans = [1.1, 1.25, 1.5, 2, 3, 5, 10];

/** Every figure that a range moves, on one axis of ratios to its likely value, so that they can be compared. */
export function IntervalStrips({ design, certainty, chosen, onChoose }: IntervalStripsProps) {
  const moved = certainty.figures
    .map((found, place) => ({ found, place }))
    .filter(({ found }) => found.interval !== null && found.influences.length > 0);
  const rows = moved.filter(({ found, place }) => place === chosen || spreadOf(found) >= leastSpread);
  const still = moved.length - rows.length;
  const span = spanOf(rows.map(({ found }) => found));
  const at = (ratio: number): number => {
    const share = (Math.log(ratio) / Math.log(span) + 1) / 2;
    return Math.min(1, Math.max(0, share)) * 100;
  };
  return (
    <div className={styles["strips"]}>
      <ul aria-label="Intervals of the figures">
        {rows.map(({ found, place }) => (
          <li key={place} data-chosen={place === chosen}>
            <button type="button" aria-pressed={place === chosen} onClick={() => onChoose(place)}>
              {figureTitle(design, found.figure)}
            </button>
            <span className={styles["strip"]} aria-hidden="true">
              <Strip found={found} at={at} />
            </span>
            <Ends found={found} />
          </li>
        ))}
      </ul>
      <div className={styles["stripAxis"]} aria-hidden="true">
        <span style={{ left: 0 }}>{formatMultiple(1 / span, { digits: 2 })}</span>
        <span style={{ left: "50%" }}>likely</span>
        <span style={{ left: "100%" }}>{formatMultiple(span, { digits: 2 })}</span>
      </div>
      {still === 0 ? null : (
        <p className={styles["quiet"]}>
          {still === 1 ? "One other figure moves" : `${formatCount(still)} other figures move`} by less than{" "}
          {formatPercent(leastSpread)}.
        </p>
      )}
    </div>
  );
}

/** Intervals that are narrower than this share of the figure say nothing side by side. */
const leastSpread = 0.05;

/** Width of the interval as a share of the likely value. */
function spreadOf({ interval, likely }: FigureCertainty): number {
  if (interval === null || interval.low === null || interval.high === null || likely === null) {
    return Number.POSITIVE_INFINITY;
  }
  return likely === 0 ? 0 : (interval.high - interval.low) / likely;
}

function spanOf(figures: readonly FigureCertainty[]): number {
  let widest = 1;
  for (const { interval, likely } of figures) {
    if (interval === null || likely === null || likely === 0) continue;
    if (interval.low !== null && interval.low > 0) widest = Math.max(widest, likely / interval.low);
    if (interval.high !== null) widest = Math.max(widest, interval.high / likely);
  }
  return spans.find((span) => span >= widest * 1.05) ?? 10;
}

function Strip({ found, at }: { readonly found: FigureCertainty; readonly at: (ratio: number) => number }) {
  const { interval, likely } = found;
  if (interval === null || likely === null || likely === 0) return null;
  const from = interval.low === null ? 100 : at(interval.low / likely);
  const to = interval.high === null ? 100 : at(interval.high / likely);
  return (
    <>
      <span className={styles["middle"]} />
      <span
        className={styles["interval"]}
        data-unbounded={interval.high === null && found.figure.of === "journey"}
        style={{ left: `${from}%`, width: `${Math.max(0.5, to - from)}%` }}
      />
    </>
  );
}

function Ends({ found }: { readonly found: FigureCertainty }) {
  const { interval, figure } = found;
  if (interval === null) return null;
  const isUnbounded = interval.unboundedShare > 0 && figure.of === "journey";
  return (
    <span className={styles["ends"]}>
      <span>
        {figureValue(figure, interval.low)} to {figureValue(figure, interval.high)}
      </span>
      {isUnbounded ? (
        <em title="Designs in which a part on the way is full, so that waits grow without end">
          no bound in {formatPercent(interval.unboundedShare, { digits: 2 })}
        </em>
      ) : null}
    </span>
  );
}
