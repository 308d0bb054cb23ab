import type { FigureReference } from "#src/insights/explanation.ts";
import type { Certainty, FigureCertainty } from "#src/insights/sensitivity/certainty.ts";
import {
  certaintyFor,
  elasticityInWords,
  factorRange,
  intervalInWords,
} from "#src/insights/sensitivity/certainty-in-words.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./explanation-panel.module.css";
import { useKnownCertainty } from "./use-certainty.ts";

const shownAssumptions = 3;
/** The figures that are studied; of others nothing is known. */
const studied: ReadonlySet<string> = new Set([
  "maxLoad",
  "mean",
  "p99",
  "completedPerSecond",
  "availability",
  "utilization",
]);

const studiedPlaces: ReadonlySet<FigureReference["of"]> = new Set(["design", "node", "journey"]);

/** Which assumptions move a figure most, where that is known, or the way to find out. */
export function MattersMost({ figure }: { readonly figure: FigureReference }) {
  const { certainty, isCurrent } = useKnownCertainty();
  if (!studied.has(figure.figure) || !studiedPlaces.has(figure.of)) return null;
  const found = certainty !== null && isCurrent ? certaintyFor(certainty, figure) : null;
  if (certainty !== null && isCurrent) {
    return found === null ? null : <Known certainty={certainty} found={found} />;
  }
  return (
    <section className={styles["assumptions"]}>
      <h4>What matters most</h4>
      <Ask />
    </section>
  );
}

function Ask() {
  const session = useSessionCommands();
  const running = useSession((state) => state.certainty.running);
  const load = useSession((state) => state.load);
  if (running !== null) {
    const share = running.total === null ? "" : `: ${running.done} of ${running.total} designs`;
    return <p className={styles["source"]}>Changing one number at a time{share}.</p>;
  }
  return (
    <div>
      <Button size="small" onClick={() => session.study({ type: "certainty", load })}>
        Find out
      </Button>
    </div>
  );
}

function Known({ certainty, found }: { readonly certainty: Certainty; readonly found: FigureCertainty }) {
  const interval = found.influences.length === 0 ? null : intervalInWords(found);
  return (
    <section className={styles["assumptions"]}>
      <h4>What matters most</h4>
      {interval === null ? null : <p className={styles["source"]}>Nine in ten drawn designs give {interval}.</p>}
      {found.influences.length === 0 ? <p className={styles["source"]}>None of the numbers moves it.</p> : null}
      <ul>
        {found.influences.slice(0, shownAssumptions).map((influence) => {
          const factor = certainty.factors[influence.factor];
          if (factor === undefined) return null;
          return (
            <li key={influence.factor}>
              <span className={styles["line"]}>
                <span>{factor.title}</span>
                <b>{factorRange(factor)}</b>
              </span>
              <span className={styles["source"]}>{elasticityInWords(influence)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
