import { useEffect, useState } from "react";
import { VisuallyHidden } from "#src/ui/kit/visually-hidden.tsx";
import { useCanvasTools } from "./canvas-context.ts";

/** Says aloud what was done, undone and done again. Refusals are notices, which the shell says. */
export function Announcer() {
  const { session } = useCanvasTools();
  const [words, setWords] = useState("");
  useEffect(
    () =>
      session.store.subscribe((now, before) => {
        if (now.revision === before.revision) return;
        if (now.redoLabel !== null && now.redoLabel === before.undoLabel) setWords(`Undone: ${now.redoLabel}`);
        else if (now.undoLabel !== null && now.undoLabel === before.redoLabel) setWords(`Done again: ${now.undoLabel}`);
        else if (now.undoLabel !== null) setWords(now.undoLabel);
      }),
    [session],
  );
  return (
    <VisuallyHidden>
      <span role="status" aria-live="polite">
        {words}
      </span>
    </VisuallyHidden>
  );
}
