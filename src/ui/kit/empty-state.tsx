import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  readonly actions?: ReactNode;
}

export function EmptyState({ title, children, icon, actions }: EmptyStateProps) {
  return (
    <div className={styles["empty"]}>
      {icon === undefined ? null : (
        <span className={styles["icon"]} aria-hidden="true">
          {icon}
        </span>
      )}
      <p className={styles["title"]}>{title}</p>
      {children === undefined ? null : <div className={styles["words"]}>{children}</div>}
      {actions === undefined ? null : <div className={styles["actions"]}>{actions}</div>}
    </div>
  );
}
