import type { Design } from "#src/design/document.ts";
import type { Certainty, Factor, FigureCertainty, Influence } from "#src/insights/sensitivity/certainty.ts";
import { elasticityInWords, factorRange, figureValue } from "#src/insights/sensitivity/certainty-in-words.ts";
import { Badge } from "#src/ui/kit/badge.tsx";
import { useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./certainty.module.css";

interface TornadoProps {
  readonly design: Design;
  readonly certainty: Certainty;
  readonly found: FigureCertainty;
}

const shownBars = 10;

/** What moves a figure, the widest swing first; each line leads to its setting. */
export function Tornado({ certainty, found }: TornadoProps) {
  const { figure, likely, influences } = found;
  if (influences.length === 0) return <p className={styles["quiet"]}>None of the numbers moves it.</p>;
  const shown = influences.slice(0, shownBars);
  const scale = scaleOf(shown, likely);
  return (
    <div className={styles["tornado"]}>
      <ol aria-label="Assumptions by how much they matter">
        {shown.map((influence) => {
          const factor = certainty.factors[influence.factor];
          if (factor === undefined) return null;
          return (
            <li key={influence.factor}>
              <FactorLine factor={factor} />
              <span className={styles["swing"]} aria-hidden="true">
                <Swing influence={influence} likely={likely} scale={scale} />
              </span>
              <span className={styles["effect"]}>
                <span>
                  {figureValue(figure, influence.atLow)} … {figureValue(figure, influence.atHigh)}
                </span>
                <span>{elasticityInWords(influence) ?? "no elasticity: there is no bound here"}</span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className={styles["legend"]}>
        <span data-end="low">at the low end</span>
        <span data-end="high">at the high end</span>
        {likely === null ? null : <span>line: likely, {figureValue(figure, likely)}</span>}
      </p>
      {influences.length > shown.length ? (
        <p className={styles["quiet"]}>{influences.length - shown.length} more move it less.</p>
      ) : null}
    </div>
  );
}

function FactorLine({ factor }: { readonly factor: Factor }) {
  const session = useSessionCommands();
  return (
    <span className={styles["factor"]}>
      <button
        type="button"
        onClick={() => {
          session.select(factor.of === "node" ? [factor.id] : [], factor.of === "edge" ? [factor.id] : []);
          session.showTab("inspector");
        }}
      >
        {factor.title}
      </button>
      <span>
        {factorRange(factor)}
        {factor.basis === "default" ? <Badge>default</Badge> : null}
      </span>
    </span>
  );
}

/** Figures at the ends on a straight axis; what has no bound reaches its right end. */
function scaleOf(influences: readonly Influence[], likely: number | null): (value: number | null) => number {
  const values = influences
    .flatMap(({ atLow, atHigh }) => [atLow, atHigh])
    .concat(likely)
    .filter((value) => value !== null);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const width = most - least;
  const isUnbounded = influences.some(({ atLow, atHigh }) => atLow === null || atHigh === null);
  return (value) => {
    if (value === null) return 100;
    if (width === 0) return isUnbounded ? 0 : 50;
    return ((value - least) / width) * (isUnbounded ? 85 : 100);
  };
}

function Swing({
  influence,
  likely,
  scale,
}: {
  readonly influence: Influence;
  readonly likely: number | null;
  readonly scale: (value: number | null) => number;
}) {
  const middle = scale(likely);
  const bar = (end: "low" | "high", value: number | null) => {
    const at = scale(value);
    return (
      <span
        data-end={end}
        data-unbounded={value === null}
        style={{ left: `${Math.min(at, middle)}%`, width: `${Math.abs(at - middle)}%` }}
      />
    );
  };
  return (
    <>
      {bar("low", influence.atLow)}
      {bar("high", influence.atHigh)}
      <i style={{ left: `${middle}%` }} />
    </>
  );
}
