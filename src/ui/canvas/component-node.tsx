import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { catalogue } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import { type NodeLook, nodeLook } from "#src/insights/look/node-look.ts";
import { classNames } from "#src/ui/kit/class-names.ts";
import { Gauge } from "#src/ui/kit/gauge.tsx";
import { useSession } from "#src/ui/use-session.ts";
import { useCanvas } from "./canvas-context.ts";
import { ConnectDots } from "./connect-dots.tsx";
import { EdgeAnchor } from "./edge-anchor.tsx";
import { type PartNode, sentenceId } from "./flow-nodes.ts";
import { NameEditor } from "./name-editor.tsx";
import styles from "./node.module.css";
import { nodeReport, type RiskMark, riskMark } from "./report-by-id.ts";
import { nodeSentence } from "./sentences.ts";

/** The card of a part. What it says about load comes from the report by id, never through React Flow's node. */
export const ComponentNode = memo(function ComponentNode({ id, data, selected, dragging }: NodeProps<PartNode>) {
  const report = useSession((state) => nodeReport(state.report, id));
  const risks = useSession((state) => riskMark(state.report, id));
  const detail = useCanvas((state) => state.detail);
  const isTarget = useCanvas((state) => state.connection?.over === id);
  const isRenaming = useCanvas((state) => state.renaming === id);
  const kind = catalogue.get(data.record.kind);
  if (kind === undefined) return <div className={styles["card"]}>{data.record.name ?? id}</div>;
  const look = nodeLook(data.record, kind, report);
  const isFailed = report?.availability === 0;
  const isFar = detail !== "full";
  const className = classNames(
    styles["card"],
    styles[isFailed ? "failed" : look.state],
    selected && styles["selected"],
    isTarget && styles["target"],
    isFar && styles["far"],
  );
  return (
    <div className={className}>
      <span id={sentenceId(id)} hidden>
        {nodeSentence(look, risks, isFailed)}
      </span>
      <EdgeAnchor className={styles["anchor"]} />
      {detail === "farther" ? (
        <span className={styles["fill"]} style={{ width: `${Math.min(1, look.utilization ?? 0) * 100}%` }} />
      ) : isFar && !isRenaming ? (
        <FarContent look={look} isFailed={isFailed} />
      ) : (
        <CardContent id={id} kind={kind.id} look={look} isFailed={isFailed} isRenaming={isRenaming} />
      )}
      {risks === undefined || detail === "farther" ? null : <RiskBadge risks={risks} />}
      {isFar || dragging ? null : <ConnectDots id={id} selected={selected} />}
    </div>
  );
});

interface CardContentProps {
  readonly id: string;
  readonly kind: string;
  readonly look: NodeLook;
  readonly isFailed: boolean;
  readonly isRenaming: boolean;
}

function CardContent({ id, kind, look, isFailed, isRenaming }: CardContentProps) {
  const Icon = views.get(kind)?.Icon;
  return (
    <>
      <span className={styles["icon"]}>{Icon === undefined ? null : <Icon size={18} />}</span>
      {isRenaming ? (
        <NameEditor id={id} name={look.name} className={styles["nameEditor"]} />
      ) : (
        <span className={styles["name"]}>{look.name}</span>
      )}
      <span className={styles["utilization"]}>{isFailed ? "failed" : look.utilizationText}</span>
      <span className={styles["caption"]}>{look.caption}</span>
      {look.utilization === null ? null : (
        <span className={styles["gauge"]}>
          <Gauge utilisation={look.utilization} state={isFailed ? "failed" : look.state} />
        </span>
      )}
      <span className={styles["rate"]}>{look.rateText}</span>
      <span className={styles["latency"]}>{look.latencyText}</span>
    </>
  );
}

function FarContent({ look, isFailed }: { readonly look: NodeLook; readonly isFailed: boolean }) {
  return (
    <>
      <span className={styles["farName"]}>{look.name}</span>
      {look.utilization === null ? null : (
        <span className={styles["farGauge"]}>
          <Gauge utilisation={look.utilization} state={isFailed ? "failed" : look.state} size="wide" />
        </span>
      )}
    </>
  );
}

function RiskBadge({ risks }: { readonly risks: RiskMark }) {
  return (
    <span
      className={classNames(styles["badge"], risks.isSevere && styles["severe"])}
      title={risks.count === 1 ? "1 finding names this part" : `${risks.count} findings name this part`}
    >
      {risks.count}
    </span>
  );
}
