import type { ReactNode } from "react";
import styles from "./badge.module.css";
import { classNames } from "./class-names.ts";

interface BadgeProps {
  readonly tone?: "neutral" | "brand" | "load" | "near" | "over";
  readonly children: ReactNode;
}

/** A short count or word beside something. */
export function Badge({ tone = "neutral", children }: BadgeProps) {
  return <span className={classNames(styles["badge"], tone !== "neutral" && styles[tone])}>{children}</span>;
}
