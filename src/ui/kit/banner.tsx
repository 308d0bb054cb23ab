import { Info, OctagonAlert, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./banner.module.css";
import { classNames } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";

interface BannerProps {
  readonly tone?: "info" | "near" | "over";
  readonly title?: string;
  /** Where, what, and what to do. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

const SIGNS = { info: Info, near: TriangleAlert, over: OctagonAlert } as const;

/** A message that belongs to a place and stays. Problems are read aloud at once. */
export function Banner({ tone = "info", title, children, actions, onDismiss }: BannerProps) {
  const Sign = SIGNS[tone];
  return (
    <div
      className={classNames(styles["banner"], tone !== "info" && styles[tone])}
      role={tone === "over" ? "alert" : "status"}
    >
      <Sign aria-hidden="true" />
      <div className={styles["words"]}>
        {title === undefined ? null : <p className={styles["title"]}>{title}</p>}
        <div className={styles["body"]}>{children}</div>
        {actions === undefined ? null : <div className={styles["actions"]}>{actions}</div>}
      </div>
      {onDismiss === undefined ? null : <IconButton label="Dismiss" icon={<X />} size="small" onClick={onDismiss} />}
    </div>
  );
}
