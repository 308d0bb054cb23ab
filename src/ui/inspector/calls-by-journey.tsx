import { setEdgeSetting } from "#src/design/commands/set-edge-setting.ts";
import type { Design, DesignEdge, JsonValue } from "#src/design/document.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { NumberField } from "#src/ui/kit/number-field.tsx";
import { journeyName } from "#src/ui/part-name.ts";
import { useRun } from "#src/ui/use-run.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";

interface CallsByJourneyProps {
  readonly design: Design;
  readonly edge: DesignEdge;
}

/** Calls per visit that differ by journey; a journey that is left empty makes none. */
export function CallsByJourney({ design, edge }: CallsByJourneyProps) {
  const run = useRun();
  const session = useSessionCommands();
  const stated = edge.settings?.["calls"];
  const byJourney = callsOf(stated);
  if (design.journeys.size === 0 || (byJourney === null && design.journeys.size < 2)) return null;

  function set(value: JsonValue | undefined, journey = ""): void {
    const refusal = run(
      "Set calls by journey",
      setEdgeSetting,
      { id: edge.id, key: "calls", value },
      `${edge.id} ${journey}`,
    );
    if (refusal !== null) session.notify("problem", refusal);
  }

  if (byJourney === null) {
    const calls = typeof stated === "number" ? stated : 1;
    return (
      <div className={styles["bar"]}>
        <span className={styles["quiet"]}>All journeys make the same number of calls.</span>
        <Button
          size="small"
          onClick={() => set(Object.fromEntries([...design.journeys.keys()].map((id) => [id, calls])))}
        >
          By journey
        </Button>
      </div>
    );
  }
  return (
    <section className={styles["section"]}>
      <div className={styles["bar"]}>
        <h3>Calls per visit, by journey</h3>
        <Button size="small" onClick={() => set(undefined)}>
          Same for all
        </Button>
      </div>
      {[...design.journeys.keys()].map((id) => (
        <NumberField
          key={id}
          label={journeyName(design, id)}
          value={byJourney.get(id) ?? null}
          placeholder="none"
          min={0}
          onCommit={(calls) => set(Object.fromEntries(new Map([...byJourney, [id, calls]])), id)}
          onClear={() => set(Object.fromEntries([...byJourney].filter(([journey]) => journey !== id)), id)}
        />
      ))}
    </section>
  );
}

function callsOf(stated: JsonValue | undefined): ReadonlyMap<string, number> | null {
  if (typeof stated !== "object" || stated === null || Array.isArray(stated)) return null;
  const calls = new Map<string, number>();
  for (const [journey, value] of Object.entries(stated)) if (typeof value === "number") calls.set(journey, value);
  return calls;
}
