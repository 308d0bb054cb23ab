import { type KeyboardEvent, useState } from "react";
import { assertNever } from "#src/base/assert-never.ts";
import { formatNumber, NO_VALUE } from "#src/base/format.ts";
import { classNames } from "./class-names.ts";
import styles from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";
import { checkNumber, type NumberProblem, parseNumberText } from "./number-text.ts";

interface NumberFieldProps extends FieldProps {
  /** null: nothing chosen; the placeholder shows. */
  readonly value: number | null;
  readonly onCommit: (value: number) => void;
  /** Given: an emptied field commits "nothing chosen". */
  readonly onClear?: () => void;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** Of the arrow keys; ten times with Shift. */
  readonly step?: number;
  /** Where the arrow keys start while nothing is chosen: the default that then holds. */
  readonly stepFrom?: number;
  readonly integer?: boolean;
  readonly placeholder?: string;
  readonly disabled?: boolean;
}

function shown(value: number | null): string {
  const text = formatNumber(value, { digits: 12 });
  return text === NO_VALUE ? "" : text;
}

function explain(problem: NumberProblem): string {
  switch (problem.kind) {
    case "not-a-number":
      return "Write a number, such as 250, 10k or 1.5M.";
    case "not-whole":
      return "Write a whole number.";
    case "below":
      return `At least ${shown(problem.min)}.`;
    case "above":
      return `At most ${shown(problem.max)}.`;
    default:
      return assertNever(problem, "number problem");
  }
}

/** Commits on Enter, on leaving and on arrow keys; Escape takes the draft back; a wrong text stays, with the reason. */
export function NumberField({
  value,
  onCommit,
  onClear,
  unit,
  min,
  max,
  step = 1,
  stepFrom,
  integer,
  placeholder,
  disabled,
  error,
  ...field
}: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<NumberProblem | null>(null);
  const rule = { min, max, integer, unit };

  function revert(): void {
    setDraft(null);
    setProblem(null);
  }

  function commit(): void {
    if (draft === null) return;
    if (draft.trim() === "" && onClear !== undefined) {
      revert();
      onClear();
      return;
    }
    const parsed = parseNumberText(draft, rule);
    if (!parsed.ok) {
      setProblem(parsed.problem);
      return;
    }
    revert();
    if (parsed.value !== value) onCommit(parsed.value);
  }

  function stepBy(amount: number): void {
    const typed = draft === null ? null : parseNumberText(draft, { unit });
    const from = typed?.ok === true ? typed.value : (value ?? stepFrom ?? min ?? 0);
    const moved = Number((from + amount).toPrecision(12));
    const bounded = Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, moved));
    if (!checkNumber(bounded, rule).ok) return;
    revert();
    if (bounded !== value) onCommit(bounded);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") commit();
    if (event.key === "Escape" && draft !== null) {
      event.preventDefault();
      event.stopPropagation();
      revert();
    }
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      stepBy((event.key === "ArrowUp" ? step : -step) * (event.shiftKey ? 10 : 1));
    }
  }

  const shownError = problem === null ? error : explain(problem);
  return (
    <Field {...field} error={shownError}>
      {(ids) => (
        <span className={styles["box"]} data-invalid={shownError !== undefined}>
          <input
            {...ids}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            className={classNames(styles["input"], styles["number"])}
            value={draft ?? shown(value)}
            placeholder={placeholder}
            disabled={disabled}
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              setDraft(event.target.value);
              setProblem(null);
            }}
            onBlur={commit}
            onKeyDown={onKeyDown}
          />
          {unit === undefined ? null : <span className={styles["unit"]}>{unit}</span>}
        </span>
      )}
    </Field>
  );
}
