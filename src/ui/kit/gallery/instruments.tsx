import { Boxes, Cable, Database, Hexagon, Zap } from "lucide-react";
import { type ReactNode, useState } from "react";
import {
  formatDurationMs,
  formatMoney,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import { Chip } from "../chip.tsx";
import { Figure } from "../figure.tsx";
import { Gauge } from "../gauge.tsx";
import { type GaugeState, gaugeState } from "../gauge-state.ts";
import { HorizontalBars } from "../horizontal-bars.tsx";
import { LineChart } from "../line-chart.tsx";
import { LoadDial } from "../load-dial.tsx";
import { Popover } from "../popover.tsx";
import { Sparkline } from "../sparkline.tsx";
import { Table } from "../table.tsx";
import { Waterfall } from "../waterfall.tsx";
import { Card } from "./card.tsx";
import styles from "./gallery.module.css";

interface SampleNode {
  readonly name: string;
  readonly kind: string;
  readonly icon: ReactNode;
  readonly utilisation: number | null;
  readonly rate: number;
  readonly p99: number | null;
  readonly state?: GaugeState;
}

const NODES: readonly SampleNode[] = [
  { name: "Link cache", kind: "cache, 80 % hits", icon: <Zap />, utilisation: 0.36, rate: 9090, p99: 0.6 },
  { name: "Redirect API", kind: "service, 4 × 16", icon: <Hexagon />, utilisation: 0.54, rate: 9090, p99: 6 },
  { name: "links", kind: "sharded, 4", icon: <Database />, utilisation: 0.78, rate: 1968, p99: 19 },
  { name: "Click counter", kind: "worker, 4", icon: <Boxes />, utilisation: 1.12, rate: 9090, p99: null },
  {
    name: "Click events",
    kind: "stream, failed",
    icon: <Cable />,
    utilisation: 0,
    rate: 0,
    p99: null,
    state: "failed",
  },
  { name: "Create API", kind: "service, 2 × 8", icon: <Hexagon />, utilisation: null, rate: 150, p99: null },
];

function NodeCard({ node }: { readonly node: SampleNode }) {
  const state = node.state ?? gaugeState(node.utilisation);
  const tone =
    state === "near" ? styles["nearText"] : state === "ok" || state === "unknown" ? undefined : styles["overText"];
  return (
    <div className={styles["node"]}>
      <span className={styles["tile"]}>{node.icon}</span>
      <b>{node.name}</b>
      <b className={tone}>{state === "failed" ? "down" : formatPercent(node.utilisation, { digits: 2 })}</b>
      <small>{node.kind}</small>
      <span className={styles["meter"]}>
        <Gauge
          utilisation={node.utilisation}
          label={`Utilisation of ${node.name}`}
          {...(node.state === undefined ? {} : { state: node.state })}
        />
      </span>
      <span className={styles["foot"]}>
        <span>{formatRate(node.rate)}</span>
        <span>p99 {formatDurationMs(node.p99)}</span>
      </span>
    </div>
  );
}

const JOURNEYS = [
  { name: "Follow a link", rate: 9090, p50: 3.1, p99: 24, target: 100, available: 0.9997, state: "ok" },
  { name: "Shorten a link", rate: 150, p50: 14, p99: 181, target: 200, available: 0.999, state: "near" },
  { name: "Export clicks", rate: 2, p50: 310, p99: 2400, target: 1000, available: 0.9912, state: "over" },
] as const;

const BARS = [
  { id: "links", label: "links", value: 1.28, state: "near" },
  { id: "counter", label: "Click counter", value: 1.51 },
  { id: "api", label: "Redirect API", value: 1.85 },
  { id: "cache", label: "Link cache", value: 2.78 },
] as const;

const OVER_BARS = [
  { id: "a", label: "Order store", value: 0.62, state: "over" },
  { id: "b", label: "Payment gateway with a long name", value: 1.2, state: "near" },
  { id: "c", label: "Search", value: 8.4 },
  { id: "d", label: "Static files", value: null },
] as const;

const HOPS = [
  { id: "edge", label: "Edge balancer", startMs: 0, networkMs: 1.2, waitingMs: 0.1, serviceMs: 0.4 },
  { id: "api", label: "Redirect API", startMs: 1.7, networkMs: 0.5, waitingMs: 1.6, serviceMs: 3.1, depth: 1 },
  { id: "cache", label: "Link cache", startMs: 6.9, networkMs: 0.5, waitingMs: 0.1, serviceMs: 0.4, depth: 2 },
  { id: "links", label: "links", startMs: 7.9, networkMs: 0.6, waitingMs: 8.2, serviceMs: 6.4, depth: 2 },
];

const LOADS = Array.from({ length: 60 }, (_, index) => 0.1 * 1.0446 ** index);
const latency = (base: number, load: number): number | null => (load < 1.28 ? base / (1 - load / 1.3) : null);

export function Instruments() {
  const [load, setLoad] = useState(1);
  const [picked, setPicked] = useState<string | null>(null);
  const [explaining, setExplaining] = useState(false);
  return (
    <>
      <Card title="Load dial" wide>
        <LoadDial
          load={load}
          declaredRate={9240}
          sustainable={1.28}
          withinTargets={1.1}
          onChange={setLoad}
          onCommit={setLoad}
        />
      </Card>
      <Card title="Gauges in node cards" wide>
        <div className={styles["nodes"]}>
          {NODES.map((node) => (
            <NodeCard key={node.name} node={node} />
          ))}
        </div>
      </Card>
      <Card title="Overview pane">
        <p className={styles["headline"]}>
          Carries{" "}
          <Popover
            label="Where 1.3 comes from"
            open={explaining}
            onOpenChange={setExplaining}
            anchor={
              <span>
                <Figure onExplain={() => setExplaining(!explaining)} explainLabel="largest sustainable load">
                  1.3 times
                </Figure>
              </span>
            }
          >
            The link store reaches its capacity at 1.28 times the declared load.
          </Popover>{" "}
          your peak
        </p>
        <p className={styles["sub"]}>{formatNumber(9240)} requests/s at load 1. Latency targets hold up to 1.1.</p>
        <h3 className={styles["section"]}>What breaks first, as load grows</h3>
        <HorizontalBars
          label="Load at which each part breaks"
          bars={BARS}
          format={formatMultiple}
          onSelect={setPicked}
        />
        <h3 className={styles["section"]}>Journeys at load 1</h3>
        <Table
          caption="Journeys at load 1"
          rows={JOURNEYS}
          rowKey={(row) => row.name}
          selectedKey={picked}
          onSelect={setPicked}
          columns={[
            { id: "name", header: "Journey", cell: (row) => row.name, sortValue: (row) => row.name },
            {
              id: "rate",
              header: "req/s",
              align: "end",
              cell: (row) => formatNumber(row.rate),
              sortValue: (row) => row.rate,
            },
            {
              id: "p99",
              header: "p99",
              align: "end",
              cell: (row) => formatDurationMs(row.p99),
              sortValue: (row) => row.p99,
            },
            {
              id: "target",
              header: "Target",
              align: "end",
              cell: (row) => <Chip state={row.state}>{formatDurationMs(row.target)}</Chip>,
            },
            { id: "available", header: "Available", align: "end", cell: (row) => formatPercent(row.available) },
          ]}
        />
        <h3 className={styles["section"]}>Cost</h3>
        <p>
          <Figure strong onExplain={() => setExplaining(true)} explainLabel="cost">
            {formatMoney(1480)}
          </Figure>{" "}
          a month <Sparkline label="Cost by month, rising" values={[3, 4, 4.2, 5, 4.8, 6, 7.1]} />
        </p>
      </Card>
      <Card title="Already over">
        <HorizontalBars label="Load at which each part breaks" bars={OVER_BARS} format={formatMultiple} />
      </Card>
      <Card title="Waterfall">
        <Waterfall label="Follow a link, hop by hop" hops={HOPS} totalMs={23.1} onSelect={setPicked} />
      </Card>
      <Card title="Load curve" wide>
        <LineChart
          label="Latency against load"
          height={240}
          x={LOADS}
          xAxis={{ label: "load", scale: "log", format: formatMultiple }}
          yAxis={{ label: "latency", format: formatDurationMs, max: 130 }}
          series={[
            { label: "p99", values: LOADS.map((at) => latency(9, at)) },
            { label: "p50", values: LOADS.map((at) => latency(2.4, at)), tone: "muted", dash: true },
          ]}
          band={{ low: LOADS.map((at) => latency(7.6, at)), high: LOADS.map((at) => latency(10.6, at)) }}
          target={{ value: 100, label: `target ${formatDurationMs(100)}` }}
          markers={[
            { x: 0.82, label: "knee 0.82×" },
            { x: 1.28, label: "breaks 1.28×", tone: "over" },
          ]}
        />
      </Card>
    </>
  );
}
