import { Plus } from "lucide-react";
import { catalogue } from "#library/catalogue.ts";
import { addJourney } from "#src/design/commands/add-journey.ts";
import type { Design } from "#src/design/document.ts";
import { nextId } from "#src/design/ids.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { useRun } from "#src/ui/use-run.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";
import { JourneyCard } from "./journey-card.tsx";

/** The classes of requests that come in. */
export function JourneysForm({ design }: { readonly design: Design }) {
  const run = useRun();
  const session = useSessionCommands();
  const source = likelySource(design);
  function add(from: string): void {
    const refusal = run("Add a journey", addJourney, {
      journey: { id: nextId(design, "journey"), name: `Journey ${design.journeys.size + 1}`, source: from },
    });
    if (refusal !== null) session.notify("problem", refusal);
  }
  return (
    <section className={styles["section"]}>
      <div className={styles["bar"]}>
        <h3>Journeys</h3>
        <Button
          size="small"
          icon={<Plus size={14} />}
          disabled={source === null}
          onClick={() => {
            if (source !== null) add(source);
          }}
        >
          Add a journey
        </Button>
      </div>
      {design.journeys.size === 0 ? (
        <p className={styles["quiet"]}>
          {source === null
            ? "Draw a client first: a journey is a class of requests that starts at a part."
            : "A journey is a class of requests that starts at a part: give it a rate, and every part shows its load."}
        </p>
      ) : (
        [...design.journeys.values()].map((journey) => (
          <JourneyCard key={journey.id} design={design} journey={journey} />
        ))
      )}
    </section>
  );
}

/** A client where there is one, else the first part that is no container. */
function likelySource(design: Design): string | null {
  const parts = [...design.nodes.values()].filter((node) => catalogue.get(node.kind)?.isContainer === false);
  return (parts.find((node) => node.kind === "client") ?? parts[0])?.id ?? null;
}
