import { ArrowRight } from "lucide-react";
import { kindDirectory } from "#library/catalogue.ts";
import { formatNumber } from "#src/base/format.ts";
import type { EdgeReport } from "#src/compile/report.ts";
import { renameEdge } from "#src/design/commands/rename-edge.ts";
import { setEdgeSetting } from "#src/design/commands/set-edge-setting.ts";
import { setRange } from "#src/design/commands/set-range.ts";
import type { Design, DesignEdge } from "#src/design/document.ts";
import { edgeSettingFields } from "#src/design/edge-settings.ts";
import { edgesFrom } from "#src/design/queries.ts";
import { edgeNumberOf } from "#src/design/ranges.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { TextField } from "#src/ui/kit/text-field.tsx";
import { partName } from "#src/ui/part-name.ts";
import { useRun } from "#src/ui/use-run.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import { CallsByJourney } from "./calls-by-journey.tsx";
import { EdgeFigures } from "./edge-figures.tsx";
import { EdgeOrder } from "./edge-order.tsx";
import styles from "./inspector.module.css";
import { ProblemsOf } from "./problems-of.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useRefusal } from "./use-refusal.ts";

interface EdgeInspectorProps {
  readonly design: Design;
  readonly edge: DesignEdge;
}

/** One connection: who calls whom, when and how often, and what happens when it fails. */
export function EdgeInspector({ design, edge }: EdgeInspectorProps) {
  const run = useRun();
  const session = useSessionCommands();
  const report = useSession((state) => state.report?.edges.find(({ id }) => id === edge.id));
  const name = useRefusal<string>(edge.name);
  const words = `${partName(design, edge.source)} → ${partName(design, edge.target)}`;
  const stated = edge.settings ?? {};
  const callsDiffer = typeof stated["calls"] === "object" && stated["calls"] !== null;
  return (
    <div className={styles["page"]}>
      <section className={styles["section"]}>
        <div className={styles["actions"]}>
          <Button size="small" onClick={() => session.select([edge.source], [])}>
            {partName(design, edge.source)}
          </Button>
          <ArrowRight size={16} aria-label="calls" role="img" />
          <Button size="small" onClick={() => session.select([edge.target], [])}>
            {partName(design, edge.target)}
          </Button>
        </div>
        <TextField
          label="Label"
          value={name.refusal?.value ?? edge.name ?? ""}
          placeholder="none"
          {...(name.refusal === null ? {} : { error: name.refusal.reason })}
          onCommit={(text) => name.attempt(text, () => run(`Label ${words}`, renameEdge, { id: edge.id, name: text }))}
        />
        {report === undefined ? null : <EdgeFigures report={report} words={words} />}
      </section>
      <ProblemsOf design={design} id={edge.id} />
      <CallsByJourney design={design} edge={edge} />
      <EdgeOrder design={design} edge={edge} />
      <SettingsForm
        fields={callsDiffer ? edgeSettingFields.filter((field) => field.name !== "calls") : edgeSettingFields}
        stated={stated}
        inferred={inferredSettings(design, edge, report)}
        ranges={{
          stated: edge.ranges,
          likelyOf: (field) => edgeNumberOf(stated, field.name),
          onChange: (field, range) =>
            run(
              `Set the range of ${field.title.toLowerCase()} of ${words}`,
              setRange,
              { of: "edges", id: edge.id, key: field.name, range, kinds: kindDirectory },
              `${edge.id} ${field.name} range`,
            ),
        }}
        onChange={(field, value) =>
          run(
            `Set ${field.title.toLowerCase()} of ${words}`,
            setEdgeSetting,
            { id: edge.id, key: field.name, value },
            `${edge.id} ${field.name}`,
          )
        }
      />
    </div>
  );
}

/** What the tools take an edge to be where the file is silent. */
function inferredSettings(
  design: Design,
  edge: DesignEdge,
  report: EdgeReport | undefined,
): ReadonlyMap<string, string> {
  const place = edgesFrom(design, edge.source).findIndex(({ id }) => id === edge.id);
  const inferred = new Map([["order", `${place}, by place`]]);
  if (report === undefined) return inferred;
  inferred.set("mode", `Inferred: ${report.mode}`);
  inferred.set("condition", `Inferred: ${report.condition}`);
  inferred.set("networkMs", `inferred ${formatNumber(report.networkMs)}`);
  return inferred;
}
