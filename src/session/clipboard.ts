import { duplicateItems } from "#src/design/commands/duplicate-items.ts";
import { pasteFragment } from "#src/design/commands/paste-fragment.ts";
import { removeItems } from "#src/design/commands/remove-items.ts";
import type { Design } from "#src/design/document.ts";
import { copyFragment, printFragment, readFragment } from "#src/design/fragment.ts";
import { nextId } from "#src/design/ids.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";
import type { Session, SessionState } from "./session.ts";

interface ClipboardOptions extends Pick<Session, "run" | "select" | "notify"> {
  readonly current: () => Pick<SessionState, "design" | "selectedNodes" | "selectedEdges">;
  readonly kinds: KindDirectory;
}

type Clipboard = Pick<Session, "copySelection" | "paste" | "duplicateSelection" | "removeSelection">;

/** How far copies stand from their originals, in canvas units; each further paste of one text goes one step on. */
const step = 32;

export function createClipboard({ current, kinds, run, select, notify }: ClipboardOptions): Clipboard {
  let lastText = "";
  let timesPasted = 0;

  const newId = (prefix: string, reserved: ReadonlySet<string>) => nextId(current().design, prefix, reserved);

  /** Selects what was added and stands in nothing that was added. */
  function selectNew(before: Design): void {
    const { design } = current();
    const isNew = (id: string | undefined) => id !== undefined && !before.nodes.has(id) && !before.annotations.has(id);
    const added = [...design.nodes.values(), ...design.annotations.values()].filter(({ id }) => isNew(id));
    select(
      added.filter(({ parent }) => parent === undefined || !isNew(parent)).map(({ id }) => id),
      [],
    );
  }

  return {
    copySelection() {
      const { design, selectedNodes } = current();
      return selectedNodes.size === 0 ? null : printFragment(copyFragment(design, selectedNodes));
    },
    paste(text) {
      const read = readFragment(text, kinds);
      if (!read.ok) {
        const [first] = read.problem;
        notify("problem", `This cannot be pasted: ${first?.message ?? "it is no part of a design."}`);
        return false;
      }
      const fragment = read.value;
      const count = fragment.nodes.length + fragment.annotations.length;
      if (count === 0) return false;
      timesPasted = text === lastText ? timesPasted + 1 : 1;
      lastText = text;
      const before = current().design;
      const offset = { x: step * timesPasted, y: step * timesPasted };
      if (!run(`Paste ${counted(count, "part")}`, pasteFragment, { fragment, newId, offset, kinds })) return false;
      selectNew(before);
      return true;
    },
    duplicateSelection() {
      const { design, selectedNodes } = current();
      if (selectedNodes.size === 0) return;
      const ids = [...selectedNodes];
      const offset = { x: step, y: step };
      if (run(`Duplicate ${counted(ids.length, "part")}`, duplicateItems, { ids, newId, offset })) selectNew(design);
    },
    removeSelection() {
      const { selectedNodes, selectedEdges } = current();
      const ids = [...selectedNodes, ...selectedEdges];
      if (ids.length === 0) return;
      const word = selectedNodes.size === 0 ? "connection" : "part";
      run(`Delete ${counted(ids.length, word)}`, removeItems, { ids });
    },
  };
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
