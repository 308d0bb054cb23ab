import { type KeyboardEvent, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";

interface TextFieldProps extends FieldProps {
  readonly value: string;
  /** On Enter (with Ctrl when there are several lines) and on leaving the field, if the text has changed. */
  readonly onCommit: (text: string) => void;
  /** On every key. */
  readonly onDraft?: (text: string) => void;
  readonly multiline?: boolean;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly disabled?: boolean;
}

/** Escape takes the draft back; the value itself changes only on commit. */
export function TextField({
  value,
  onCommit,
  onDraft,
  multiline = false,
  placeholder,
  maxLength,
  disabled,
  ...field
}: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  function commit(): void {
    if (draft !== null && draft !== value) onCommit(draft);
    setDraft(null);
  }
  const shared = {
    value: draft ?? value,
    placeholder,
    maxLength,
    disabled,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setDraft(event.target.value);
      onDraft?.(event.target.value);
    },
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey)) commit();
      if (event.key === "Escape" && draft !== null) {
        event.preventDefault();
        event.stopPropagation();
        setDraft(null);
        onDraft?.(value);
      }
    },
  };
  return (
    <Field {...field}>
      {(ids) => (
        <span className={styles["box"]} data-invalid={field.error !== undefined}>
          {multiline ? (
            <textarea {...ids} {...shared} className={classNames(styles["input"], styles["area"])} />
          ) : (
            <input {...ids} {...shared} type="text" autoComplete="off" className={styles["input"]} />
          )}
        </span>
      )}
    </Field>
  );
}
