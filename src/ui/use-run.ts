import { useCallback } from "react";
import type { Command } from "#src/design/document.ts";
import { useSessionCommands } from "./use-session.ts";

/** Runs a command as one undo step. Answers null, or why it was refused, for the place beside the field. */
export type Run = <Args>(label: string, command: Command<Args>, args: Args, gesture?: string) => string | null;

export function useRun(): Run {
  const session = useSessionCommands();
  return useCallback(
    (label, command, args, gesture) => {
      const outcome = command(session.store.getState().design, args);
      // A refusal is told where it was caused; the session would tell it in a corner of the screen.
      if (!outcome.ok) return `${outcome.problem.message} Expected ${outcome.problem.expected}.`;
      return session.run(label, command, args, gesture ?? null) ? null : "This design can only be read here.";
    },
    [session],
  );
}
