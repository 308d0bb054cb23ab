import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import styles from "./gallery.module.css";

export function Card({
  title,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={classNames(styles["card"], wide && styles["wide"])}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
