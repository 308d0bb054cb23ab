import { useSession } from "#src/ui/use-session.ts";
import { AnnotationInspector } from "./annotation-inspector.tsx";
import { DesignInspector } from "./design-inspector.tsx";
import { EdgeInspector } from "./edge-inspector.tsx";
import { NodeInspector } from "./node-inspector.tsx";
import { SeveralInspector } from "./several-inspector.tsx";

/** The settings of what is selected; of the design when nothing is. */
export function Inspector() {
  const nodes = useSession((state) => state.selectedNodes);
  const edges = useSession((state) => state.selectedEdges);
  const design = useSession((state) => state.design);
  const count = nodes.size + edges.size;
  if (count === 0) return <DesignInspector design={design} />;
  if (count > 1) return <SeveralInspector design={design} nodes={nodes} edges={edges} />;
  const [nodeId = ""] = nodes;
  const node = design.nodes.get(nodeId);
  if (node !== undefined) return <NodeInspector key={node.id} design={design} node={node} />;
  const annotation = design.annotations.get(nodeId);
  if (annotation !== undefined) return <AnnotationInspector key={annotation.id} annotation={annotation} />;
  const [edgeId = ""] = edges;
  const edge = design.edges.get(edgeId);
  return edge === undefined ? null : <EdgeInspector key={edge.id} design={design} edge={edge} />;
}
