import type { DesignNode } from "#src/design/document.ts";
import { cacheFigures } from "#src/insights/explain-cache-figure.ts";
import { FigureLink } from "#src/ui/figure-link.tsx";
import { useSession } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";

/** What a cache does for what is behind it and how old its answers are; each figure explains itself. */
export function CacheFigures({ node }: { readonly node: DesignNode }) {
  const cache = useSession((state) => state.report?.nodes.find(({ id }) => id === node.id)?.cache);
  if (cache === undefined) return null;
  return (
    <section className={styles["section"]}>
      <h3>Cached content</h3>
      <dl className={`${styles["figures"]} ${styles["oneColumn"]}`}>
        {cacheFigures(cache).map(({ figure, title, value }) => (
          <div key={figure}>
            <dt>{title.charAt(0).toUpperCase() + title.slice(1)}</dt>
            <dd>
              <FigureLink figure={{ of: "cache", id: node.id, figure }} label={`${title} of ${node.name ?? node.id}`}>
                {value}
              </FigureLink>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
