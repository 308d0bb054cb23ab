import { OctagonAlert, TriangleAlert } from "lucide-react";
import type { Risk } from "#src/compile/report.ts";
import styles from "./risks.module.css";

const words = { critical: "Critical", high: "High", medium: "Medium", low: "Low" } as const;

/** The sign of a severity: by form, colour and word. */
function SeveritySign({ severity }: { readonly severity: Risk["severity"] }) {
  const Sign = severity === "critical" || severity === "high" ? OctagonAlert : TriangleAlert;
  return (
    <span className={styles["sign"]} data-severity={severity} role="img" aria-label={words[severity]}>
      <Sign size={13} aria-hidden="true" />
    </span>
  );
}

interface RiskSummaryProps {
  readonly risk: Risk;
  readonly onPress: () => void;
  /** Given: the summary opens and closes what belongs to it. */
  readonly isOpen?: boolean;
}

/** What can go wrong and what it would do; a press shows where. */
export function RiskSummary({ risk, onPress, isOpen }: RiskSummaryProps) {
  return (
    <button type="button" className={styles["summary"]} onClick={onPress} aria-expanded={isOpen}>
      <SeveritySign severity={risk.severity} />
      <span className={styles["words"]}>
        <span className={styles["title"]}>{risk.title}</span>
        <span className={styles["impact"]}>{risk.impact}</span>
      </span>
    </button>
  );
}
