import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { PlimsollMark } from "#src/ui/kit/plimsoll-mark.tsx";
import { useSession } from "#src/ui/use-session.ts";
import styles from "./canvas.module.css";

/** What to do first in a design without parts. */
export function EmptyHint() {
  const isEmpty = useSession((state) => state.design.nodes.size === 0);
  if (!isEmpty) return null;
  return (
    <div className={styles["empty"]}>
      <EmptyState title="Nothing drawn yet" icon={<PlimsollMark size={28} />}>
        Drag a part from the list on the left, or click one and then click here. Start with a client, which sends the
        traffic, and draw from part to part to say who calls whom. Templates stand on the first page.
      </EmptyState>
    </div>
  );
}
