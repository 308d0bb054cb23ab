import type { Action } from "#src/session/actions.ts";
import { Dialog } from "#src/ui/kit/dialog.tsx";
import { Kbd } from "#src/ui/kit/kbd.tsx";
import { useActions } from "#src/ui/use-session.ts";
import { groupTitles } from "./command-dialog.tsx";
import styles from "./shell.module.css";

interface HelpDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

function keysOf({ shortcuts, browserShortcuts = [] }: Action): readonly string[] {
  return [...shortcuts, ...browserShortcuts];
}

/** Every action that has a shortcut. */
export function HelpDialog({ open, onClose }: HelpDialogProps) {
  const actions = useActions().filter((action) => keysOf(action).length > 0);
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" width="large">
      <div className={styles["help"]}>
        {groupTitles.map(([group, title]) => {
          const rows = actions.filter((action) => action.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group}>
              <h3>{title}</h3>
              <dl>
                {rows.map((action) => (
                  <div key={action.id}>
                    <dt>{action.name}</dt>
                    <dd>
                      {keysOf(action).map((keys) => (
                        <Kbd key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
