import { formatMultiple } from "#src/base/format.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { limitInWords } from "#src/insights/limit-in-words.ts";
import { stateOf } from "#src/insights/look/node-look.ts";
import { intervalInWords } from "#src/insights/sensitivity/certainty-in-words.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { Button } from "#src/ui/kit/button.tsx";
import { HorizontalBars } from "#src/ui/kit/horizontal-bars.tsx";
import { partName } from "#src/ui/part-name.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import { costInWords, exactnessInWords } from "./closing-notes.ts";
import { headlineOf } from "./headline.ts";
import { JourneysTable } from "./journeys-table.tsx";
import styles from "./pane.module.css";
import { RiskSummary } from "./risk-summary.tsx";
import { useCertainty, useHasRanges } from "./use-certainty.ts";
import { useHighlight } from "./use-highlight.ts";

const shownBars = 6;
const shownRisks = 3;

/** The answer first, then the picture, the table and what is most at risk. */
export function OverviewTab() {
  const design = useSession((state) => state.design);
  const report = useSession((state) => state.report);
  const hasProblems = useSession((state) => state.analysisProblems.length > 0);
  const session = useSessionCommands();
  const headline = headlineOf(design, report, hasProblems);
  return (
    <div className={styles["page"]}>
      <header className={styles["headline"]} data-warning={headline.isWarning}>
        <h2>{headline.answer}</h2>
        <p>
          {headline.detail.map((part) =>
            typeof part === "string" ? (
              part
            ) : (
              <FigureLink
                key={part.figure}
                figure={{ of: "design", figure: part.figure }}
                label={part.figure === "maxLoad" ? "largest load" : "load within targets"}
              >
                {part.text}
              </FigureLink>
            ),
          )}
        </p>
        <CertaintyLine />
        {headline.needsTraffic === true ? (
          <Button
            onClick={() => {
              session.select([], []);
              session.showTab("inspector");
            }}
          >
            State the traffic
          </Button>
        ) : null}
      </header>
      {report === null || report.journeys.length === 0 ? null : <Results design={design} report={report} />}
    </div>
  );
}

function Results({ design, report }: { readonly design: Design; readonly report: AnalysisReport }) {
  const session = useSessionCommands();
  const highlight = useHighlight();
  const exactness = exactnessInWords(report);
  return (
    <>
      {report.breakingLoads.length === 0 ? null : (
        <section className={styles["section"]}>
          <h3>What breaks first, as load grows</h3>
          <HorizontalBars
            label="Load at which each part is full"
            bars={report.breakingLoads.slice(0, shownBars).map((first) => {
              const what = limitInWords(design, first);
              const name = partName(design, first.node);
              return {
                id: first.node,
                label: what === null ? name : `${name}: ${what}`,
                value: first.load,
                state: stateNow(report, first.node),
              };
            })}
            format={(load) => formatMultiple(load)}
            onSelect={(id) => highlight([id])}
          />
        </section>
      )}
      {report.journeys.length === 0 ? null : (
        <section className={styles["section"]}>
          <h3>Journeys at load {formatMultiple(report.load)}</h3>
          <JourneysTable design={design} report={report} />
        </section>
      )}
      {report.risks.length === 0 ? (
        <p className={styles["note"]}>No finding at this load. Turn the load up to see what gives way.</p>
      ) : (
        <section className={styles["section"]}>
          <h3>
            {riskTitle(report.risks.length)}
            {report.risks.length > shownRisks ? (
              <Button variant="quiet" size="small" onClick={() => session.showTab("findings")}>
                Show all
              </Button>
            ) : null}
          </h3>
          <ul className={styles["list"]}>
            {report.risks.slice(0, shownRisks).map((risk) => (
              <li key={`${risk.rule} ${risk.title}`}>
                <RiskSummary risk={risk} onPress={() => highlight(risk.nodes, risk.edges)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles["section"]}>
        <h3>Cost</h3>
        <p className={styles["note"]}>{costInWords(report)}</p>
      </section>
      {exactness === "" ? null : <p className={styles["note"]}>{exactness}</p>}
      {report.warnings.map((warning) => (
        <p key={warning} className={styles["note"]}>
          {warning}
        </p>
      ))}
    </>
  );
}

/** The interval of the largest load, where the design states ranges. */
function CertaintyLine() {
  const session = useSessionCommands();
  const hasRanges = useHasRanges();
  const { certainty, isCurrent } = useCertainty(hasRanges);
  const load = certainty?.figures[0];
  const interval = load === undefined || !isCurrent ? null : intervalInWords(load);
  if (!hasRanges || interval === null) return null;
  return (
    <p>
      With your ranges, nine in ten designs carry{" "}
      <button type="button" className={styles["inline"]} onClick={() => session.showTab("certainty")}>
        {interval}
      </button>
      .
    </p>
  );
}

/** A bar has the colour that its part has on the canvas at the load of the dial. */
function stateNow(report: AnalysisReport, nodeId: string): "ok" | "near" | "over" {
  const node = report.nodes.find(({ id }) => id === nodeId);
  return node === undefined ? "ok" : stateOf(node);
}

function riskTitle(count: number): string {
  if (count === 1) return "One risk";
  return count <= shownRisks ? `${count === 2 ? "Two" : "Three"} risks` : `Three risks that matter most, of ${count}`;
}
