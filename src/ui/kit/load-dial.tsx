import { formatCount, formatMultiple, formatRate } from "#src/base/format.ts";
import { classNames } from "./class-names.ts";
import styles from "./load-dial.module.css";
import { Slider } from "./slider.tsx";
import { nextLogValue, positionOf, toTwoFigures } from "./slider-scale.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";

interface LoadDialProps {
  /** Multiple of the declared load, 0.1 to 100. */
  readonly load: number;
  /** Requests per second at 1×, all journeys together; null: none declared. */
  readonly declaredRate: number | null;
  /** The largest multiple that can be carried; null: not known; infinite: no limit. */
  readonly sustainable?: number | null;
  /** The largest multiple at which every target is met. */
  readonly withinTargets?: number | null;
  /** `withinTargets` is still being worked out. */
  readonly isSeekingTargets?: boolean;
  readonly onChange: (load: number) => void;
  readonly onCommit: (load: number) => void;
}

const RANGE = { min: 0.1, max: 100, scale: "log" } as const;
const TICKS = [0.1, 1, 10, 100] as const;
/** Share of the track a mark's label may take, inside which tick labels give way. */
const LABEL_ROOM = 0.17;
/** Share of the track inside which two marks would stand on each other: the one for targets then gives way. */
const MARK_ROOM = 0.03;

function percent(load: number): string {
  return `${positionOf(load, RANGE) * 100}%`;
}

function onDial(load: number | null | undefined): load is number {
  return typeof load === "number" && load >= RANGE.min && load <= RANGE.max;
}

function loadInWords(load: number, declaredRate: number | null): string {
  const times = `${load} times the declared load`;
  return declaredRate === null ? times : `${times}, ${formatCount(load * declaredRate)} requests per second`;
}

/** Scales all traffic from 0.1× to 100×; shows the declared peak, where targets stop holding, and where it breaks. */
export function LoadDial({
  load,
  declaredRate,
  sustainable = null,
  withinTargets: statedWithinTargets = null,
  isSeekingTargets = false,
  onChange,
  onCommit,
}: LoadDialProps) {
  const isOneMark =
    onDial(sustainable) &&
    onDial(statedWithinTargets) &&
    Math.abs(positionOf(sustainable, RANGE) - positionOf(statedWithinTargets, RANGE)) < MARK_ROOM;
  const withinTargets = isOneMark ? sustainable : statedWithinTargets;
  const isOver = sustainable !== null && load > sustainable;
  const isNear = withinTargets !== null && load > withinTargets;
  const breakAt = positionOf(sustainable ?? RANGE.max, RANGE);
  const targetAt = positionOf(withinTargets ?? RANGE.max, RANGE);
  const isNextToBreak = onDial(sustainable) && Math.abs(breakAt - positionOf(1, RANGE)) < LABEL_ROOM;
  const crowded = (tick: number): boolean => {
    const at = positionOf(tick, RANGE);
    const breakLabel =
      breakAt > 1 - LABEL_ROOM ? [breakAt - LABEL_ROOM, breakAt] : [breakAt - 0.02, breakAt + LABEL_ROOM];
    const targetLabel = targetAt < LABEL_ROOM ? [targetAt, targetAt + LABEL_ROOM] : [targetAt - LABEL_ROOM, targetAt];
    const inside = ([from = 0, to = 0]: readonly number[]): boolean => at >= from && at <= to;
    return (onDial(sustainable) && inside(breakLabel)) || (onDial(withinTargets) && !isOneMark && inside(targetLabel));
  };
  return (
    <div className={styles["frame"]}>
      <div className={styles["dial"]}>
        <div className={styles["words"]}>
          <div className={styles["load"]}>
            Load {formatMultiple(load)}
            {load === 1 ? null : (
              <button
                type="button"
                className={styles["reset"]}
                onClick={() => {
                  onChange(1);
                  onCommit(1);
                }}
              >
                Back to 1×
              </button>
            )}
          </div>
          <div className={styles["rate"]}>
            {declaredRate === null
              ? "No traffic declared"
              : formatRate(declaredRate * load).replace("/s", " requests/s")}
            {isSeekingTargets ? "; working out how far targets hold" : ""}
          </div>
        </div>
        <div className={classNames(styles["scale"], isOver ? styles["over"] : isNear && styles["near"])}>
          <Slider
            label="Load"
            value={load}
            min={RANGE.min}
            max={RANGE.max}
            scale={RANGE.scale}
            round={toTwoFigures}
            nextValue={nextLogValue}
            valueText={`${loadInWords(load, declaredRate)}${isOver ? ", more than it can carry" : ""}`}
            onChange={onChange}
            onCommit={onCommit}
          >
            {sustainable === null ? null : (
              <span className={styles["beyond"]} style={{ left: `max(${percent(sustainable)}, ${percent(load)})` }} />
            )}
            {isOver ? (
              <span
                className={styles["excess"]}
                style={{ left: percent(sustainable), right: `${(1 - positionOf(load, RANGE)) * 100}%` }}
              />
            ) : null}
            <span className={styles["peak"]} style={{ left: percent(1) }} />
            {onDial(withinTargets) && !isOneMark ? (
              <span
                className={classNames(styles["mark"], styles["targets"])}
                style={{ left: percent(withinTargets) }}
              />
            ) : null}
            {onDial(sustainable) ? (
              <span className={classNames(styles["mark"], styles["breaks"])} style={{ left: percent(sustainable) }} />
            ) : null}
          </Slider>
          <div className={styles["ticks"]}>
            {TICKS.filter((tick) => !crowded(tick)).map((tick) => (
              <span key={tick} className={styles["centre"]} style={{ left: percent(tick) }} aria-hidden="true">
                {tick === 1 && !isNextToBreak ? "1× declared" : formatMultiple(tick)}
              </span>
            ))}
            {onDial(withinTargets) && !isOneMark ? (
              <span
                className={classNames(styles["targets"], styles[targetAt < LABEL_ROOM ? "after" : "before"])}
                style={{ left: percent(withinTargets) }}
              >
                targets hold to {formatMultiple(withinTargets)}
              </span>
            ) : null}
            {onDial(sustainable) ? (
              <span
                className={classNames(styles["breaks"], styles[breakAt > 1 - LABEL_ROOM ? "before" : "after"])}
                style={{ left: percent(sustainable) }}
              >
                breaks {formatMultiple(sustainable)}
              </span>
            ) : null}
            {sustainable !== null && sustainable < RANGE.min ? (
              <VisuallyHidden>It breaks below {formatMultiple(RANGE.min)}.</VisuallyHidden>
            ) : null}
          </div>
        </div>
      </div>
    </div>
  );
}
