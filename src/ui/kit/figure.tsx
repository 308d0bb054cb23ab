import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./figure.module.css";
import { VisuallyHidden } from "./visually-hidden.tsx";

interface FigureProps {
  /** The number with its unit. */
  readonly children: ReactNode;
  /** Given: the figure is a button that explains where it comes from. */
  readonly onExplain?: ((anchor: HTMLElement) => void) | undefined;
  /** What the figure is, for screen readers: "utilisation of the link store". */
  readonly explainLabel?: string;
  readonly strong?: boolean;
}

export function Figure({ children, onExplain, explainLabel, strong = false }: FigureProps) {
  if (onExplain === undefined) {
    return <span className={classNames(styles["figure"], strong && styles["strong"])}>{children}</span>;
  }
  return (
    <button
      type="button"
      className={classNames(styles["figure"], styles["explained"], strong && styles["strong"])}
      onClick={(event) => {
        event.stopPropagation();
        onExplain(event.currentTarget);
      }}
    >
      {children}
      <VisuallyHidden>{explainLabel === undefined ? ", explain" : `, explain ${explainLabel}`}</VisuallyHidden>
    </button>
  );
}
