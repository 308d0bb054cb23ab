import { formatCount, formatMultiple, formatNumber, formatRate, formatUtilization } from "#src/base/format.ts";
import type { NodeReport } from "#src/compile/report.ts";
import type { DesignNode } from "#src/design/document.ts";
import type { FigureReference } from "#src/insights/explanation.ts";
import { stateOf } from "#src/insights/look/node-look.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { shortAvailability, shortDuration } from "#src/ui/kit/figure-text.ts";
import { Gauge } from "#src/ui/kit/gauge.tsx";
import { useSession } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";

type NodeFigure = Extract<FigureReference, { of: "node" }>["figure"];

const figures: readonly {
  readonly figure: NodeFigure;
  readonly title: string;
  readonly text: (report: NodeReport) => string;
}[] = [
  { figure: "arrivalsPerSecond", title: "Rate", text: (report) => formatRate(report.arrivalsPerSecond) },
  { figure: "utilization", title: "Utilisation", text: (report) => formatUtilization(report.offeredUtilization) },
  { figure: "capacityPerSecond", title: "Capacity", text: (report) => formatRate(report.capacityPerSecond) },
  { figure: "headroom", title: "Headroom", text: (report) => formatMultiple(report.headroom) },
  { figure: "waitMs.mean", title: "Wait, mean", text: (report) => shortDuration(report.waitMs.mean) },
  { figure: "waitMs.p99", title: "Wait, p99", text: (report) => shortDuration(report.waitMs.p99) },
  { figure: "residenceMs.mean", title: "Time here, mean", text: (report) => shortDuration(report.residenceMs.mean) },
  { figure: "residenceMs.p99", title: "Time here, p99", text: (report) => shortDuration(report.residenceMs.p99) },
  { figure: "queueLength", title: "Queue", text: (report) => formatNumber(report.queueLength) },
  { figure: "rejectedPerSecond", title: "Rejected", text: (report) => formatRate(report.rejectedPerSecond) },
  { figure: "instancesNeeded", title: "Instances needed", text: (report) => formatCount(report.instancesNeeded) },
  { figure: "availability", title: "Available", text: (report) => shortAvailability(report.availability) },
];

interface FigureRow {
  readonly figure: FigureReference;
  readonly title: string;
  readonly text: string;
}

/** Figures that only some parts have: instances in use, unequal instances, a rate limit, retries that could swamp it. */
function moreFigures(report: NodeReport): readonly FigureRow[] {
  const { id, instances, imbalance, rateLimit, retrySafeUpToLoad: safe, retryStableUpToLoad: stable } = report;
  const rows: FigureRow[] = [];
  const add = (figure: FigureReference, title: string, text: string): void => {
    rows.push({ figure, title, text });
  };
  if (instances !== null) add({ of: "work", id, figure: "instances" }, "Instances in use", formatCount(instances));
  if (report.abandonedPerSecond > 0)
    add({ of: "work", id, figure: "abandonedPerSecond" }, "Gave up", formatRate(report.abandonedPerSecond));
  if (report.backlogGrowthPerSecond > 0)
    add({ of: "work", id, figure: "backlogGrowthPerSecond" }, "Piles up", formatRate(report.backlogGrowthPerSecond));
  if (imbalance !== null)
    add(
      { of: "imbalance", id, figure: "busiestOverMean" },
      "Busiest instance",
      formatMultiple(imbalance.busiestOverMean, { digits: 2 }),
    );
  if (rateLimit !== null) {
    add({ of: "rate-limit", id, figure: "ratePerSecond" }, "Rate limit", formatRate(rateLimit.ratePerSecond));
    add({ of: "rate-limit", id, figure: "utilization" }, "Limit in use", formatUtilization(rateLimit.utilization));
    add(
      { of: "rate-limit", id, figure: "rejectedPerSecond" },
      "Over the limit",
      formatRate(rateLimit.rejectedPerSecond),
    );
    if (rateLimit.policy === "leaky-bucket")
      add({ of: "rate-limit", id, figure: "waitMs.mean" }, "Wait for it", shortDuration(rateLimit.waitMs.mean));
    add(
      { of: "rate-limit", id, figure: "mostAtOnce.requests" },
      "Largest burst",
      formatCount(rateLimit.mostAtOnce.requests),
    );
  }
  if (safe !== null) add({ of: "retries", id, figure: "safeUpToLoad" }, "Retries safe to", formatMultiple(safe));
  if (stable !== null) add({ of: "retries", id, figure: "stableUpToLoad" }, "Stable to", formatMultiple(stable));
  return rows;
}

/** The part's figures at the load of the dial; each explains itself. */
export function NodeFigures({ node }: { readonly node: DesignNode }) {
  const report = useSession((state) => state.report?.nodes.find(({ id }) => id === node.id));
  const load = useSession((state) => state.report?.load ?? 1);
  if (report === undefined) return null;
  const serves = report.capacityPerSecond !== null;
  const name = node.name ?? node.id;
  return (
    <section className={styles["section"]}>
      <h3>At load {formatMultiple(load)}</h3>
      {serves ? (
        <Gauge
          utilisation={report.offeredUtilization}
          state={stateOf(report)}
          size="wide"
          label={`Utilisation of ${name}`}
        />
      ) : null}
      <dl className={styles["figures"]}>
        {figures
          .filter(({ figure }) => serves || figure === "arrivalsPerSecond" || figure === "availability")
          .map(({ figure, title, text }) => (
            <div key={figure}>
              <dt>{title}</dt>
              <dd>
                <FigureLink figure={{ of: "node", id: node.id, figure }} label={`${title.toLowerCase()} of ${name}`}>
                  {text(report)}
                </FigureLink>
              </dd>
            </div>
          ))}
        {moreFigures(report).map(({ figure, title, text }) => (
          <div key={`${figure.of} ${figure.figure}`}>
            <dt>{title}</dt>
            <dd>
              <FigureLink figure={figure} label={`${title.toLowerCase()} of ${name}`}>
                {text}
              </FigureLink>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
