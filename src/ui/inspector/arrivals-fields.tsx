import { formatNumber } from "#src/base/format.ts";
import type { Journey } from "#src/design/document.ts";
import { limits } from "#src/design/limits.ts";
import { NumberField } from "#src/ui/kit/number-field.tsx";
import { SelectField } from "#src/ui/kit/select-field.tsx";
import styles from "./inspector.module.css";

type JourneyPart = { readonly [Key in keyof Journey]?: Journey[Key] | undefined };

interface ArrivalsFieldsProps {
  readonly journey: Journey;
  /** Rate that follows from the requirements; null when they do not say. */
  readonly derivedRate: number | null;
  /** Undefined takes a field away. */
  readonly onChange: (field: string, part: JourneyPart) => void;
}

/** Users and think time that a journey starts with when it is switched to them. */
const firstUsers = 100;
const firstThinkTimeMs = 5000;

/** How requests come: at a rate whatever the answers, or from users who wait for an answer and think before they ask again. */
export function ArrivalsFields({ journey, derivedRate, onChange }: ArrivalsFieldsProps) {
  const isClosed = journey.users !== undefined;
  return (
    <>
      <SelectField
        label="Requests come as"
        value={isClosed ? "users" : "rate"}
        options={[
          { value: "rate", label: "Arrivals per second" },
          { value: "users", label: "Users with think time" },
        ]}
        hint={
          isClosed
            ? "So many users. Each waits for its answer, thinks, and asks again, so slow answers lower the rate. The load dial multiplies the users."
            : "At this rate on average, whether answers are fast or slow. The load dial multiplies it."
        }
        onChange={(kind) =>
          onChange(
            "how requests come",
            kind === "users"
              ? { ratePerSecond: undefined, ranges: undefined, users: firstUsers, thinkTimeMs: firstThinkTimeMs }
              : { users: undefined, thinkTimeMs: undefined },
          )
        }
      />
      <div className={styles["pair"]}>
        {isClosed ? (
          <>
            <NumberField
              label="Users at load 1"
              integer
              min={1}
              max={limits.users}
              value={journey.users ?? null}
              onCommit={(users) => onChange("the users", { users })}
            />
            <NumberField
              label="Think time"
              unit="ms"
              min={0}
              value={journey.thinkTimeMs ?? null}
              placeholder="0"
              onCommit={(thinkTimeMs) => onChange("the think time", { thinkTimeMs })}
              onClear={() => onChange("the think time", { thinkTimeMs: undefined })}
            />
          </>
        ) : (
          <NumberField
            label="Rate at load 1"
            unit="/s"
            min={0}
            value={journey.ratePerSecond ?? null}
            placeholder={derivedRate === null ? "0" : `${formatNumber(derivedRate)} from requirements`}
            onCommit={(ratePerSecond) => onChange("the rate", { ratePerSecond })}
            onClear={() => onChange("the rate", { ratePerSecond: undefined })}
          />
        )}
      </div>
    </>
  );
}
