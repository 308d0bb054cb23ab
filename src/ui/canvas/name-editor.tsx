import { useEffect, useRef } from "react";
import { renameNode } from "#src/design/commands/rename-node.ts";
import { useCanvasTools } from "./canvas-context.ts";
import { focusItem } from "./focus.ts";

interface NameEditorProps {
  readonly id: string;
  readonly name: string;
  readonly className: string | undefined;
}

/** The name of a part while it is written: Enter or leaving keeps it, Escape does not. */
export function NameEditor({ id, name, className }: NameEditorProps) {
  const { canvas, session } = useCanvasTools();
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    isDone.current = false;
    input.current?.focus();
    input.current?.select();
  }, []);
  function finish(text: string | null, refocus: boolean): void {
    if (isDone.current) return;
    isDone.current = true;
    const wanted = text?.trim() ?? "";
    if (wanted !== "" && wanted !== name) session.run(`Rename ${name}`, renameNode, { id, name: wanted });
    canvas.setState({ renaming: null });
    if (refocus) focusItem(id);
  }
  return (
    <input
      ref={input}
      className={`nodrag nopan ${className ?? ""}`}
      aria-label={`Name of ${name}`}
      defaultValue={name}
      maxLength={200}
      spellCheck={false}
      onBlur={(event) => finish(event.currentTarget.value, false)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") finish(event.currentTarget.value, true);
        if (event.key === "Escape") finish(null, true);
      }}
    />
  );
}
