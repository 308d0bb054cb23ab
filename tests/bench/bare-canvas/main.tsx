import "@xyflow/react/dist/style.css";
import "./main.css";
import {
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useEdgesState,
  useNodesState,
} from "@xyflow/react";
import { memo } from "react";
import { createRoot } from "react-dom/client";

// As React Flow's first page shows it, with a card of our size: everything is mounted, nothing is measured beforehand.

const cardsPerRow = 25;
const size = Number(new URLSearchParams(location.search).get("size") ?? "100");

type Card = Node<{ readonly label: string }, "card">;

const CardNode = memo(function CardNode({ data }: NodeProps<Card>) {
  return (
    <div className="card">
      <Handle type="target" position={Position.Left} />
      {data.label}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

const nodeTypes = { card: CardNode };
const middleButton = [1];

const startNodes: Card[] = Array.from({ length: size }, (_, index) => ({
  id: `n${index}`,
  type: "card",
  position: { x: (index % cardsPerRow) * 280, y: Math.floor(index / cardsPerRow) * 150 },
  data: { label: `Part ${index}` },
}));

const callsOfSystem = [
  [0, 1],
  [1, 2],
  [2, 3],
  [2, 4],
  [1, 3],
  [1, 4],
  [0, 2],
] as const;

const startEdges: Edge[] = Array.from({ length: size / 5 }, (_, system) => system).flatMap((system) =>
  callsOfSystem.map(([from, to]) => ({
    id: `e${system}-${from}-${to}`,
    source: `n${5 * system + from}`,
    target: `n${5 * system + to}`,
    type: "smoothstep",
  })),
);

function Bare() {
  const [nodes, , onNodesChange] = useNodesState(startNodes);
  const [edges, , onEdgesChange] = useEdgesState(startEdges);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      panOnDrag={middleButton}
      minZoom={0.05}
      fitView
    />
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element");
createRoot(root).render(<Bare />);
