import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import styles from "./field.module.css";
import { VisuallyHidden } from "./visually-hidden.tsx";

export interface FieldIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Where it is wrong and what to do; the text stays as it was typed. */
  readonly error?: string | undefined;
  readonly hideLabel?: boolean;
}

/** The frame of every field: label above, control, hint or error below, tied together for screen readers. */
export function Field({
  label,
  hint,
  error,
  hideLabel = false,
  children,
}: FieldProps & { readonly children: (ids: FieldIds) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || (hint !== undefined && hint !== null);
  const labelElement = (
    <label htmlFor={id} className={styles["label"]}>
      {label}
    </label>
  );
  return (
    <div className={styles["field"]}>
      {hideLabel ? <VisuallyHidden>{labelElement}</VisuallyHidden> : labelElement}
      {children({
        id,
        "aria-describedby": hasNote ? noteId : undefined,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {hasNote ? (
        <div id={noteId} aria-live="polite" className={styles[error === undefined ? "hint" : "error"]}>
          {error === undefined ? null : <CircleAlert aria-hidden="true" />}
          {error ?? hint}
        </div>
      ) : null}
    </div>
  );
}
