import { renameDesign } from "#src/design/commands/rename-design.ts";
import type { Design } from "#src/design/document.ts";
import { TextField } from "#src/ui/kit/text-field.tsx";
import { useRun } from "#src/ui/use-run.ts";
import styles from "./inspector.module.css";
import { JourneysForm } from "./journeys-form.tsx";
import { RequirementsForm } from "./requirements-form.tsx";
import { useRefusal } from "./use-refusal.ts";

/** The design itself: its name, the numbers it must meet, and the traffic that comes in. */
export function DesignInspector({ design }: { readonly design: Design }) {
  const run = useRun();
  const { refusal, attempt } = useRefusal<string>(design.name);
  return (
    <div className={styles["page"]}>
      <TextField
        label="Design"
        value={refusal?.value ?? design.name}
        {...(refusal === null ? {} : { error: refusal.reason })}
        onCommit={(name) => attempt(name, () => run("Rename the design", renameDesign, { name }))}
      />
      <JourneysForm design={design} />
      <RequirementsForm design={design} />
    </div>
  );
}
