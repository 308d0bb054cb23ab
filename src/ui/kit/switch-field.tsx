import { type ReactNode, useId } from "react";
import styles from "./switch-field.module.css";

interface SwitchFieldProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

export function SwitchField({ label, checked, onChange, hint, disabled }: SwitchFieldProps) {
  const id = useId();
  const hasHint = hint !== undefined && hint !== null;
  return (
    <div className={styles["row"]}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles["input"]}
        checked={checked}
        disabled={disabled}
        aria-checked={checked}
        aria-describedby={hasHint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      {hasHint ? (
        <div id={`${id}-hint`} className={styles["hint"]}>
          {hint}
        </div>
      ) : null}
    </div>
  );
}
