import type { DesignNode } from "#src/design/document.ts";
import { useSession } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";

/** What the analysis found about this part. */
export function NodeFindings({ node }: { readonly node: DesignNode }) {
  const report = useSession((state) => state.report);
  const found = report?.risks.filter((risk) => risk.nodes.includes(node.id)) ?? [];
  if (found.length === 0) return null;
  return (
    <section className={styles["section"]}>
      <h3>{found.length === 1 ? "One finding" : `${found.length} findings`}</h3>
      {found.map((risk) => (
        <div
          key={`${risk.rule} ${risk.title}`}
          className={styles["finding"]}
          data-grave={risk.severity === "critical" || risk.severity === "high"}
        >
          <strong>{risk.title}</strong>
          <span>{risk.impact}</span>
          <span className={styles["quiet"]}>{risk.prevention}</span>
        </div>
      ))}
    </section>
  );
}
