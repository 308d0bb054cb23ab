import type { QuorumReport, ReadReport, ReplicaReport } from "#src/compile/data-report.ts";
import type { Design } from "#src/design/document.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { shortDuration } from "#src/ui/kit/figure-text.ts";
import { type Column, Table } from "#src/ui/kit/table.tsx";
import { journeyName, partName } from "#src/ui/part-name.ts";
import { chanceText } from "./data-text.ts";
import styles from "./pane.module.css";

const moments = [
  { afterMs: 1, text: "1 ms" },
  { afterMs: 10, text: "10 ms" },
  { afterMs: 100, text: "100 ms" },
] as const;

/** The chance to read old data so long after a write, one column a moment. */
function staleColumns<Row extends { readonly node: string; readonly staleAfter: ReplicaReport["staleAfter"] | null }>(
  design: Design,
  idOf: (row: Row) => string,
): readonly Column<Row>[] {
  return moments.map(({ afterMs, text }) => ({
    id: `stale-${afterMs}`,
    header: `Old at ${text}`,
    align: "end",
    cell: (row) => (
      <FigureLink
        figure={{ of: "stale-read", id: idOf(row), figure: "probability", afterMs }}
        label={`chance to read old data at ${partName(design, row.node)} ${text} after a write`}
      >
        {chanceText(row.staleAfter?.find((moment) => moment.afterMs === afterMs)?.probability ?? null)}
      </FigureLink>
    ),
  }));
}

/** How far copies are behind, and how often a read of one is old. */
export function ReplicasTable({ design, rows }: { readonly design: Design; readonly rows: readonly ReplicaReport[] }) {
  const lag = (row: ReplicaReport, figure: "lag.mean" | "lag.p99", words: string, ms: number | null) => (
    <FigureLink figure={{ of: "copy", id: row.edge, figure }} label={`${words} of ${partName(design, row.node)}`}>
      {row.fallsBehind ? "no bound" : shortDuration(ms, { digits: 2 })}
    </FigureLink>
  );
  const columns: readonly Column<ReplicaReport>[] = [
    {
      id: "name",
      header: "Copy",
      cell: (row) => (
        <span className={styles["part"]}>
          {partName(design, row.node)}
          <span className={styles["aside"]}>
            {row.mode === "synchronous" ? "waited for" : "behind"} {partName(design, row.primary)}
          </span>
        </span>
      ),
    },
    {
      id: "lag",
      header: "Lag, p99",
      align: "end",
      cell: (row) => (
        <span className={styles["pair"]}>
          {lag(row, "lag.mean", "mean lag", row.lagMs.mean)}
          {lag(row, "lag.p99", "99th percentile of the lag", row.lagMs.p99)}
        </span>
      ),
    },
    ...staleColumns<ReplicaReport>(design, (row) => row.edge),
  ];
  return <Table caption="Copies and how old they are" columns={columns} rows={rows} rowKey={(row) => row.edge} />;
}

/** Stores that keep copies of their own: how many answer, and how often a read misses the last write. */
export function QuorumsTable({ design, rows }: { readonly design: Design; readonly rows: readonly QuorumReport[] }) {
  const columns: readonly Column<QuorumReport>[] = [
    {
      id: "name",
      header: "Store",
      cell: (row) => (
        <span className={styles["part"]}>
          {partName(design, row.node)}
          <span className={styles["aside"]}>
            {`N ${row.replicas}, W ${row.writeQuorum}, R ${row.readQuorum}: `}
            {row.overlaps ? "W + R > N, never old" : "W + R ≤ N"}
          </span>
        </span>
      ),
    },
    ...staleColumns<QuorumReport>(design, (row) => row.node),
  ];
  return <Table caption="Quorums and stale reads" columns={columns} rows={rows} rowKey={(row) => row.node} />;
}

const stances = { strong: "strong", "read-your-writes": "read your writes", eventual: "eventual" } as const;

/** From where each read journey may get old data, and whether that fits what it asks for. */
export function ReadsTable({ design, rows }: { readonly design: Design; readonly rows: readonly ReadReport[] }) {
  const columns: readonly Column<ReadReport>[] = [
    {
      id: "name",
      header: "Journey",
      cell: (row) => (
        <span className={styles["part"]}>
          {journeyName(design, row.id)}
          <span className={styles["aside"]}>asks for {stances[row.consistency]}</span>
        </span>
      ),
    },
    {
      id: "sources",
      header: "May be old from",
      cell: (row) => (
        <span className={styles["part"]}>
          {row.sources.length === 0 ? "nothing on its way" : null}
          {row.sources.map((source) => (
            <span key={source.node} className={styles["line"]}>
              {partName(design, source.node)}
              {source.settledAfterMs === null ? null : (
                <>
                  , seen by all but 0.1 % after{" "}
                  <FigureLink
                    figure={{ of: "read-source", id: row.id, node: source.node, figure: "settledAfterMs" }}
                    label={`time until a write is seen at ${partName(design, source.node)}`}
                  >
                    {shortDuration(source.settledAfterMs)}
                  </FigureLink>
                </>
              )}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: "kept",
      header: "Kept",
      align: "end",
      cell: (row) => (row.keepsConsistency ? "yes" : <span className={styles["unbounded"]}>not always</span>),
    },
  ];
  return <Table caption="Consistency of each read journey" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}
