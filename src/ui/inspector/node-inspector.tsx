import { BookOpen, Replace, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import { renameNode } from "#src/design/commands/rename-node.ts";
import { setRange } from "#src/design/commands/set-range.ts";
import { setReason } from "#src/design/commands/set-reason.ts";
import { setSetting } from "#src/design/commands/set-setting.ts";
import type { Design, DesignNode } from "#src/design/document.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { Menu } from "#src/ui/kit/menu.tsx";
import { TextField } from "#src/ui/kit/text-field.tsx";
import { useRun } from "#src/ui/use-run.ts";
import { CacheFigures } from "./cache-figures.tsx";
import { ContainerContents } from "./container-contents.tsx";
import styles from "./inspector.module.css";
import { KindPageDialog } from "./kind-page-dialog.tsx";
import { NodeConnections } from "./node-connections.tsx";
import { NodeFigures } from "./node-figures.tsx";
import { NodeFindings } from "./node-findings.tsx";
import { ProblemsOf } from "./problems-of.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useKindMenu, usePresetMenu } from "./use-node-menus.ts";
import { useRefusal } from "./use-refusal.ts";

interface NodeInspectorProps {
  readonly design: Design;
  readonly node: DesignNode;
}

/** One part: what it is, how it does, why it is there, and every setting. */
export function NodeInspector({ design, node }: NodeInspectorProps) {
  const run = useRun();
  const [isPageOpen, setPageOpen] = useState(false);
  const kind = catalogue.get(node.kind);
  const Icon = views.get(node.kind)?.Icon;
  const kindMenu = useKindMenu(design, node);
  const presetMenu = usePresetMenu(node, kind);
  const name = useRefusal<string>(node.name);
  const reason = useRefusal<string>(node.reason);
  if (kind === undefined) return null;
  const shownName = node.name ?? node.id;
  return (
    <div className={styles["page"]}>
      <section className={styles["section"]}>
        <header className={styles["head"]}>
          <span className={styles["tile"]}>{Icon === undefined ? null : <Icon size={20} />}</span>
          <div className={styles["grow"]}>
            <TextField
              label={kind.caption(node.settings ?? {})}
              value={name.refusal?.value ?? node.name ?? ""}
              placeholder={node.id}
              {...(name.refusal === null ? {} : { error: name.refusal.reason })}
              onCommit={(text) => name.attempt(text, () => run("Rename", renameNode, { id: node.id, name: text }))}
            />
          </div>
        </header>
        <div className={styles["actions"]}>
          <Menu
            trigger={
              <Button size="small" icon={<Replace size={14} />} aria-label="Change the kind">
                Kind
              </Button>
            }
            items={kindMenu}
          />
          {presetMenu.length === 0 ? null : (
            <Menu
              trigger={
                <Button size="small" icon={<SlidersHorizontal size={14} />}>
                  Presets
                </Button>
              }
              items={presetMenu}
            />
          )}
          <Button size="small" variant="quiet" icon={<BookOpen size={14} />} onClick={() => setPageOpen(true)}>
            How is it computed?
          </Button>
        </div>
      </section>
      <ProblemsOf design={design} id={node.id} />
      <NodeFindings node={node} />
      {kind.isContainer ? <ContainerContents design={design} node={node} /> : <NodeFigures node={node} />}
      <CacheFigures node={node} />
      <TextField
        label="Why is it here, and which number proves it?"
        multiline
        value={reason.refusal?.value ?? node.reason ?? ""}
        placeholder="Without it …"
        {...(reason.refusal === null ? {} : { error: reason.refusal.reason })}
        onCommit={(text) =>
          reason.attempt(text, () => run(`Say why ${shownName} is here`, setReason, { id: node.id, reason: text }))
        }
      />
      <SettingsForm
        key={node.kind}
        fields={kind.form}
        stated={node.settings ?? {}}
        ranges={{
          stated: node.ranges,
          likelyOf: (field) => kindDirectory.numberOf(node.kind, node.settings ?? {}, field.name),
          onChange: (field, range) =>
            run(
              `Set the range of ${field.title.toLowerCase()} of ${shownName}`,
              setRange,
              { of: "nodes", id: node.id, key: field.name, range, kinds: kindDirectory },
              `${node.id} ${field.name} range`,
            ),
        }}
        onChange={(field, value) =>
          run(
            `Set ${field.title.toLowerCase()} of ${shownName}`,
            setSetting,
            { id: node.id, key: field.name, value, kinds: kindDirectory },
            `${node.id} ${field.name}`,
          )
        }
      />
      <NodeConnections design={design} node={node} />
      <KindPageDialog kind={kind} open={isPageOpen} onClose={() => setPageOpen(false)} />
    </div>
  );
}
