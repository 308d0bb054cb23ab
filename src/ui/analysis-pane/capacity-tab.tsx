import { Scaling } from "lucide-react";
import { useState } from "react";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import {
  formatCount,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
  formatUtilization,
} from "#src/base/format.ts";
import { type NodeReport, safeUtilization } from "#src/compile/report.ts";
import { setSetting } from "#src/design/commands/set-setting.ts";
import type { Design } from "#src/design/document.ts";
import type { FigureReference } from "#src/insights/explanation.ts";
import { stateOf } from "#src/insights/look/node-look.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { Button } from "#src/ui/kit/button.tsx";
import { classNames } from "#src/ui/kit/class-names.ts";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { shortDuration } from "#src/ui/kit/figure-text.ts";
import { Gauge } from "#src/ui/kit/gauge.tsx";
import { type Column, Table } from "#src/ui/kit/table.tsx";
import { partName } from "#src/ui/part-name.ts";
import { useRun } from "#src/ui/use-run.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./pane.module.css";
import { PlannerDialog } from "./planner-dialog.tsx";
import { useHighlight } from "./use-highlight.ts";

type NodeFigure = Extract<FigureReference, { of: "node" }>["figure"];

/** Every part that serves: what it is offered, what it can take, and how many instances would keep it safe. */
export function CapacityTab() {
  const design = useSession((state) => state.design);
  const report = useSession((state) => state.report);
  const selected = useSession((state) => state.selectedNodes);
  const highlight = useHighlight();
  const [isPlanning, setPlanning] = useState(false);
  const rows = (report?.nodes ?? []).filter((node) => node.capacityPerSecond !== null);
  if (report === null || rows.length === 0) {
    return (
      <EmptyState title="No part serves requests yet">
        Add a service, a store or a queue, and connect it to where requests come from.
      </EmptyState>
    );
  }
  const [only] = selected;
  return (
    <div className={styles["page"]}>
      <section className={classNames(styles["section"], styles["capacity"])}>
        <h3>
          Capacity at load {formatMultiple(report.load)}
          <span>safe up to {formatPercent(safeUtilization)}</span>
        </h3>
        <div>
          <Button size="small" icon={<Scaling size={14} />} onClick={() => setPlanning(true)}>
            Plan capacity
          </Button>
        </div>
        <Table
          caption="Capacity of each part"
          columns={columnsFor(design)}
          rows={rows}
          rowKey={(row) => row.id}
          initialSort={{ columnId: "utilization", direction: "descending" }}
          selectedKey={selected.size === 1 ? (only ?? null) : null}
          onSelect={(id) => highlight([id])}
        />
      </section>
      <PlannerDialog open={isPlanning} onClose={() => setPlanning(false)} />
    </div>
  );
}

function columnsFor(design: Design): readonly Column<NodeReport>[] {
  const figure = (id: NodeFigure, words: string, row: NodeReport, text: string) => (
    <FigureLink figure={{ of: "node", id: row.id, figure: id }} label={`${words} of ${partName(design, row.id)}`}>
      {text}
    </FigureLink>
  );
  return [
    {
      id: "name",
      header: "Part",
      cell: (row) => <span className={styles["part"]}>{partName(design, row.id)}</span>,
      sortValue: (row) => partName(design, row.id),
    },
    {
      id: "utilization",
      header: "Utilisation",
      align: "end",
      sortValue: (row) => row.offeredUtilization,
      cell: (row) => (
        <span className={styles["pair"]}>
          {figure("utilization", "utilisation", row, formatUtilization(row.offeredUtilization))}
          <span className={styles["gauge"]}>
            <Gauge utilisation={row.offeredUtilization} state={stateOf(row)} />
          </span>
        </span>
      ),
    },
    {
      id: "use",
      header: "Instances",
      align: "end",
      sortValue: (row) => instancesOf(design, row.id),
      cell: (row) => <Instances design={design} row={row} />,
    },
    {
      id: "arrivalsPerSecond",
      header: "Rate, capacity",
      align: "end",
      sortValue: (row) => row.arrivalsPerSecond,
      cell: (row) => (
        <span className={styles["pair"]}>
          {figure("arrivalsPerSecond", "rate", row, formatRate(row.arrivalsPerSecond))}
          {figure("capacityPerSecond", "capacity", row, formatRate(row.capacityPerSecond))}
        </span>
      ),
    },
    {
      id: "waitMs.p99",
      header: "Wait, p99",
      align: "end",
      sortValue: (row) => row.waitMs.p99 ?? Number.POSITIVE_INFINITY,
      cell: (row) =>
        row.saturated && row.waitMs.mean === null ? (
          <span className={styles["unbounded"]} title="No steady state: it is full, so waits grow without end.">
            no bound
          </span>
        ) : (
          <span className={styles["pair"]}>
            {figure("waitMs.mean", "mean wait", row, shortDuration(row.waitMs.mean, { digits: 2 }))}
            {figure("waitMs.p99", "99th percentile of the wait", row, shortDuration(row.waitMs.p99, { digits: 2 }))}
          </span>
        ),
    },
    {
      id: "headroom",
      header: "Headroom",
      align: "end",
      needsRoom: true,
      sortValue: (row) => row.headroom,
      cell: (row) => figure("headroom", "headroom", row, formatMultiple(row.headroom)),
    },
    {
      id: "queueLength",
      header: "Queue",
      align: "end",
      needsRoom: true,
      sortValue: (row) => row.queueLength,
      cell: (row) => figure("queueLength", "queue", row, formatNumber(row.queueLength)),
    },
  ];
}

function instancesOf(design: Design, id: string): number | null {
  const node = design.nodes.get(id);
  const kind = node === undefined ? undefined : catalogue.get(node.kind);
  if (node === undefined || kind === undefined || !kind.form.some((field) => field.name === "instances")) return null;
  return kind.serving(node.settings ?? {})?.instances ?? null;
}

function scales(design: Design, id: string): boolean {
  const node = design.nodes.get(id);
  const serving = node === undefined ? null : catalogue.get(node.kind)?.serving(node.settings ?? {});
  return serving?.autoscaling !== undefined;
}

/** How many there are, and the number that keeps the part below the safe line, one press away. */
function Instances({ design, row }: { readonly design: Design; readonly row: NodeReport }) {
  const session = useSessionCommands();
  const run = useRun();
  const instances = instancesOf(design, row.id);
  const needed = row.instancesNeeded;
  if (instances === null) return "–";
  // Instances that follow the load are as many as it asks for.
  if (row.instances !== null && scales(design, row.id)) {
    return (
      <FigureLink
        figure={{ of: "work", id: row.id, figure: "instances" }}
        label={`instances in use of ${partName(design, row.id)}`}
      >
        {formatCount(row.instances)}
      </FigureLink>
    );
  }
  if (needed === null || needed <= instances) return formatCount(instances);
  const name = partName(design, row.id);
  return (
    <span className={styles["gauged"]}>
      {formatCount(instances)}
      <Button
        size="small"
        className={styles["use"]}
        aria-label={`Use ${needed} instances of ${name}`}
        onClick={(event) => {
          event.stopPropagation();
          const refusal = run(`Use ${needed} instances of ${name}`, setSetting, {
            id: row.id,
            key: "instances",
            value: needed,
            kinds: kindDirectory,
          });
          if (refusal !== null) session.notify("problem", refusal);
        }}
      >
        Use {formatCount(needed)}
      </Button>
    </span>
  );
}
