import { formatMultiple, formatPercent, formatRate } from "#src/base/format.ts";
import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { shortDuration } from "#src/ui/kit/figure-text.ts";
import { Waterfall } from "#src/ui/kit/waterfall.tsx";
import { partName } from "#src/ui/part-name.ts";
import { useSession } from "#src/ui/use-session.ts";
import { JourneyChoice, useJourneyChoice } from "./journey-choice.tsx";
import styles from "./pane.module.css";
import { edgesAlong } from "./path-edges.ts";
import { useHighlight } from "./use-highlight.ts";
import { waterfallHops } from "./waterfall-hops.ts";

const shownPaths = 12;

/** One journey at a time: where its time goes, its percentiles, its limit and the ways its requests take. */
export function PathsTab() {
  const design = useSession((state) => state.design);
  const report = useSession((state) => state.report);
  const journey = useJourneyChoice(report);
  if (report === null || journey === null) {
    return (
      <EmptyState title="No journey yet">
        Add a journey in the inspector: its requests are then followed through every part.
      </EmptyState>
    );
  }
  return (
    <div className={styles["page"]}>
      <JourneyChoice design={design} report={report} shown={journey.id} />
      <JourneyPaths design={design} report={report} journey={journey} />
    </div>
  );
}

interface JourneyPathsProps {
  readonly design: Design;
  readonly report: AnalysisReport;
  readonly journey: JourneyReport;
}

function JourneyPaths({ design, report, journey }: JourneyPathsProps) {
  const highlight = useHighlight();
  const hops = waterfallHops(design, journey);
  return (
    <>
      <section className={styles["section"]}>
        <h3>Latency at load {formatMultiple(report.load)}</h3>
        <Percentiles journey={journey} />
        <Limit design={design} journey={journey} />
      </section>
      <section className={styles["section"]}>
        <h3>Where the time goes, on average</h3>
        {journey.saturated ? (
          <p className={styles["note"]}>
            A part on the way is full, so waits grow without end and there is no latency to show. Lower the load, or
            give the full part more instances.
          </p>
        ) : (
          <Waterfall
            label="Mean time of a request at each part"
            hops={hops.map((hop) => ({
              ...hop,
              label: partName(design, hop.id),
            }))}
            totalMs={journey.latencyMs.mean ?? 0}
            onSelect={(id) => highlight([id])}
          />
        )}
      </section>
      <section className={styles["section"]}>
        <h3>
          {journey.paths.length === 1 ? "One path" : `${journey.paths.length} paths`}
          <span>share, p50, p99</span>
        </h3>
        <ul className={styles["list"]}>
          {journey.paths.slice(0, shownPaths).map((path) => (
            <li key={path.nodes.join(" ")}>
              <button
                type="button"
                className={styles["path"]}
                onClick={() => highlight(path.nodes, edgesAlong(design, path.nodes))}
              >
                <span>{path.nodes.map((id) => partName(design, id)).join(" → ")}</span>
                <span className={styles["shares"]}>
                  <b>{formatPercent(path.share, { digits: 2 })}</b>
                  <span>{shortDuration(path.latencyMs.p50, { digits: 2 })}</span>
                  <span>{shortDuration(path.latencyMs.p99, { digits: 2 })}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {journey.paths.length > shownPaths ? (
          <p className={styles["note"]}>
            And {journey.paths.length - shownPaths} more, which take{" "}
            {formatPercent(journey.paths.slice(shownPaths).reduce((sum, path) => sum + path.share, 0))} of the requests.
          </p>
        ) : null}
      </section>
    </>
  );
}

const percentiles = [
  ["mean", "mean"],
  ["p50", "p50"],
  ["p90", "p90"],
  ["p95", "p95"],
  ["p99", "p99"],
  ["p999", "p99.9"],
] as const;

function Percentiles({ journey }: { readonly journey: JourneyReport }) {
  return (
    <dl className={styles["percentiles"]}>
      {percentiles.map(([figure, title]) => (
        <div key={figure}>
          <dt>{title}</dt>
          <dd>
            <FigureLink figure={{ of: "journey", id: journey.id, figure }} label={`${title} of the latency`}>
              {shortDuration(journey.latencyMs[figure])}
            </FigureLink>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Limit({ design, journey }: { readonly design: Design; readonly journey: JourneyReport }) {
  const highlight = useHighlight();
  const { bottleneck } = journey;
  if (journey.maxPerSecond === null || bottleneck === null) {
    return <p className={styles["note"]}>Nothing on its way limits how many requests can pass.</p>;
  }
  return (
    <p>
      At most{" "}
      <FigureLink figure={{ of: "journey", id: journey.id, figure: "maxPerSecond" }} label="largest rate" strong>
        {formatRate(journey.maxPerSecond)}
      </FigureLink>{" "}
      get through:{" "}
      <button type="button" className={styles["inline"]} onClick={() => highlight([bottleneck])}>
        {partName(design, bottleneck)}
      </button>{" "}
      is full first.
    </p>
  );
}
