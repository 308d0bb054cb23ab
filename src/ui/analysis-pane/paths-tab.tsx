import { formatMultiple, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { shortDuration } from "#src/ui/kit/figure-text.ts";
import { type Column, Table } from "#src/ui/kit/table.tsx";
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
        <UsersAndRetries journey={journey} />
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
        {journey.saturated ? null : <HopFigures design={design} journey={journey} />}
      </section>
      <section className={styles["section"]}>
        <h3>
          {journey.paths.length === 1 ? "One path" : `${journey.paths.length} paths`}
          <span>share, p50, p99</span>
        </h3>
        <ul className={styles["list"]}>
          {journey.paths.slice(0, shownPaths).map((path, place) => (
            <li key={`${path.nodes.join(" ")}${path.isRest === true ? " …" : ""}`} className={styles["pathRow"]}>
              <button
                type="button"
                className={styles["path"]}
                onClick={() => highlight(path.nodes, edgesAlong(design, path.nodes))}
              >
                <span>
                  {path.nodes.map((id) => partName(design, id)).join(" → ")}
                  {path.isRest === true ? " → all other ways" : ""}
                </span>
              </button>
              <span className={styles["shares"]}>
                {pathFigures.map(([figure, title]) => (
                  <FigureLink
                    key={figure}
                    figure={{ of: "path", journey: journey.id, path: place, figure }}
                    label={`${title} of path ${place + 1}`}
                    strong={figure === "share"}
                  >
                    {figure === "share"
                      ? formatPercent(path.share, { digits: 2 })
                      : shortDuration(path.latencyMs[figure], { digits: 2 })}
                  </FigureLink>
                ))}
              </span>
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

const pathFigures = [
  ["share", "share"],
  ["p50", "median"],
  ["p99", "99th percentile"],
] as const;

/** The bars of the waterfall as numbers, each of which explains itself. */
function HopFigures({ design, journey }: { readonly design: Design; readonly journey: JourneyReport }) {
  const figure = (node: string, name: "visits" | "serviceMs" | "waitMs" | "networkMs", title: string, text: string) => (
    <FigureLink
      figure={{ of: "hop", journey: journey.id, node, figure: name }}
      label={`${title}, ${partName(design, node)}`}
    >
      {text}
    </FigureLink>
  );
  const columns: readonly Column<JourneyReport["breakdown"][number]>[] = [
    { id: "part", header: "Part", cell: ({ node }) => partName(design, node) },
    {
      id: "visits",
      header: "Visits",
      align: "end",
      cell: ({ node, visits }) => figure(node, "visits", "visits", formatNumber(visits)),
    },
    {
      id: "network",
      header: "Network",
      align: "end",
      cell: ({ node, networkMs }) => figure(node, "networkMs", "network time", shortDuration(networkMs)),
    },
    {
      id: "waiting",
      header: "Waiting",
      align: "end",
      cell: ({ node, waitMs }) => figure(node, "waitMs", "waiting time", shortDuration(waitMs)),
    },
    {
      id: "served",
      header: "Served",
      align: "end",
      cell: ({ node, serviceMs }) => figure(node, "serviceMs", "time being served", shortDuration(serviceMs)),
    },
  ];
  return (
    <details className={styles["details"]}>
      <summary>The same as numbers</summary>
      <Table
        caption="Mean visits and times of a request at each part"
        columns={columns}
        rows={journey.breakdown}
        rowKey={({ node }) => node}
      />
    </details>
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

/** What users of a closed journey get and can get, and what retries could make of one of its requests. */
function UsersAndRetries({ journey: { id, closed, retryAmplification } }: { readonly journey: JourneyReport }) {
  const saturation = closed?.bounds?.saturationUsers ?? null;
  const most = closed?.bounds?.asymptotic.throughputPerSecond.most ?? null;
  return (
    <>
      {closed === null ? null : (
        <p>
          <FigureLink figure={{ of: "closed", id, figure: "users" }} label="users at this load">
            {formatNumber(closed.users)}
          </FigureLink>{" "}
          {closed.users === 1 ? "user asks" : "users ask"} for{" "}
          <FigureLink figure={{ of: "closed", id, figure: "throughputPerSecond" }} label="rate of the users" strong>
            {formatRate(closed.throughputPerSecond)}
          </FigureLink>
          {most === null ? null : (
            <>
              , at most{" "}
              <FigureLink
                figure={{ of: "closed", id, figure: "asymptotic.throughputPerSecond.most" }}
                label="most that the rate can be"
              >
                {formatRate(most)}
              </FigureLink>
            </>
          )}
          .
          {saturation === null ? null : (
            <>
              {" From "}
              <FigureLink
                figure={{ of: "closed", id, figure: "saturationUsers" }}
                label="users from which the slowest part limits the rate"
              >
                {formatNumber(saturation)}
              </FigureLink>{" "}
              users on the slowest part limits the rate.
            </>
          )}
        </p>
      )}
      {retryAmplification > 1 ? (
        <p>
          Retries can make up to{" "}
          <FigureLink
            figure={{ of: "journey", id, figure: "retryAmplification" }}
            label="attempts that retries can make of one"
          >
            {formatNumber(retryAmplification)}
          </FigureLink>{" "}
          attempts of one call.
        </p>
      ) : null}
    </>
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
