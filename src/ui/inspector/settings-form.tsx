import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { SettingField } from "#library/contract/kind.ts";
import type { JsonValue, Ranges, SettingRange, Settings } from "#src/design/document.ts";
import styles from "./inspector.module.css";
import { SettingInput, type SettingInputProps } from "./setting-input.tsx";

interface SettingsFormProps {
  readonly fields: readonly SettingField[];
  readonly stated: Settings;
  /** What holds for a setting that is not stated, worked out from the design. */
  readonly inferred?: ReadonlyMap<string, string>;
  /** Settings on which several parts disagree. */
  readonly mixed?: ReadonlySet<string>;
  readonly onChange: (field: SettingField, value: JsonValue | undefined) => string | null;
  /** Given: numbers may have ranges. */
  readonly ranges?: FormRanges;
}

export interface FormRanges {
  readonly stated: Ranges | undefined;
  /** The number in force; null where there is none. Undefined: the setting takes no range. */
  readonly likelyOf: (field: SettingField) => number | null | undefined;
  readonly onChange: (field: SettingField, range: SettingRange | undefined) => string | null;
}

/** The form of a part, generated from its fields: by group, what is seldom needed folded away unless it was changed. */
export function SettingsForm({ fields, ...rest }: SettingsFormProps) {
  const groups = new Map<string, SettingField[]>();
  for (const field of fields) {
    const group = groups.get(field.group);
    if (group === undefined) groups.set(field.group, [field]);
    else group.push(field);
  }
  return [...groups].map(([group, members]) => <Group key={group} title={group} fields={members} {...rest} />);
}

function Group({ title, fields, ...rest }: SettingsFormProps & { readonly title: string }) {
  const [isOpen, setOpen] = useState(false);
  const isPlain = (field: SettingField) =>
    !field.advanced ||
    rangeOf(field, rest.ranges) !== undefined ||
    Object.hasOwn(rest.stated, field.name) ||
    rest.mixed?.has(field.name) === true;
  const folded = fields.filter((field) => !isPlain(field));
  const shown = isOpen ? fields : fields.filter(isPlain);
  return (
    <section className={styles["section"]}>
      <h3>{title === "" ? "Settings" : title}</h3>
      {shown.map((field) => (
        <SettingInput
          key={field.name}
          field={field}
          stated={Object.hasOwn(rest.stated, field.name) ? rest.stated[field.name] : undefined}
          inferred={rest.inferred?.get(field.name)}
          isMixed={rest.mixed?.has(field.name) === true}
          ranged={rangedField(field, rest.ranges)}
          onChange={(value) => rest.onChange(field, value)}
        />
      ))}
      {folded.length === 0 ? null : (
        <button type="button" className={styles["fold"]} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronRight size={13} className={styles["chevron"]} aria-hidden="true" />
          <span>
            {isOpen
              ? "Fewer settings"
              : `${folded.length} more: ${folded.map((field) => field.title.toLowerCase()).join(", ")}`}
          </span>
        </button>
      )}
    </section>
  );
}

function rangeOf(field: SettingField, ranges: FormRanges | undefined): SettingRange | undefined {
  const stated = ranges?.stated;
  return stated !== undefined && Object.hasOwn(stated, field.name) ? stated[field.name] : undefined;
}

function rangedField(field: SettingField, ranges: FormRanges | undefined): SettingInputProps["ranged"] {
  if (ranges === undefined) return undefined;
  const likely = ranges.likelyOf(field);
  if (likely === undefined) return undefined;
  return { likely, range: rangeOf(field, ranges), onChange: (range) => ranges.onChange(field, range) };
}
