import { ArrowDown, ArrowUp } from "lucide-react";
import { reorderEdge } from "#src/design/commands/reorder-edge.ts";
import type { Design, DesignEdge } from "#src/design/document.ts";
import { edgesFrom } from "#src/design/queries.ts";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { partName } from "#src/ui/part-name.ts";
import { useRun } from "#src/ui/use-run.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";

interface EdgeOrderProps {
  readonly design: Design;
  readonly edge: DesignEdge;
}

/** The place of the call among those of its source: the order in which they are made unless the settings say otherwise. */
export function EdgeOrder({ design, edge }: EdgeOrderProps) {
  const run = useRun();
  const session = useSessionCommands();
  const siblings = edgesFrom(design, edge.source);
  const place = siblings.findIndex(({ id }) => id === edge.id);
  if (siblings.length < 2) return null;
  function move(to: number): void {
    const refusal = run("Change the order of the calls", reorderEdge, { id: edge.id, place: to });
    if (refusal !== null) session.notify("problem", refusal);
  }
  return (
    <div className={styles["bar"]}>
      <span>
        Call {place + 1} of {siblings.length} from {partName(design, edge.source)}
      </span>
      <span>
        <IconButton
          label="Call earlier"
          size="small"
          icon={<ArrowUp size={14} />}
          disabled={place === 0}
          onClick={() => move(place - 1)}
        />
        <IconButton
          label="Call later"
          size="small"
          icon={<ArrowDown size={14} />}
          disabled={place === siblings.length - 1}
          onClick={() => move(place + 1)}
        />
      </span>
    </div>
  );
}
