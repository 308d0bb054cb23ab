import { useState } from "react";
import type { Risk } from "#src/compile/report.ts";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { useSession } from "#src/ui/use-session.ts";
import { evidenceName, evidenceValue } from "./evidence.ts";
import styles from "./pane.module.css";
import { RiskSummary } from "./risk-summary.tsx";
import risks from "./risks.module.css";
import { useHighlight } from "./use-highlight.ts";

const severities = [
  { id: "critical", title: "Critical" },
  { id: "high", title: "High" },
  { id: "medium", title: "Medium" },
  { id: "low", title: "Low" },
] as const;

/** Every finding, the gravest first, with what it rests on and what to do about it. */
export function FindingsTab() {
  const report = useSession((state) => state.report);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const highlight = useHighlight();
  if (report === null || report.risks.length === 0) {
    return (
      <EmptyState title={report === null ? "Nothing computed yet" : "No finding at this load"}>
        {report === null
          ? "Findings appear as soon as the design can be computed."
          : "Turn the load up to see what gives way, or take a part out and see who notices."}
      </EmptyState>
    );
  }
  function press(risk: Risk): void {
    const key = keyOf(risk);
    const next = new Set(open);
    if (!next.delete(key)) {
      next.add(key);
      highlight(risk.nodes, risk.edges);
    }
    setOpen(next);
  }
  return (
    <div className={styles["page"]}>
      {severities.map(({ id, title }) => {
        const found = report.risks.filter((risk) => risk.severity === id);
        if (found.length === 0) return null;
        return (
          <section key={id} className={styles["section"]}>
            <h3>
              {title}
              <span>{found.length}</span>
            </h3>
            <ul className={styles["list"]}>
              {found.map((risk) => {
                const isOpen = open.has(keyOf(risk));
                return (
                  <li key={keyOf(risk)}>
                    <RiskSummary risk={risk} isOpen={isOpen} onPress={() => press(risk)} />
                    {isOpen ? <RiskDetail risk={risk} /> : null}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function keyOf(risk: Risk): string {
  return [risk.rule, ...risk.nodes, ...risk.edges, risk.title].join(" ");
}

function RiskDetail({ risk }: { readonly risk: Risk }) {
  return (
    <div className={risks["detail"]}>
      <dl className={risks["evidence"]}>
        {Object.entries(risk.evidence).map(([name, value]) => (
          <EvidenceRow key={name} name={name} value={value} />
        ))}
      </dl>
      <dl>
        <dt>How you would notice</dt>
        <dd>{risk.detection}</dd>
      </dl>
      <dl>
        <dt>What to do then</dt>
        <dd>{risk.response}</dd>
      </dl>
      <dl>
        <dt>How to prevent it</dt>
        <dd>{risk.prevention}</dd>
      </dl>
    </div>
  );
}

function EvidenceRow({ name, value }: { readonly name: string; readonly value: number | string | null }) {
  return (
    <>
      <dt>{evidenceName(name)}</dt>
      <dd>{evidenceValue(name, value)}</dd>
    </>
  );
}
