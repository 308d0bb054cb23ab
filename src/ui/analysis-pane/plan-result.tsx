import { ArrowRight, CircleAlert } from "lucide-react";
import { formatCount, formatDurationMs, formatMultiple, formatUtilization } from "#src/base/format.ts";
import type { Design } from "#src/design/document.ts";
import type { InstancePlan, PlannedChange, PlannedTarget } from "#src/insights/planner/instance-plan.ts";
import { contributorInWords, missInWords, reasonInWords, targetInWords } from "#src/insights/planner/plan-in-words.ts";
import { Chip } from "#src/ui/kit/chip.tsx";
import { type Column, Table } from "#src/ui/kit/table.tsx";
import { VisuallyHidden } from "#src/ui/kit/visually-hidden.tsx";
import { partName } from "#src/ui/part-name.ts";
import { useSession } from "#src/ui/use-session.ts";
import styles from "./planner-dialog.module.css";

const shownContributors = 3;

/** What changes and why, what becomes of the targets, and what instances cannot help. */
export function PlanResult({ plan }: { readonly plan: InstancePlan }) {
  const design = useSession((state) => state.design);
  const hasPrices = useSession((state) => state.report?.nodes.some((node) => node.monthlyCost !== null) ?? false);
  const missed = plan.targets.filter(({ outcome }) => outcome !== "met");
  return (
    <>
      <dl className={styles["sums"]}>
        <Sum term="Instances" before={formatCount(plan.before.instances)} after={formatCount(plan.after.instances)} />
        <Sum term="Carries" before={formatMultiple(plan.before.maxLoad)} after={formatMultiple(plan.after.maxLoad)} />
        {plan.targets.length === 0 ? null : (
          <Sum
            term="Targets met"
            before={`${plan.before.targetsMet} of ${plan.targets.length}`}
            after={`${plan.after.targetsMet} of ${plan.targets.length}`}
          />
        )}
      </dl>
      {plan.changes.length === 0 ? null : (
        <Table
          caption="Changes of the plan"
          columns={changeColumns(design, plan)}
          rows={plan.changes}
          rowKey={(row) => row.node}
        />
      )}
      {missed.length === 0 && plan.stuck.length === 0 ? null : (
        <section className={styles["beyond"]}>
          <h4>What instances cannot help</h4>
          <ul>
            {plan.stuck.map(({ node, utilization, reason }) => (
              <li key={node}>
                <CircleAlert size={15} aria-hidden="true" />
                <div>
                  <b>
                    {partName(design, node)} stays{" "}
                    {utilization === null ? "without bound" : `${formatUtilization(utilization)} used`}
                  </b>
                  <p>{reason}</p>
                </div>
              </li>
            ))}
            {missed.map((target) => (
              <li key={`${target.journey} ${target.percentile} ${target.ms}`}>
                <CircleAlert size={15} aria-hidden="true" />
                <div>
                  <b>{targetInWords(design, target)}</b>
                  <p>{missInWords(design, target)}</p>
                  <ol aria-label="Where the time goes">
                    {target.contributors.slice(0, shownContributors).map((part) => (
                      <li key={part.node}>{contributorInWords(design, part)}</li>
                    ))}
                  </ol>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {plan.targets.length === 0 ? null : (
        <Table
          caption="Latency targets before and after"
          columns={targetColumns(design)}
          rows={plan.targets}
          rowKey={(row) => `${row.journey} ${row.percentile} ${row.ms}`}
        />
      )}
      {hasPrices ? null : (
        <p className={styles["note"]}>What it costs is not known: no part has a price, so the plan counts instances.</p>
      )}
    </>
  );
}

function Sum({ term, before, after }: { readonly term: string; readonly before: string; readonly after: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <FromTo before={before} after={after} />
      </dd>
    </div>
  );
}

function FromTo({ before, after }: { readonly before: string; readonly after: string }) {
  if (before === after) return <b>{after}</b>;
  return (
    <span className={styles["fromTo"]}>
      {before}
      <ArrowRight size={13} aria-hidden="true" />
      <VisuallyHidden> to </VisuallyHidden>
      <b>{after}</b>
    </span>
  );
}

function changeColumns(design: Design, plan: InstancePlan): readonly Column<PlannedChange>[] {
  return [
    { id: "part", header: "Part", cell: (row) => <b>{partName(design, row.node)}</b> },
    {
      id: "instances",
      header: "Instances",
      align: "end",
      cell: (row) => <FromTo before={formatCount(row.from)} after={formatCount(row.to)} />,
    },
    {
      id: "utilisation",
      header: "Utilisation",
      align: "end",
      cell: (row) => <FromTo before={utilisation(row.utilizationBefore)} after={utilisation(row.utilizationAfter)} />,
    },
    {
      id: "reason",
      header: "Why not one fewer",
      width: "52%",
      cell: (row) => <span className={styles["reason"]}>{reasonInWords(design, row, plan.headroom)}</span>,
    },
  ];
}

function utilisation(value: number | null): string {
  return value === null ? "no bound" : formatUtilization(value);
}

function targetColumns(design: Design): readonly Column<PlannedTarget>[] {
  return [
    { id: "target", header: "Latency target", cell: (row) => targetInWords(design, row) },
    {
      id: "ms",
      header: "Wanted",
      align: "end",
      cell: (row) => formatDurationMs(row.ms),
    },
    {
      id: "latency",
      header: "Latency",
      align: "end",
      cell: (row) => <FromTo before={latency(row.beforeMs)} after={latency(row.afterMs)} />,
    },
    {
      id: "outcome",
      header: "Then",
      align: "end",
      cell: (row) => (
        <Chip state={row.outcome === "met" ? "ok" : "over"}>{row.outcome === "met" ? "met" : "missed"}</Chip>
      ),
    },
  ];
}

function latency(ms: number | null): string {
  return ms === null ? "no bound" : formatDurationMs(ms);
}
