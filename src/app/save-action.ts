import { type Action, always } from "#src/session/actions.ts";
import type { Session } from "#src/session/session.ts";

/** Every edit is saved by itself; asking for it stores what is left and says how it went. */
export function saveAction(session: Session): Action {
  return {
    id: "save",
    name: "Save now",
    group: "design",
    shortcuts: ["Ctrl+S"],
    disabledReason: always,
    run: () => void saveNow(session),
  };
}

async function saveNow(session: Session): Promise<void> {
  await session.flush();
  const { state } = session.store.getState().saveState;
  if (state === "saved") session.notify("info", "Saved in this browser. Every edit is saved by itself.");
}
