import { formatBytes, formatCount, formatRate } from "#src/base/format.ts";
import type { AutoscalingReport, BacklogReport, VolumeReport } from "#src/compile/data-report.ts";
import type { Design } from "#src/design/document.ts";
import { formatBandwidth } from "#src/insights/explain-volume-figure.ts";
import type { BacklogFigure, FigureReference } from "#src/insights/explanation.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { shortDuration } from "#src/ui/kit/figure-text.ts";
import { type Column, Table } from "#src/ui/kit/table.tsx";
import { partName } from "#src/ui/part-name.ts";
import styles from "./pane.module.css";

interface BacklogRow {
  readonly id: string;
  readonly backlog: BacklogReport;
}

/** What waits for the consumers of each broker: now, after a minute without them, and until messages are lost. */
export function BacklogsTable({ design, rows }: { readonly design: Design; readonly rows: readonly BacklogRow[] }) {
  const figure = (row: BacklogRow, id: BacklogFigure, words: string, text: string) => (
    <FigureLink figure={{ of: "backlog", id: row.id, figure: id }} label={`${words} of ${partName(design, row.id)}`}>
      {text}
    </FigureLink>
  );
  const columns: readonly Column<BacklogRow>[] = [
    {
      id: "name",
      header: "Consumer",
      cell: (row) => (
        <span className={styles["part"]}>
          {partName(design, row.id)}
          <span className={styles["aside"]}>
            of {row.backlog.brokers.map((broker) => partName(design, broker)).join(", ")}
            {row.backlog.idleInstances > 0 ? (
              <>, {figure(row, "idleInstances", "idle consumers", `${formatCount(row.backlog.idleInstances)} idle`)}</>
            ) : null}
          </span>
        </span>
      ),
    },
    {
      id: "growth",
      header: "Grows, fails",
      align: "end",
      cell: (row) => (
        <span className={styles["pair"]}>
          {figure(row, "growthPerSecond", "growth of the backlog", formatRate(row.backlog.growthPerSecond))}
          {figure(row, "deadLettersPerSecond", "dead letters", formatRate(row.backlog.deadLettersPerSecond))}
        </span>
      ),
    },
    {
      id: "outage",
      header: "1 min away",
      align: "end",
      cell: (row) => (
        <span className={styles["pair"]}>
          {figure(
            row,
            "outageMinute.backlog",
            "messages after a minute without consumers",
            formatCount(Math.round(row.backlog.outageMinute.backlog)),
          )}
          {figure(
            row,
            "outageMinute.drainMs",
            "time to work off a minute without consumers",
            row.backlog.outageMinute.drainMs === null ? "never" : shortDuration(row.backlog.outageMinute.drainMs),
          )}
        </span>
      ),
    },
    {
      id: "loses",
      header: "Loss in",
      align: "end",
      cell: (row) => (
        <span className={styles["pair"]}>
          {figure(row, "losesAfterMs", "time until messages are lost", untilText(row.backlog.losesAfterMs))}
          {figure(
            row,
            "losesAfterOutageMs",
            "time without consumers until messages are lost",
            untilText(row.backlog.losesAfterOutageMs),
          )}
        </span>
      ),
    },
  ];
  return <Table caption="Backlogs of consumers" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

function untilText(ms: number | null): string {
  return ms === null ? "never" : shortDuration(ms, { digits: 2 });
}

type AutoscalingFigure = Extract<FigureReference, { of: "autoscaling" }>["figure"];

/** Instances that follow the load, and what a doubling of it leaves behind. */
export function AutoscalingTable({
  design,
  rows,
}: {
  readonly design: Design;
  readonly rows: readonly AutoscalingReport[];
}) {
  const figure = (row: AutoscalingReport, id: AutoscalingFigure, words: string, text: string) => (
    <FigureLink
      figure={{ of: "autoscaling", id: row.node, figure: id }}
      label={`${words} of ${partName(design, row.node)}`}
    >
      {text}
    </FigureLink>
  );
  const columns: readonly Column<AutoscalingReport>[] = [
    {
      id: "name",
      header: "Part",
      cell: (row) => (
        <span className={styles["part"]}>
          {partName(design, row.node)}
          <span className={styles["aside"]}>
            {formatCount(row.minInstances)} to {formatCount(row.maxInstances)} instances
          </span>
        </span>
      ),
    },
    {
      id: "instances",
      header: "In use",
      align: "end",
      cell: (row) => figure(row, "instances", "instances in use", formatCount(row.instances)),
    },
    {
      id: "reaction",
      header: "Reacts in",
      align: "end",
      cell: (row) => figure(row, "reactionMs", "time until new instances serve", shortDuration(row.reactionMs)),
    },
    {
      id: "doubling",
      header: "Doubled load",
      align: "end",
      cell: (row) => (
        <span className={styles["pair"]}>
          {figure(row, "backlog", "backlog as the load doubles", formatCount(Math.round(row.doubling.backlog)))}
          {figure(
            row,
            "drainMs",
            "time to work off a doubled load",
            row.doubling.drainMs === null ? "never" : shortDuration(row.doubling.drainMs),
          )}
        </span>
      ),
    },
  ];
  return <Table caption="Instances that follow the load" columns={columns} rows={rows} rowKey={(row) => row.node} />;
}

/** What the requirements make of records: by day, on the wire and in all. */
export function VolumeTable({ volume }: { readonly volume: VolumeReport }) {
  const rows = [
    { figure: "bytesPerDay", name: "New data a day, one copy", text: formatBytes(volume.bytesPerDay) },
    { figure: "ingestBitsPerSecond", name: "Bandwidth of new data", text: formatBandwidth(volume.ingestBitsPerSecond) },
    {
      figure: "bytesKept",
      name: volume.retentionDays === null ? "After a year, all copies" : "Kept in all, all copies",
      text: formatBytes(volume.bytesKept ?? volume.bytesAfterYear),
    },
  ] as const;
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { id: "name", header: "Data", cell: (row) => row.name },
    {
      id: "amount",
      header: "Amount",
      align: "end",
      cell: (row) => (
        <FigureLink figure={{ of: "volume", figure: row.figure }} label={row.name.toLowerCase()}>
          {row.text}
        </FigureLink>
      ),
    },
  ];
  return <Table caption="Data by the requirements" columns={columns} rows={rows} rowKey={(row) => row.figure} />;
}
