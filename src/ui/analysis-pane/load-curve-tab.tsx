import { formatDurationMs, formatMultiple, formatNumber, formatRate } from "#src/base/format.ts";
import { declaredRatePerSecond } from "#src/compile/journey-rates.ts";
import type { AnalysisReport, JourneyReport, LoadCurvePoint } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { LineChart } from "#src/ui/kit/line-chart.tsx";
import { ProgressBar } from "#src/ui/kit/progress-bar.tsx";
import { journeyName, partName } from "#src/ui/part-name.ts";
import { useSession } from "#src/ui/use-session.ts";
import { JourneyChoice, useJourneyChoice } from "./journey-choice.tsx";
import { kneeLoad } from "./knee.ts";
import styles from "./pane.module.css";
import { worstTarget } from "./worst-target.ts";

/** Latency and throughput of a journey as the load grows. */
export function LoadCurveTab() {
  const design = useSession((state) => state.design);
  const report = useSession((state) => state.report);
  const curve = useSession((state) => state.curve);
  const journey = useJourneyChoice(report);
  if (report === null || journey === null) {
    return <EmptyState title="No journey yet">Add a journey, and its latency is drawn against the load.</EmptyState>;
  }
  return (
    <div className={styles["page"]}>
      <JourneyChoice design={design} report={report} shown={journey.id} />
      {curve === null ? (
        <>
          <ProgressBar label="Working out the load curve" value={null} />
          <p className={styles["note"]}>Working out the load curve.</p>
        </>
      ) : (
        <Curves design={design} report={report} curve={curve} journey={journey} />
      )}
    </div>
  );
}

interface CurvesProps {
  readonly design: Design;
  readonly report: AnalysisReport;
  readonly curve: readonly LoadCurvePoint[];
  readonly journey: JourneyReport;
}

function Curves({ design, report, curve, journey }: CurvesProps) {
  const stated = design.journeys.get(journey.id);
  const declared = stated === undefined ? 0 : declaredRatePerSecond(design, stated);
  const loads = curve.map((point) => point.load);
  const points = curve.map((point) => point.journeys.find(({ id }) => id === journey.id));
  const last = loads.at(-1) ?? 1;
  const knee = kneeLoad(curve, journey.id);
  const target = worstTarget(journey);
  const name = journeyName(design, journey.id);
  const now = report.load <= last ? [{ x: report.load, label: "now", tone: "ink" as const }] : [];
  const full = report.maxLoad === null ? [] : [{ x: report.maxLoad, label: "full", tone: "over" as const }];
  const zones = retryMarkers(report, last);
  const bend = knee === null ? [] : [{ x: knee, label: "knee", tone: "muted" as const }];
  const xAxis = { label: "load", format: (load: number) => formatMultiple(load) };
  const first = report.breakingLoads[0];
  return (
    <>
      <section className={styles["section"]}>
        <h3>Latency of {name}</h3>
        <LineChart
          label={`Latency of ${name} against load`}
          height={230}
          x={loads}
          series={[
            { label: "p99", tone: "load", values: points.map((point) => point?.p99 ?? null) },
            { label: "p50", tone: "muted", values: points.map((point) => point?.p50 ?? null) },
          ]}
          xAxis={xAxis}
          yAxis={{ label: "latency", scale: "log", format: (ms) => formatDurationMs(ms, { digits: 2 }) }}
          target={
            target === null
              ? undefined
              : {
                  value: target.ms,
                  label: `p${formatNumber(target.percentile)} target ${formatDurationMs(target.ms)}`,
                }
          }
          markers={[...now, ...bend, ...zones, ...full]}
        />
        <KneeNote knee={knee} first={first === undefined ? null : partName(design, first.node)} report={report} />
        <RetriesNote report={report} />
      </section>
      <section className={styles["section"]}>
        <h3>Throughput of {name}</h3>
        <LineChart
          label={`Offered and completed requests of ${name} against load`}
          height={190}
          x={loads}
          series={[
            { label: "completed", tone: "load", values: points.map((point) => point?.completedPerSecond ?? null) },
            ...(stated?.users === undefined
              ? [{ label: "offered", tone: "muted" as const, dash: true, values: loads.map((load) => load * declared) }]
              : []),
          ]}
          xAxis={xAxis}
          yAxis={{ label: "requests per second", format: (rate) => formatRate(rate) }}
          markers={[...now, ...full]}
        />
      </section>
    </>
  );
}

/** Where the zones of retries begin. */
function retryMarkers(report: AnalysisReport, last: number) {
  const { retrySafeUpToLoad: safe, retryStableUpToLoad: stable, maxLoad } = report;
  const takesCapacity = stable !== null && (maxLoad === null || stable < maxLoad * 0.999);
  return [
    ...(safe !== null && safe <= last ? [{ x: safe, label: "retries vulnerable", tone: "near" as const }] : []),
    ...(takesCapacity && stable <= last ? [{ x: stable, label: "retries unstable", tone: "over" as const }] : []),
  ];
}

/** How far retries are harmless, and from where they need no stall to swamp a part. */
function RetriesNote({ report }: { readonly report: AnalysisReport }) {
  const { retrySafeUpToLoad: safe, retryStableUpToLoad: stable, maxLoad } = report;
  if (safe === null) return null;
  return (
    <p className={styles["note"]}>
      Up to{" "}
      <FigureLink
        figure={{ of: "retries", id: null, figure: "safeUpToLoad" }}
        label="load up to which retries are safe"
      >
        {formatMultiple(safe)}
      </FigureLink>{" "}
      retries cannot swamp any part. Above it a short stall can become lasting overload.
      {stable !== null && (maxLoad === null || stable < maxLoad * 0.999) ? (
        <>
          {" Above "}
          <FigureLink
            figure={{ of: "retries", id: null, figure: "stableUpToLoad" }}
            label="load from which retries swamp a part"
          >
            {formatMultiple(stable)}
          </FigureLink>{" "}
          retries swamp a part without any stall.
        </>
      ) : null}
    </p>
  );
}

/** Where the curve bends, and where it ends. */
function KneeNote({
  knee,
  first,
  report,
}: {
  readonly knee: number | null;
  readonly first: string | null;
  readonly report: AnalysisReport;
}) {
  const bend =
    knee === null
      ? "The curve has no knee in this range."
      : `Past the knee at ${formatMultiple(knee)} latency grows faster than throughput.`;
  return (
    <p className={styles["note"]}>
      {bend}{" "}
      {first === null ? (
        "No part is ever full."
      ) : (
        <>
          At{" "}
          <FigureLink figure={{ of: "design", figure: "maxLoad" }} label="largest load">
            {formatMultiple(report.maxLoad)}
          </FigureLink>{" "}
          {first} is full and no latency holds.
        </>
      )}
    </p>
  );
}
