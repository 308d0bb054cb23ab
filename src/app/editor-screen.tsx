import { useEffect, useMemo, useState } from "react";
import type { Design } from "#src/design/document.ts";
import { type ActionRegistry, always, createActionRegistry, sessionActions } from "#src/session/actions.ts";
import type { StorageProblem } from "#src/session/ports.ts";
import type { Session } from "#src/session/session.ts";
import { UnopenedDesign } from "#src/ui/designs/unopened-design.tsx";
import { exportActions } from "#src/ui/export/export-actions.ts";
import { useExportEntries } from "#src/ui/export/use-export-entries.ts";
import { Shell } from "#src/ui/shell/shell.tsx";
import { StorageNotices } from "#src/ui/storage-notices.tsx";
import { EditorContext, useSession } from "#src/ui/use-session.ts";
import styles from "./application.module.css";
import { editorParts } from "./editor-parts.tsx";
import { goTo, renameRoute } from "./route.ts";
import { saveAction } from "./save-action.ts";
import { health, openDesign, storage } from "./services.ts";

interface EditorScreenProps {
  readonly id: string;
  readonly onAdd: (design: Design) => void;
  readonly onOpenFile: () => void;
}

type State =
  | { readonly at: "opening" }
  | { readonly at: "open"; readonly session: Session; readonly actions: ActionRegistry }
  | { readonly at: "refused"; readonly problem: StorageProblem };

const goHome = () => goTo({ screen: "home" });

/** Opens a design for as long as it is on screen. */
export function EditorScreen({ id, onAdd, onOpenFile }: EditorScreenProps) {
  const [state, setState] = useState<State>({ at: "opening" });
  useEffect(() => {
    let isLeft = false;
    let leave = () => {};
    void openDesign(id).then((opened) => {
      if (!opened.ok) {
        if (!isLeft) setState({ at: "refused", problem: opened.problem });
        return;
      }
      const { session, close } = opened.value;
      if (isLeft) {
        close();
        return;
      }
      const actions = createActionRegistry();
      actions.register([
        ...sessionActions(session),
        ...exportActions(session),
        saveAction(session),
        {
          id: "open-file",
          name: "Open a file as a new design",
          group: "design",
          shortcuts: ["Ctrl+O"],
          disabledReason: always,
          run: onOpenFile,
        },
        {
          id: "home",
          name: "Show all designs",
          group: "design",
          shortcuts: [],
          keywords: ["back", "leave"],
          disabledReason: always,
          run: goHome,
        },
      ]);
      // A conflict moves the session to another record, without opening it again.
      const unsubscribe = session.store.subscribe((now, before) => {
        if (now.designId !== before.designId) renameRoute({ screen: "design", id: now.designId });
      });
      leave = () => {
        unsubscribe();
        close();
      };
      setState({ at: "open", session, actions });
    });
    return () => {
      isLeft = true;
      leave();
    };
  }, [id, onOpenFile]);

  if (state.at === "opening") return <div className={styles["opening"]}>Opening the design</div>;
  if (state.at === "refused") {
    return <UnopenedDesign id={id} problem={state.problem} storage={storage} onHome={goHome} onAdd={onAdd} />;
  }
  return <OpenEditor session={state.session} actions={state.actions} />;
}

function OpenEditor({ session, actions }: { readonly session: Session; readonly actions: ActionRegistry }) {
  const editor = useMemo(() => ({ session, actions }), [session, actions]);
  return (
    <EditorContext value={editor}>
      <Editor />
    </EditorContext>
  );
}

function Editor() {
  const name = useSession((state) => state.design.name);
  useEffect(() => {
    document.title = `${name} – Plimsoll`;
    return () => {
      document.title = "Plimsoll";
    };
  }, [name]);
  return (
    <Shell
      {...editorParts}
      notices={<StorageNotices health={health} isEditing />}
      exportEntries={useExportEntries()}
      onHome={goHome}
    />
  );
}
