import { ChevronRight, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { formatNumber, formatRate } from "#src/base/format.ts";
import { declaredRatePerSecond, peakRatePerSecond } from "#src/compile/journey-rates.ts";
import { removeJourney } from "#src/design/commands/remove-journey.ts";
import { setRange } from "#src/design/commands/set-range.ts";
import { updateJourney } from "#src/design/commands/update-journey.ts";
import type { Design, Journey, LatencyTarget } from "#src/design/document.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { NumberField } from "#src/ui/kit/number-field.tsx";
import { SelectField } from "#src/ui/kit/select-field.tsx";
import { TextField } from "#src/ui/kit/text-field.tsx";
import { useRun } from "#src/ui/use-run.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";
import { ArrivalsFields } from "./arrivals-fields.tsx";
import styles from "./inspector.module.css";
import { RangeEditor } from "./range-editor.tsx";
import { useRefusal } from "./use-refusal.ts";

interface JourneyCardProps {
  readonly design: Design;
  readonly journey: Journey;
}

/** One class of requests: where it starts, how many, and what is promised for it. */
export function JourneyCard({ design, journey }: JourneyCardProps) {
  const run = useRun();
  const session = useSessionCommands();
  const [isOpen, setOpen] = useState(design.journeys.size === 1);
  const { refusal, attempt, takeBack } = useRefusal<Journey>(journey);
  const shown = refusal?.value ?? journey;
  const words = journey.name ?? journey.id;
  const targets = shown.latencyTargets ?? [];
  const derivedRate = peakRatePerSecond(design) === null ? null : declaredRatePerSecond(design, journey);

  /** Undefined takes the field away. */
  function change(field: string, part: { readonly [Key in keyof Journey]?: Journey[Key] | undefined }): void {
    const next = mergedJourney(shown, part);
    attempt(next, () => run(`Change ${field} of ${words}`, updateJourney, { journey: next }, `${journey.id} ${field}`));
  }

  function changeTarget(index: number, part: Partial<LatencyTarget>): void {
    change("latency targets", {
      latencyTargets: targets.map((target, at) => (at === index ? { ...target, ...part } : target)),
    });
  }

  const body = (
    <div className={styles["cardBody"]}>
      <div className={styles["target"]} data-layout="name">
        <TextField
          label="Name"
          value={shown.name ?? ""}
          placeholder={journey.id}
          onCommit={(name) => change("the name", { name: name.trim() === "" ? undefined : name })}
        />
        <IconButton
          label={`Remove ${words}`}
          icon={<Trash2 size={14} />}
          onClick={() => {
            const reason = run(`Remove ${words}`, removeJourney, { id: journey.id });
            if (reason !== null) session.notify("problem", reason);
          }}
        />
      </div>
      <div className={styles["pair"]}>
        <SelectField
          label="Starts at"
          value={shown.source}
          options={[...design.nodes.values()]
            .filter((node) => catalogue.get(node.kind)?.isContainer === false)
            .map((node) => ({ value: node.id, label: node.name ?? node.id }))}
          onChange={(source) => change("the source", { source })}
        />
        <SelectField
          label="Operation"
          value={shown.operation ?? "read"}
          options={[
            { value: "read", label: "Read" },
            { value: "write", label: "Write" },
          ]}
          onChange={(operation) => change("the operation", { operation })}
        />
        <NumberField
          label="Available"
          unit="%"
          min={0}
          max={100}
          value={
            shown.availabilityTarget === undefined ? null : Number((shown.availabilityTarget * 100).toPrecision(12))
          }
          placeholder="no target"
          onCommit={(percent) =>
            change("the availability target", { availabilityTarget: Number((percent / 100).toPrecision(12)) })
          }
          onClear={() => change("the availability target", { availabilityTarget: undefined })}
        />
      </div>
      <ArrivalsFields journey={shown} derivedRate={derivedRate} onChange={change} />
      {shown.users === undefined ? (
        <div>
          <RangeEditor
            title="Rate at load 1"
            unit="per second"
            integer={false}
            likely={shown.ratePerSecond ?? null}
            range={journey.ranges?.ratePerSecond}
            look="words"
            onChange={(range) =>
              run(
                `Set the range of the rate of ${words}`,
                setRange,
                { of: "journeys", id: journey.id, key: "ratePerSecond", range, kinds: kindDirectory },
                `${journey.id} rate range`,
              )
            }
          />
        </div>
      ) : null}
      <SelectField
        label="Consistency"
        value={shown.consistency ?? "eventual"}
        options={[
          { value: "eventual", label: "Eventual: an old answer will do for a while" },
          { value: "read-your-writes", label: "Read your writes: see your own changes" },
          { value: "strong", label: "Strong: always the newest" },
        ]}
        onChange={(consistency) => change("the consistency", { consistency })}
      />
      {targets.map((target, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a target has no other name than its place.
        <div key={index} className={styles["target"]}>
          <NumberField
            label="Percentile"
            min={0}
            max={100}
            value={target.percentile}
            onCommit={(percentile) => changeTarget(index, { percentile })}
          />
          <NumberField
            label="At most"
            unit="ms"
            min={0}
            value={target.ms}
            onCommit={(ms) => changeTarget(index, { ms })}
          />
          <IconButton
            label={`Remove the target for percentile ${formatNumber(target.percentile)}`}
            icon={<Trash2 size={14} />}
            onClick={() => {
              const rest = targets.filter((_, at) => at !== index);
              change("latency targets", { latencyTargets: rest.length === 0 ? undefined : rest });
            }}
          />
        </div>
      ))}
      {refusal === null ? null : (
        <p className={styles["refused"]} role="alert">
          {refusal.reason}{" "}
          <Button size="small" onClick={takeBack}>
            Take it back
          </Button>
        </p>
      )}
      <div>
        <Button
          size="small"
          variant="quiet"
          icon={<Plus size={14} />}
          onClick={() => change("latency targets", { latencyTargets: [...targets, { percentile: 99, ms: 200 }] })}
        >
          Add a latency target
        </Button>
      </div>
    </div>
  );
  return (
    <article className={styles["card"]} aria-label={words}>
      <button type="button" className={styles["cardHead"]} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={14} className={styles["chevron"]} aria-hidden="true" />
        <strong>{words}</strong>
        <span className={styles["quiet"]}>
          {journey.operation ?? "read"}, {arrivalsInWords(design, journey)}
        </span>
      </button>
      {isOpen ? body : null}
    </article>
  );
}

function arrivalsInWords(design: Design, journey: Journey): string {
  const { users } = journey;
  if (users === undefined) return formatRate(declaredRatePerSecond(design, journey));
  return users === 1 ? "1 user" : `${formatNumber(users)} users`;
}

function mergedJourney(
  journey: Journey,
  part: { readonly [Key in keyof Journey]?: Journey[Key] | undefined },
): Journey {
  const { name, operation, ratePerSecond, users, thinkTimeMs, latencyTargets, ...rest } = { ...journey, ...part };
  const { availabilityTarget, consistency, ranges, ...required } = rest;
  return {
    ...required,
    id: journey.id,
    source: part.source ?? journey.source,
    ...(name === undefined ? {} : { name }),
    ...(operation === undefined ? {} : { operation }),
    ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
    ...(users === undefined ? {} : { users }),
    ...(thinkTimeMs === undefined ? {} : { thinkTimeMs }),
    ...(latencyTargets === undefined ? {} : { latencyTargets }),
    ...(availabilityTarget === undefined ? {} : { availabilityTarget }),
    ...(consistency === undefined ? {} : { consistency }),
    ...(ranges === undefined ? {} : { ranges }),
  };
}
