import type { ReactNode } from "react";
import styles from "./page-bar.module.css";
import { PlimsollMark } from "./plimsoll-mark.tsx";

/** The bar above a page that is no editor: the name at the start, what can be done at the end. */
export function PageBar({ children }: { readonly children: ReactNode }) {
  return (
    <header className={styles["bar"]}>
      <PlimsollMark size={22} />
      <strong>Plimsoll</strong>
      <span className={styles["gap"]} />
      {children}
    </header>
  );
}
