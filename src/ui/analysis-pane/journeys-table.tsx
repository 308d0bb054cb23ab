import { type ReactNode, useContext } from "react";
import { formatCount, formatDurationMs, formatNumber } from "#src/base/format.ts";
import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { Chip } from "#src/ui/kit/chip.tsx";
import { shortAvailability, shortDuration } from "#src/ui/kit/figure-text.ts";
import { type Column, Table } from "#src/ui/kit/table.tsx";
import { VisuallyHidden } from "#src/ui/kit/visually-hidden.tsx";
import { journeyName } from "#src/ui/part-name.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";
import { JourneyChoiceContext } from "./journey-choice.tsx";
import styles from "./pane.module.css";
import { worstTarget } from "./worst-target.ts";

interface JourneysTableProps {
  readonly design: Design;
  readonly report: AnalysisReport;
}

/** Each journey's rate, latency, target and availability at the load of the report. */
export function JourneysTable({ design, report }: JourneysTableProps) {
  const session = useSessionCommands();
  const { choose } = useContext(JourneyChoiceContext);
  const figureColumn = (
    id: "offeredPerSecond" | "p50" | "p99" | "availability",
    header: string,
    words: string,
    text: (row: JourneyReport) => ReactNode,
  ): Column<JourneyReport> => ({
    id,
    header,
    align: "end",
    cell: (row) => (
      <FigureLink
        figure={{ of: "journey", id: row.id, figure: id }}
        label={`${words} of ${journeyName(design, row.id)}`}
      >
        {text(row)}
      </FigureLink>
    ),
  });
  const columns: readonly Column<JourneyReport>[] = [
    {
      id: "name",
      header: "Journey",
      cell: (row) => (
        <button
          type="button"
          className={styles["journey"]}
          title={`Paths of ${journeyName(design, row.id)}`}
          onClick={() => {
            choose(row.id);
            session.showTab("paths");
          }}
        >
          {journeyName(design, row.id)}
        </button>
      ),
    },
    figureColumn("offeredPerSecond", "req/s", "rate", (row) => formatCount(row.offeredPerSecond)),
    figureColumn("p50", "p50", "median latency", (row) => latencyInWords(row, row.latencyMs.p50)),
    figureColumn("p99", "p99", "99th percentile of latency", (row) => latencyInWords(row, row.latencyMs.p99)),
    {
      id: "target",
      header: "Target",
      align: "end",
      cell: (row) => (
        <span className={styles["target"]}>
          <Target journey={row} />
        </span>
      ),
    },
    figureColumn("availability", "Available", "availability", (row) => shortAvailability(row.availability)),
  ];
  return (
    <div className={styles["journeys"]}>
      <Table caption="Journeys" columns={columns} rows={report.journeys} rowKey={(row) => row.id} />
    </div>
  );
}

/** Short, for the column is narrow; what it means stands in the tip. */
function latencyInWords(journey: JourneyReport, latencyMs: number | null): ReactNode {
  if (latencyMs !== null || !journey.saturated) return shortDuration(latencyMs, { digits: 2 });
  return (
    <span
      className={styles["unbounded"]}
      title="No steady state: a part on the way is full, so waits grow without end and there is no latency to show."
    >
      no bound
      <VisuallyHidden>, no steady state</VisuallyHidden>
    </span>
  );
}

function Target({ journey }: { readonly journey: JourneyReport }) {
  const target = worstTarget(journey);
  if (target === null) return "none";
  const isClose = target.met && (target.actualMs ?? 0) > 0.9 * target.ms;
  const percentile = target.percentile === 99 ? "" : `p${formatNumber(target.percentile)} `;
  return (
    <Chip state={target.met ? (isClose ? "near" : "ok") : "over"}>
      {percentile}
      {formatDurationMs(target.ms)}
    </Chip>
  );
}
