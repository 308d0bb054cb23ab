import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import styles from "./line-chart.module.css";
import type { PlotHandle } from "./line-chart-plot.ts";
import type { LineChartSpec } from "./line-chart-spec.ts";
import { type Column, Table } from "./table.tsx";
import { useThemeVersion } from "./theme.ts";
import { ensureUsableLanguage } from "./usable-language.ts";

interface LineChartProps extends LineChartSpec {
  /** What the chart shows, in a sentence, for screen readers. */
  readonly label: string;
  /** Pixels. */
  readonly height?: number;
}

/** Lines with a target, an interval and markers; the same numbers as a table on request. The drawing library loads on first use. */
export function LineChart({ label, height = 200, x, series, xAxis, yAxis, target, band, markers }: LineChartProps) {
  const [asTable, setAsTable] = useState(false);
  const [cursor, setCursor] = useState<number | null>(null);
  // Where the drawing cannot be loaded or drawn, the numbers still stand.
  const showTable = useCallback(() => setAsTable(true), []);
  const given: LineChartSpec = { x, series, xAxis, yAxis, target, band, markers };
  // Callers write their arrays and formats in place; only other numbers or words are a reason to draw again.
  const contents = JSON.stringify(given);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const spec = useMemo(() => given, [contents]);
  return (
    <figure className={styles["chart"]} aria-label={label}>
      <div className={styles["head"]}>
        <Readout spec={spec} cursor={asTable ? null : cursor} />
        <button type="button" className={styles["toggle"]} onClick={() => setAsTable(!asTable)}>
          {asTable ? "Show the chart" : "Show as table"}
        </button>
      </div>
      {asTable ? (
        <div className={styles["table"]} style={{ maxHeight: height }}>
          <NumbersTable label={label} spec={spec} />
        </div>
      ) : (
        <Plot spec={spec} height={height} onCursor={setCursor} onFailure={showTable} />
      )}
    </figure>
  );
}

/** What the axes are; under the pointer, the values. */
function Readout({ spec, cursor }: { readonly spec: LineChartSpec; readonly cursor: number | null }) {
  const x = cursor === null ? undefined : spec.x[cursor];
  if (cursor === null || x === undefined) {
    return (
      <div className={styles["readout"]}>
        {spec.yAxis.label} against {spec.xAxis.label}
      </div>
    );
  }
  return (
    <div className={styles["readout"]}>
      <span>
        <b>{spec.xAxis.format(x)}</b>
      </span>
      {spec.series.map((line) => (
        <span key={line.label}>
          {line.label} <b>{formatted(line.values[cursor], spec)}</b>
        </span>
      ))}
    </div>
  );
}

function formatted(value: number | null | undefined, spec: LineChartSpec): string {
  return typeof value === "number" && Number.isFinite(value) ? spec.yAxis.format(value) : "–";
}

function Plot({
  spec,
  height,
  onCursor,
  onFailure,
}: {
  readonly spec: LineChartSpec;
  readonly height: number;
  readonly onCursor: (index: number | null) => void;
  readonly onFailure: () => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const theme = useThemeVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme is a new drawing with the inks read again.
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    let handle: PlotHandle | null = null;
    let gone = false;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) handle?.setWidth(element.clientWidth);
    });
    ensureUsableLanguage();
    import("./line-chart-plot.ts")
      .then(({ drawLineChart }) => {
        if (gone) return;
        handle = drawLineChart(element, spec, { width: Math.max(120, element.clientWidth), height }, onCursor);
        observer.observe(element);
      })
      .catch(() => {
        if (!gone) onFailure();
      });
    return () => {
      gone = true;
      observer.disconnect();
      handle?.destroy();
      onCursor(null);
    };
  }, [spec, height, onCursor, onFailure, theme]);
  return <div ref={host} className={styles["plot"]} style={{ height }} aria-hidden="true" />;
}

function NumbersTable({ label, spec }: { readonly label: string; readonly spec: LineChartSpec }) {
  const rows = spec.x.map((_, index) => index);
  const columns: Column<number>[] = [
    { id: "x", header: spec.xAxis.label, cell: (index) => spec.xAxis.format(spec.x[index] ?? Number.NaN) },
    ...spec.series.map((line) => ({
      id: line.label,
      header: line.label,
      align: "end" as const,
      cell: (index: number) => formatted(line.values[index], spec),
    })),
  ];
  return <Table caption={label} columns={columns} rows={rows} rowKey={String} />;
}
