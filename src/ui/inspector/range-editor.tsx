import { MoveHorizontal } from "lucide-react";
import type { Unit } from "#library/contract/kind.ts";
import { formatNumber } from "#src/base/format.ts";
import type { SettingRange } from "#src/design/document.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { NumberField } from "#src/ui/kit/number-field.tsx";
import { Popover } from "#src/ui/kit/popover.tsx";
import { fieldUnit, toField, toFile } from "./amount-units.ts";
import styles from "./range-editor.module.css";
import { useRefusal } from "./use-refusal.ts";

export interface RangeEditorProps {
  /** "Capacity of one instance" */
  readonly title: string;
  readonly unit: Unit;
  readonly integer: boolean;
  /** The number that the range is around; null where there is none, and so no range. */
  readonly likely: number | null;
  readonly range: SettingRange | undefined;
  /** One undo step; undefined: the number is known. Answers why it was refused. */
  readonly onChange: (range: SettingRange | undefined) => string | null;
  /** A small sign beside a field, or words of its own. */
  readonly look?: "sign" | "words";
}

/** "800 to 1 200 /s" */
export function boundsInWords([low, high]: SettingRange, unit: Unit): string {
  const words = (amount: number) => formatNumber(toField(amount, unit), { digits: 4 });
  const unitWords = fieldUnit(unit).unit;
  return `${words(low)} to ${words(high)}${unitWords === undefined ? "" : ` ${unitWords}`}`;
}

/** Between which bounds a number lies when it is not known exactly. A bound that is not given is the likely value. */
export function RangeEditor({ title, unit, integer, likely, range, onChange, look = "sign" }: RangeEditorProps) {
  const { refusal, attempt, takeBack } = useRefusal<SettingRange>(range);
  const name = title.toLowerCase();
  const label = range === undefined ? `Give a range of ${name}` : `Range of ${name}: ${boundsInWords(range, unit)}`;
  const trigger =
    look === "words" ? (
      <Button size="small" variant="quiet" icon={<MoveHorizontal size={13} />} aria-label={label}>
        {range === undefined ? "Give a range" : boundsInWords(range, unit)}
      </Button>
    ) : (
      <IconButton
        label={label}
        size="small"
        className={styles["sign"]}
        data-stated={range !== undefined}
        icon={<MoveHorizontal size={13} />}
      />
    );
  return (
    <Popover label={`Range of ${name}`} side="left" trigger={trigger}>
      <div className={styles["editor"]}>
        <h4>Range of {name}</h4>
        {likely === null ? (
          <p>State a value first: it is the most likely one, and the range is around it.</p>
        ) : (
          <Bounds
            bounds={{ title, unit, integer, likely }}
            range={refusal?.value ?? range}
            reason={refusal?.reason}
            onBound={(next) => attempt(next, () => onChange(next))}
            onKnown={() => {
              takeBack();
              onChange(undefined);
            }}
          />
        )}
      </div>
    </Popover>
  );
}

interface BoundsProps {
  readonly bounds: Pick<RangeEditorProps, "title" | "unit" | "integer"> & { readonly likely: number };
  readonly range: SettingRange | undefined;
  readonly reason: string | undefined;
  readonly onBound: (range: SettingRange) => void;
  readonly onKnown: () => void;
}

function Bounds({ bounds, range, reason, onBound, onKnown }: BoundsProps) {
  const { unit, integer, likely } = bounds;
  const shownUnit = fieldUnit(unit).unit;
  const fieldProps = {
    integer,
    ...(shownUnit === undefined ? {} : { unit: shownUnit }),
    stepFrom: toField(likely, unit),
  };
  const likelyText = formatNumber(toField(likely, unit), { digits: 6 });
  return (
    <>
      <div className={styles["bounds"]}>
        <NumberField
          label="Low"
          value={range === undefined ? null : toField(range[0], unit)}
          placeholder={likelyText}
          max={toField(likely, unit)}
          {...fieldProps}
          onCommit={(low) => onBound([toFile(low, unit), range?.[1] ?? likely])}
        />
        <span className={styles["likely"]}>
          <span>Likely</span>
          <b>
            {likelyText}
            {shownUnit === undefined ? "" : ` ${shownUnit}`}
          </b>
        </span>
        <NumberField
          label="High"
          value={range === undefined ? null : toField(range[1], unit)}
          placeholder={likelyText}
          min={toField(likely, unit)}
          {...fieldProps}
          onCommit={(high) => onBound([range?.[0] ?? likely, toFile(high, unit)])}
        />
      </div>
      {reason === undefined ? null : (
        <p className={styles["refused"]} role="alert">
          {reason}
        </p>
      )}
      <p>Figures get an interval, and the Certainty tab says which range matters most.</p>
      {range === undefined ? null : (
        <Button size="small" onClick={onKnown}>
          It is known exactly
        </Button>
      )}
    </>
  );
}
