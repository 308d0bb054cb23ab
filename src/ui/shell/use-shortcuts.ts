import { useEffect } from "react";
import type { Action } from "#src/session/actions.ts";
import { matchesShortcut, typesCharacter } from "#src/session/shortcuts.ts";
import { useActions, useSessionCommands } from "#src/ui/use-session.ts";

/** In a text field these keep their meaning of the design as a whole. */
const globalShortcuts: ReadonlySet<string> = new Set([
  "Ctrl+K",
  "Ctrl+/",
  "Ctrl+S",
  "Ctrl+Shift+S",
  "Ctrl+O",
  "F6",
  "Shift+F6",
]);

/** Runs the action whose keys are pressed, unless somebody is writing, composing or answering a dialog. */
export function useShortcuts(): void {
  const actions = useActions();
  const session = useSessionCommands();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const found = findAction(actions, event);
      if (found === null || document.querySelector("dialog[open]") !== null) return;
      const { action, shortcut } = found;
      if (isWriting(event.target) && !globalShortcuts.has(shortcut)) return;
      if (isOperated(event.target) && typesCharacter(shortcut) && shortcut !== "?") return;
      event.preventDefault();
      const reason = action.disabledReason(session.store.getState());
      if (reason === null) action.run();
      else if (!event.repeat && shortcut !== "Escape") session.notify("info", reason);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [actions, session]);
}

function findAction(
  actions: readonly Action[],
  event: KeyboardEvent,
): { readonly action: Action; readonly shortcut: string } | null {
  for (const action of actions) {
    const shortcut = action.shortcuts.find((candidate) => matchesShortcut(event, candidate));
    if (shortcut !== undefined) return { action, shortcut };
  }
  return null;
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !["button", "checkbox", "radio", "range"].includes(target.type);
}

/** Menus, sliders and tabs take letters and arrows for themselves; no control takes the question mark. */
function isOperated(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="menu"], [role="slider"], [role="tablist"]') !== null;
}
