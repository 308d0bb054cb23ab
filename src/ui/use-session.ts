import { createContext, useContext, useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { Action, ActionRegistry } from "#src/session/actions.ts";
import type { Session, SessionState } from "#src/session/session.ts";

/** The open session with the actions of everything on its screen. */
export interface OpenEditor {
  readonly session: Session;
  readonly actions: ActionRegistry;
}

export const EditorContext = createContext<OpenEditor | null>(null);

function useEditor(): OpenEditor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("This part of the screen stands outside an open design");
  return editor;
}

/** The commands of the open session; reading it renders nothing again. */
export function useSessionCommands(): Session {
  return useEditor().session;
}

/** A part of the session's state; renders again when the selected value is another (by identity). */
export function useSession<Selected>(selector: (state: SessionState) => Selected): Selected {
  return useStore(useEditor().session.store, selector);
}

export function useActions(): readonly Action[] {
  return useStore(useEditor().actions.store, (state) => state.actions);
}

/** Offers actions while the part of the screen that calls this is shown. Keep the list stable with `useMemo`. */
export function useRegisteredActions(actions: readonly Action[]): void {
  const { actions: registry } = useEditor();
  useEffect(() => registry.register(actions), [registry, actions]);
}

/** An action with its state now; null when no part of the screen offers it. */
export function useAction(id: string): { readonly action: Action; readonly disabledReason: string | null } | null {
  const actions = useActions();
  const action = useMemo(() => actions.find((candidate) => candidate.id === id) ?? null, [actions, id]);
  const disabledReason = useSession((state) => action?.disabledReason(state) ?? null);
  return action === null ? null : { action, disabledReason };
}
