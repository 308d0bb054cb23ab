import type { ReactNode } from "react";
import { formatMultiple } from "#src/base/format.ts";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { useSession } from "#src/ui/use-session.ts";
import { QuorumsTable, ReadsTable, ReplicasTable } from "./copies-tables.tsx";
import { AutoscalingTable, BacklogsTable, VolumeTable } from "./flow-tables.tsx";
import styles from "./pane.module.css";

/** Copies and how old they are, what waits for consumers, instances that follow the load, and how much data there is. */
export function DataTab() {
  const design = useSession((state) => state.design);
  const report = useSession((state) => state.report);
  const { replicas = [], quorums = [], journeys = [], autoscaling = [], volume = null } = report?.data ?? {};
  const reads = journeys.filter(({ sources, consistency }) => sources.length > 0 || consistency !== "eventual");
  const backlogs = (report?.nodes ?? []).flatMap(({ id, backlog }) => (backlog === null ? [] : [{ id, backlog }]));
  const sections: readonly (readonly [title: string, aside: string, table: ReactNode] | null)[] = [
    backlogs.length > 0
      ? [
          "Backlogs",
          "now, and after a minute without consumers",
          <BacklogsTable key="backlogs" design={design} rows={backlogs} />,
        ]
      : null,
    replicas.length > 0
      ? ["Copies", "how far behind", <ReplicasTable key="replicas" design={design} rows={replicas} />]
      : null,
    quorums.length > 0
      ? ["Quorums", "reads that miss a write", <QuorumsTable key="quorums" design={design} rows={quorums} />]
      : null,
    reads.length > 0
      ? ["Reads", "what journeys ask for", <ReadsTable key="reads" design={design} rows={reads} />]
      : null,
    autoscaling.length > 0
      ? [
          "Autoscaling",
          "and what a doubled load leaves",
          <AutoscalingTable key="scaling" design={design} rows={autoscaling} />,
        ]
      : null,
    volume !== null ? ["Volume", "by the requirements", <VolumeTable key="volume" volume={volume} />] : null,
  ];
  const shown = sections.filter((section) => section !== null);
  if (report === null || shown.length === 0) {
    return (
      <EmptyState title={report === null ? "Nothing computed yet" : "No copies, queues or volumes yet"}>
        Add a replica, a queue or a stream with consumers, let a service scale with its load, or say in the requirements
        how many records come in a day.
      </EmptyState>
    );
  }
  return (
    <div className={styles["page"]}>
      {shown.map(([title, aside, table]) => (
        <section key={title} className={styles["section"]}>
          <h3>
            {title === "Volume" ? title : `${title} at load ${formatMultiple(report.load)}`}
            <span>{aside}</span>
          </h3>
          {table}
        </section>
      ))}
    </div>
  );
}
