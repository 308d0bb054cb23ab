import { Copy, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import { setSetting } from "#src/design/commands/set-setting.ts";
import type { Command, Design, DesignNode, JsonValue } from "#src/design/document.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { useRun } from "#src/ui/use-run.ts";
import { useAction, useSessionCommands } from "#src/ui/use-session.ts";
import { commonSettings } from "./common-settings.ts";
import styles from "./inspector.module.css";
import { SettingsForm } from "./settings-form.tsx";

/** More are counted, not listed. */
const shownParts = 12;

interface SeveralInspectorProps {
  readonly design: Design;
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** What can be done with all that is selected, and the settings that parts of one kind share. */
export function SeveralInspector({ design, nodes, edges }: SeveralInspectorProps) {
  const run = useRun();
  const session = useSessionCommands();
  const parts = [...nodes].flatMap((id) => design.nodes.get(id) ?? []);
  const [first] = parts;
  const isOneKind = parts.length > 1 && parts.every((part) => part.kind === first?.kind);
  const kind = isOneKind && first !== undefined ? catalogue.get(first.kind) : undefined;
  const common = commonSettings(parts);
  return (
    <div className={styles["page"]}>
      <section className={styles["section"]}>
        <h3>{countInWords(parts.length, edges.size, nodes.size - parts.length)}</h3>
        {kind === undefined ? <p className={styles["quiet"]}>{kindsInWords(parts)}</p> : <p>{kind.title}</p>}
        <div className={styles["actions"]}>
          <ActionButton id="duplicate" icon={<Copy size={14} />} words="Duplicate" />
          <ActionButton id="delete" icon={<Trash2 size={14} />} words="Delete" />
        </div>
      </section>
      <ul className={styles["contents"]}>
        {parts.slice(0, shownParts).map((part) => {
          const Icon = views.get(part.kind)?.Icon;
          return (
            <li key={part.id}>
              <button type="button" onClick={() => session.select([part.id], [])}>
                {Icon === undefined ? null : <Icon size={16} />}
                {part.name ?? part.id}
              </button>
            </li>
          );
        })}
      </ul>
      {kind === undefined ? null : (
        <SettingsForm
          key={kind.id}
          fields={kind.form}
          stated={common.same}
          mixed={common.mixed}
          onChange={(field, value) =>
            run(
              `Set ${field.title.toLowerCase()} of ${parts.length} parts`,
              setSettingOfEach,
              { ids: parts.map(({ id }) => id), key: field.name, value },
              `several ${field.name}`,
            )
          }
        />
      )}
    </div>
  );
}

/** The same setting of several nodes: all of them or, when one refuses it, none. */
const setSettingOfEach: Command<{
  readonly ids: readonly string[];
  readonly key: string;
  readonly value: JsonValue | undefined;
}> = (design, { ids, key, value }) => {
  let changed = design;
  for (const id of ids) {
    const outcome = setSetting(changed, { id, key, value, kinds: kindDirectory });
    if (!outcome.ok) return outcome;
    changed = outcome.value;
  }
  return { ok: true, value: changed };
};

function ActionButton({ id, icon, words }: { readonly id: string; readonly icon: ReactNode; readonly words: string }) {
  const found = useAction(id);
  if (found === null) return null;
  return (
    <Button size="small" icon={icon} disabled={found.disabledReason !== null} onClick={found.action.run}>
      {words}
    </Button>
  );
}

function countInWords(parts: number, edges: number, annotations: number): string {
  const counts = [
    parts === 0 ? "" : parts === 1 ? "1 part" : `${parts} parts`,
    edges === 0 ? "" : edges === 1 ? "1 connection" : `${edges} connections`,
    annotations === 0 ? "" : annotations === 1 ? "1 annotation" : `${annotations} annotations`,
  ].filter((words) => words !== "");
  return `${counts.join(", ")} selected`;
}

function kindsInWords(parts: readonly DesignNode[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of parts) {
    const title = (catalogue.get(kind)?.title ?? kind).toLowerCase();
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts].map(([title, count]) => (count === 1 ? title : `${count} × ${title}`)).join(", ");
}
