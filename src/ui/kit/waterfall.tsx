import { linearTicks } from "./axis-ticks.ts";
import { classNames } from "./class-names.ts";
import { shortDuration } from "./figure-text.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";
import styles from "./waterfall.module.css";

interface Hop {
  readonly id: string;
  readonly label: string;
  /** Milliseconds from the start of the request, as the other durations. */
  readonly startMs: number;
  readonly networkMs: number;
  readonly waitingMs: number;
  readonly serviceMs: number;
  /** How many calls deep, for the indentation. */
  readonly depth?: number;
}

interface WaterfallProps {
  readonly label: string;
  readonly hops: readonly Hop[];
  readonly totalMs: number;
  readonly onSelect?: (id: string) => void;
}

const SEGMENTS = [
  { kind: "network", word: "Network", of: (hop: Hop) => hop.networkMs },
  { kind: "waiting", word: "Waiting", of: (hop: Hop) => hop.waitingMs },
  { kind: "service", word: "Service", of: (hop: Hop) => hop.serviceMs },
] as const;

function lengthOf(hop: Hop): number {
  return hop.networkMs + hop.waitingMs + hop.serviceMs;
}

/** Where the time of one request goes, hop by hop: network, then waiting, then service. */
export function Waterfall({ label, hops, totalMs, onSelect }: WaterfallProps) {
  const end = Math.max(totalMs, ...hops.map((hop) => hop.startMs + lengthOf(hop)), Number.MIN_VALUE);
  const share = (ms: number): string => `${(ms / end) * 100}%`;
  return (
    <div className={styles["waterfall"]}>
      <div className={styles["legend"]}>
        {SEGMENTS.map((segment) => (
          <span key={segment.kind} className={styles["key"]}>
            <span className={classNames(styles["swatch"], styles[segment.kind])} aria-hidden="true" />
            {segment.word}
            <b>{shortDuration(hops.reduce((sum, hop) => sum + segment.of(hop), 0))}</b>
          </span>
        ))}
      </div>
      <ol className={styles["rows"]} aria-label={label}>
        {hops.map((hop) => (
          <li key={hop.id} className={styles["row"]}>
            <span className={styles["label"]} style={{ paddingLeft: (hop.depth ?? 0) * 12 }} title={hop.label}>
              {onSelect === undefined ? (
                hop.label
              ) : (
                <button type="button" className={styles["pick"]} onClick={() => onSelect(hop.id)}>
                  {hop.label}
                </button>
              )}
            </span>
            <span className={styles["plot"]} aria-hidden="true">
              <span className={styles["lead"]} style={{ width: share(hop.startMs) }} />
              <span className={styles["bar"]} style={{ left: share(hop.startMs), width: share(lengthOf(hop)) }}>
                {SEGMENTS.map((segment) => (
                  <span key={segment.kind} className={styles[segment.kind]} style={{ flexGrow: segment.of(hop) }} />
                ))}
              </span>
            </span>
            <span className={styles["value"]}>
              {shortDuration(lengthOf(hop))}
              <VisuallyHidden>
                {SEGMENTS.map((segment) => `, ${segment.word.toLowerCase()} ${shortDuration(segment.of(hop))}`).join(
                  "",
                )}
              </VisuallyHidden>
            </span>
          </li>
        ))}
        <li className={classNames(styles["row"], styles["total"])}>
          <span>Total</span>
          <span className={styles["axis"]} aria-hidden="true">
            {linearTicks(0, end * 0.94, 4).map((tick) => (
              <span key={tick} style={{ left: share(tick) }}>
                {shortDuration(tick)}
              </span>
            ))}
          </span>
          <span className={styles["value"]}>{shortDuration(totalMs)}</span>
        </li>
      </ol>
    </div>
  );
}
