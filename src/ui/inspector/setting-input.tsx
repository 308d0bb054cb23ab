import { RotateCcw } from "lucide-react";
import type { SettingField } from "#library/contract/kind.ts";
import { formatNumber } from "#src/base/format.ts";
import type { JsonValue } from "#src/design/document.ts";
import { formatSetting } from "#src/insights/format-setting.ts";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { NumberField } from "#src/ui/kit/number-field.tsx";
import { SelectField } from "#src/ui/kit/select-field.tsx";
import { SwitchField } from "#src/ui/kit/switch-field.tsx";
import { TextField } from "#src/ui/kit/text-field.tsx";
import { fieldUnit, inLargerUnit, toField, toFile } from "./amount-units.ts";
import styles from "./inspector.module.css";
import { boundsInWords, RangeEditor, type RangeEditorProps } from "./range-editor.tsx";
import { SourceNote } from "./source-note.tsx";
import { useRefusal } from "./use-refusal.ts";

export interface SettingInputProps {
  readonly field: SettingField;
  /** As the design states it; undefined: the default holds. */
  readonly stated: JsonValue | undefined;
  /** What holds while nothing is stated, where it was worked out from the design: "synchronous". */
  readonly inferred?: string | undefined;
  /** Several parts disagree: nothing is shown until a value is chosen for all. */
  readonly isMixed?: boolean;
  /** Given: the number may have a range, set in one undo step. */
  readonly ranged?: Pick<RangeEditorProps, "likely" | "range" | "onChange"> | undefined;
  /** One undo step; undefined goes back to the default. Answers why it was refused. */
  readonly onChange: (value: JsonValue | undefined) => string | null;
}

/** One setting: its control by type, unit, default and source, and the way back to the default. */
export function SettingInput({ field, stated, inferred, isMixed = false, ranged, onChange }: SettingInputProps) {
  const { refusal, attempt, takeBack } = useRefusal<JsonValue | undefined>(stated);
  const change = (value: JsonValue | undefined) => attempt(value, () => onChange(value));
  const value = refusal === null ? stated : refusal.value;
  const defaultText = defaultInWords(field);
  const placeholder = isMixed ? "several values" : (inferred ?? defaultText ?? "none");
  const error = refusal?.reason;
  const label = field.title;
  return (
    <div className={styles["setting"]} data-stated={value !== undefined}>
      <div className={styles["control"]}>
        <Control field={field} value={value} placeholder={placeholder} error={error} label={label} onChange={change} />
        {ranged?.range === undefined ? null : (
          <p className={styles["range"]}>Between {boundsInWords(ranged.range, field.unit)}</p>
        )}
      </div>
      <span className={styles["aside"]}>
        {value === undefined ? null : (
          <IconButton
            label={
              refusal === null ? `Back to the default of ${label.toLowerCase()}` : `Take back ${label.toLowerCase()}`
            }
            size="small"
            className={styles["mini"]}
            icon={<RotateCcw size={13} />}
            onClick={refusal === null ? () => change(undefined) : takeBack}
          />
        )}
        {ranged === undefined ? null : (
          <RangeEditor title={field.title} unit={field.unit} integer={field.input === "integer"} {...ranged} />
        )}
        <SourceNote
          title={field.title}
          help={field.help}
          defaultText={defaultText}
          range={rangeInWords(field)}
          source={field.source}
        />
      </span>
    </div>
  );
}

interface ControlProps {
  readonly field: SettingField;
  readonly value: JsonValue | undefined;
  readonly placeholder: string;
  readonly error: string | undefined;
  readonly label: string;
  readonly onChange: (value: JsonValue | undefined) => void;
}

function Control({ field, value, placeholder, error, label, onChange }: ControlProps) {
  switch (field.input) {
    case "number":
    case "integer": {
      // A default in bytes reads "4 GB" and carries its own unit.
      const unit = value === undefined && field.unit === "bytes" ? undefined : fieldUnit(field.unit).unit;
      const larger = typeof value === "number" ? inLargerUnit(value, field.unit) : null;
      return (
        <NumberField
          label={label}
          value={typeof value === "number" ? toField(value, field.unit) : null}
          placeholder={placeholder}
          integer={field.input === "integer"}
          {...(unit === undefined ? {} : { unit })}
          {...(field.minimum === undefined ? {} : { min: toField(field.minimum, field.unit) })}
          {...(field.maximum === undefined ? {} : { max: toField(field.maximum, field.unit) })}
          {...(typeof field.defaultValue === "number" ? { stepFrom: toField(field.defaultValue, field.unit) } : {})}
          {...(larger === null ? {} : { hint: `That is ${larger}.` })}
          {...(error === undefined ? {} : { error })}
          onCommit={(amount) => onChange(toFile(amount, field.unit))}
          onClear={() => onChange(undefined)}
        />
      );
    }
    case "choice":
      return (
        <SelectField
          label={label}
          value={typeof value === "string" ? value : ""}
          options={[
            { value: "", label: placeholder },
            ...(field.choices ?? []).map((choice) => ({ value: choice.value, label: choice.title })),
          ]}
          {...(error === undefined ? {} : { error })}
          onChange={(chosen) => onChange(chosen === "" ? undefined : chosen)}
        />
      );
    case "switch":
      return (
        <SwitchField
          label={label}
          checked={value === undefined ? field.defaultValue === true : value !== false}
          {...(error === undefined ? {} : { hint: error })}
          onChange={(checked) => onChange(checked)}
        />
      );
    case "text":
      return (
        <TextField
          label={label}
          value={typeof value === "string" ? value : ""}
          placeholder={placeholder}
          {...(error === undefined ? {} : { error })}
          onCommit={(text) => onChange(text.trim() === "" ? undefined : text.trim())}
        />
      );
  }
}

function defaultInWords(field: SettingField): string | null {
  if (field.defaultValue === null || field.defaultValue === undefined) return null;
  const choice = field.choices?.find(({ value }) => value === field.defaultValue);
  if (choice !== undefined) return choice.title;
  // The unit stands beside the field already.
  if (typeof field.defaultValue === "number" && field.unit !== "bytes") {
    return formatNumber(toField(field.defaultValue, field.unit), { digits: 12 });
  }
  return formatSetting(field.defaultValue, field.unit);
}

function rangeInWords({ minimum, maximum, unit }: SettingField): string | null {
  if (minimum === undefined && maximum === undefined) return null;
  if (maximum === undefined) return `At least ${formatSetting(minimum, unit)}.`;
  if (minimum === undefined) return `At most ${formatSetting(maximum, unit)}.`;
  return `From ${formatSetting(minimum, unit)} to ${formatSetting(maximum, unit)}.`;
}
