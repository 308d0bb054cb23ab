import { ChevronDown } from "lucide-react";
import { classNames } from "./class-names.ts";
import styles from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

export function SelectField<Value extends string>({
  value,
  options,
  onChange,
  disabled,
  ...field
}: SelectFieldProps<Value>) {
  return (
    <Field {...field}>
      {(ids) => (
        <span className={styles["box"]} data-invalid={field.error !== undefined}>
          <select
            {...ids}
            className={classNames(styles["input"], styles["select"])}
            value={value}
            disabled={disabled}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.target.value);
              if (chosen !== undefined) onChange(chosen.value);
            }}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <span className={styles["chevron"]} aria-hidden="true">
            <ChevronDown />
          </span>
        </span>
      )}
    </Field>
  );
}
