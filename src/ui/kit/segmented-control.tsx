import { type ReactNode, useId } from "react";
import styles from "./segmented-control.module.css";
import { VisuallyHidden } from "./visually-hidden.tsx";

interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: Value) => void;
  /** Icons alone; the words stay for screen readers. */
  readonly hideOptionText?: boolean;
}

/** A few choices side by side: a radio group, so the arrow keys move between them. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  options,
  onChange,
  hideOptionText = false,
}: SegmentedControlProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles["group"]} aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles["option"]} title={hideOptionText ? option.label : undefined}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          {hideOptionText ? <VisuallyHidden>{option.label}</VisuallyHidden> : option.label}
        </label>
      ))}
    </fieldset>
  );
}
