import { ArrowLeft, ArrowRight } from "lucide-react";
import { formatRate } from "#src/base/format.ts";
import type { Design, DesignEdge, DesignNode } from "#src/design/document.ts";
import { edgesFrom, edgesTo } from "#src/design/queries.ts";
import { partName } from "#src/ui/part-name.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./inspector.module.css";

interface NodeConnectionsProps {
  readonly design: Design;
  readonly node: DesignNode;
}

/** Who calls this part and whom it calls, in the order of its calls; each leads to the settings of the connection. */
export function NodeConnections({ design, node }: NodeConnectionsProps) {
  const incoming = edgesTo(design, node.id);
  const outgoing = edgesFrom(design, node.id);
  if (incoming.length + outgoing.length === 0) return null;
  return (
    <section className={styles["section"]}>
      <h3>Connections</h3>
      <ul className={styles["contents"]}>
        {incoming.map((edge) => (
          <ConnectionItem key={edge.id} edge={edge} words={`from ${partName(design, edge.source)}`} isIncoming />
        ))}
        {outgoing.map((edge) => (
          <ConnectionItem key={edge.id} edge={edge} words={`to ${partName(design, edge.target)}`} isIncoming={false} />
        ))}
      </ul>
    </section>
  );
}

interface ConnectionItemProps {
  readonly edge: DesignEdge;
  readonly words: string;
  readonly isIncoming: boolean;
}

function ConnectionItem({ edge, words, isIncoming }: ConnectionItemProps) {
  const session = useSessionCommands();
  const callsPerSecond = useSession(
    (state) => state.report?.edges.find(({ id }) => id === edge.id)?.callsPerSecond ?? null,
  );
  return (
    <li>
      <button type="button" onClick={() => session.select([], [edge.id])}>
        {isIncoming ? <ArrowLeft size={14} aria-hidden="true" /> : <ArrowRight size={14} aria-hidden="true" />}
        <span className={styles["grow"]}>{words}</span>
        <span className={styles["quiet"]}>{formatRate(callsPerSecond)}</span>
      </button>
    </li>
  );
}
