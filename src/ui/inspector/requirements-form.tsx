import { usualReplicationFactor } from "#src/analysis/sizing/data-volume.ts";
import { formatBytes, formatMoney, formatRate } from "#src/base/format.ts";
import { defaultPeakFactor } from "#src/compile/journey-rates.ts";
import { setRequirements } from "#src/design/commands/set-requirements.ts";
import type { Design, Requirements } from "#src/design/document.ts";
import { NumberField } from "#src/ui/kit/number-field.tsx";
import { useRun } from "#src/ui/use-run.ts";
import { inLargerUnit } from "./amount-units.ts";
import { derivedNumbers } from "./derived-numbers.ts";
import styles from "./inspector.module.css";
import { useRefusal } from "./use-refusal.ts";

interface RequirementField {
  readonly name: keyof Requirements;
  readonly title: string;
  readonly unit?: string;
  readonly perFileUnit?: number;
  readonly max?: number;
  readonly placeholder?: string;
  readonly larger?: (value: number) => string | null;
}

const traffic: readonly RequirementField[] = [
  { name: "dailyActiveUsers", title: "Daily active users" },
  { name: "requestsPerUserPerDay", title: "Requests a user and day" },
  { name: "peakFactor", title: "Peak over average", unit: "×", placeholder: String(defaultPeakFactor) },
];

const storage: readonly RequirementField[] = [
  { name: "recordsPerDay", title: "New records a day" },
  { name: "recordBytes", title: "Size of a record", unit: "B", larger: (value) => inLargerUnit(value, "bytes") },
  { name: "retentionDays", title: "Kept for", unit: "days" },
  { name: "replicationFactor", title: "Copies", placeholder: String(usualReplicationFactor) },
];

const promises: readonly RequirementField[] = [
  { name: "availabilityTarget", title: "Availability", unit: "%", perFileUnit: 100, max: 100 },
  {
    name: "recoveryTimeObjectiveMs",
    title: "Back within (RTO)",
    unit: "ms",
    larger: (value) => inLargerUnit(value, "ms"),
  },
  {
    name: "recoveryPointObjectiveMs",
    title: "Data lost at most (RPO)",
    unit: "ms",
    larger: (value) => inLargerUnit(value, "ms"),
  },
  {
    name: "monthlyBudget",
    title: "Budget a month",
    unit: "$",
    larger: (value) => (value >= 10_000 ? formatMoney(value) : null),
  },
];

/** Numbers first: what the system must take, keep and promise, and what follows from it. */
export function RequirementsForm({ design }: { readonly design: Design }) {
  const derived = derivedNumbers(design.requirements);
  return (
    <section className={styles["section"]}>
      <h3>Requirements</h3>
      <Fields design={design} fields={traffic} />
      <Derived
        rows={[
          ["Average rate", derived.averagePerSecond === null ? null : formatRate(derived.averagePerSecond)],
          ["Peak rate", derived.peakPerSecond === null ? null : formatRate(derived.peakPerSecond)],
        ]}
        missing="State users and requests a day, and the average and peak rate follow."
      />
      <Fields design={design} fields={storage} />
      <Derived
        rows={[
          ["New data a day", derived.bytesPerDay === null ? null : formatBytes(derived.bytesPerDay)],
          ["Stored in all", derived.bytesInAll === null ? null : formatBytes(derived.bytesInAll)],
        ]}
        missing="State records a day and their size, and the storage follows."
      />
      <Fields design={design} fields={promises} />
    </section>
  );
}

function Fields({ design, fields }: { readonly design: Design; readonly fields: readonly RequirementField[] }) {
  return (
    <div className={styles["pair"]}>
      {fields.map((field) => (
        <RequirementInput key={field.name} requirements={design.requirements} field={field} />
      ))}
    </div>
  );
}

function RequirementInput({
  requirements,
  field,
}: {
  readonly requirements: Requirements;
  readonly field: RequirementField;
}) {
  const run = useRun();
  const { refusal, attempt } = useRefusal<number>(requirements[field.name]);
  const perFileUnit = field.perFileUnit ?? 1;
  const value = refusal?.value ?? requirements[field.name];
  const larger = value === undefined ? null : (field.larger?.(value) ?? null);

  function set(amount: number | undefined): string | null {
    const { [field.name]: _, ...others } = requirements;
    return run(
      `Set ${field.title.toLowerCase()}`,
      setRequirements,
      { requirements: amount === undefined ? others : { ...others, [field.name]: amount } },
      `requirements ${field.name}`,
    );
  }

  return (
    <NumberField
      label={field.title}
      value={value === undefined ? null : Number((value * perFileUnit).toPrecision(12))}
      placeholder={field.placeholder ?? "not stated"}
      min={0}
      {...(field.max === undefined ? {} : { max: field.max })}
      {...(field.unit === undefined ? {} : { unit: field.unit })}
      {...(larger === null ? {} : { hint: `That is ${larger}.` })}
      {...(refusal === null ? {} : { error: refusal.reason })}
      onCommit={(amount) => {
        const inFile = Number((amount / perFileUnit).toPrecision(12));
        attempt(inFile, () => set(inFile));
      }}
      onClear={() => attempt(0, () => set(undefined))}
    />
  );
}

function Derived({
  rows,
  missing,
}: {
  readonly rows: readonly (readonly [string, string | null])[];
  readonly missing: string;
}) {
  if (rows.every(([, value]) => value === null)) return <p className={styles["quiet"]}>{missing}</p>;
  return (
    <dl className={styles["derived"]}>
      {rows.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value ?? "not enough stated"}</dd>
        </div>
      ))}
    </dl>
  );
}
