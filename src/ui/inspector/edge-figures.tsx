import type { ReactNode } from "react";
import {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import type { EdgePlaceReport, EdgeReport } from "#src/compile/report.ts";
import type { EdgePlaceFigure, FigureReference } from "#src/insights/explanation.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { shortDuration } from "#src/ui/kit/figure-text.ts";
import styles from "./inspector.module.css";

interface EdgeFiguresProps {
  readonly report: EdgeReport;
  /** "Links API → Link store" */
  readonly words: string;
}

/** What goes over an edge, and how much of its connections and its link that takes; each figure explains itself. */
export function EdgeFigures({ report, words }: EdgeFiguresProps) {
  const { id, connections, link, circuitBreaker } = report;
  const row = (figure: FigureReference, title: string, text: ReactNode): ReactNode => (
    <div key={`${figure.of} ${figure.figure}`}>
      <dt>{title}</dt>
      <dd>
        <FigureLink figure={figure} label={`${title.toLowerCase()} of ${words}`}>
          {text}
        </FigureLink>
      </dd>
    </div>
  );
  const group = (title: string, rows: readonly ReactNode[]) => (
    <>
      <h3>{title}</h3>
      <dl className={styles["figures"]}>{rows}</dl>
    </>
  );
  const place = (
    of: "connections" | "link",
    { utilization, waitMs, queueLength, saturated, ...rest }: EdgePlaceReport,
  ) =>
    (
      [
        ["utilization", "In use", saturated ? "full" : formatPercent(utilization, { digits: 2 })],
        ["capacityPerSecond", "Can carry", formatRate(rest.capacityPerSecond)],
        ["waitMs.mean", "Wait, mean", saturated ? "no bound" : shortDuration(waitMs.mean)],
        ["waitMs.p99", "Wait, p99", saturated ? "no bound" : shortDuration(waitMs.p99)],
        saturated
          ? ["backlogGrowthPerSecond", "Piles up", formatRate(rest.backlogGrowthPerSecond)]
          : ["queueLength", "Waiting", formatNumber(queueLength, { digits: 2 })],
      ] satisfies readonly (readonly [EdgePlaceFigure, string, string])[]
    ).map(([figure, title, text]) => row({ of, id, figure }, title, text));
  return (
    <>
      <dl className={styles["figures"]}>
        {row({ of: "edge", id, figure: "callsPerSecond" }, "Calls", formatRate(report.callsPerSecond))}
        {row({ of: "edge", id, figure: "bytesPerSecond" }, "Data", `${formatBytes(report.bytesPerSecond)}/s`)}
        {row({ of: "edge", id, figure: "networkMs" }, "Network", formatDurationMs(report.networkMs))}
        {report.hitRatio === undefined
          ? null
          : row({ of: "edge", id, figure: "hitRatio" }, "Cache hits", formatPercent(report.hitRatio))}
      </dl>
      {connections === null
        ? null
        : group("Connections", [
            row({ of: "connections", id, figure: "size" }, "In all", formatCount(connections.size)),
            ...place("connections", connections),
          ])}
      {link === null
        ? null
        : group("Link", [
            row({ of: "link", id, figure: "transmissionMs" }, "Per call", shortDuration(link.transmissionMs)),
            ...place("link", link),
          ])}
      {circuitBreaker === null
        ? null
        : group("Circuit breaker", [
            row(
              { of: "circuit-breaker", id, figure: "refusedShare" },
              "Refused",
              formatPercent(circuitBreaker.refusedShare, { digits: 2 }),
            ),
            row(
              { of: "circuit-breaker", id, figure: "rejectedPerSecond" },
              "Attempts refused",
              formatRate(circuitBreaker.rejectedPerSecond),
            ),
            row(
              { of: "circuit-breaker", id, figure: "failureRatio" },
              "Failed of others",
              formatPercent(circuitBreaker.failureRatio, { digits: 2 }),
            ),
            row(
              { of: "circuit-breaker", id, figure: "meanClosedMs" },
              "Stays closed",
              circuitBreaker.refusedShare === 0 ? "always" : shortDuration(circuitBreaker.meanClosedMs),
            ),
          ])}
    </>
  );
}
