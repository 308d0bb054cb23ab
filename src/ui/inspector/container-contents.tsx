import { catalogue } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import type { Design, DesignNode } from "#src/design/document.ts";
import { childrenOf, descendantsOf } from "#src/design/queries.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";

interface ContainerContentsProps {
  readonly design: Design;
  readonly node: DesignNode;
}

/** What stands directly inside a container. */
export function ContainerContents({ design, node }: ContainerContentsProps) {
  const session = useSessionCommands();
  const children = childrenOf(design, node.id);
  const deeper = descendantsOf(design, node.id).length - children.length;
  return (
    <section className={styles["section"]}>
      <h3>Inside</h3>
      {children.length === 0 ? (
        <p className={styles["quiet"]}>Nothing yet. Drag parts into it: they then move and fail with it.</p>
      ) : (
        <ul className={styles["contents"]}>
          {children.map((child) => {
            const Icon = views.get(child.kind)?.Icon;
            return (
              <li key={child.id}>
                <button type="button" onClick={() => session.select([child.id], [])}>
                  {Icon === undefined ? null : <Icon size={16} />}
                  {child.name ?? child.id}
                  <span className={styles["quiet"]}>{catalogue.get(child.kind)?.title ?? child.kind}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {deeper > 0 ? <p className={styles["quiet"]}>And {deeper} inside those.</p> : null}
    </section>
  );
}
