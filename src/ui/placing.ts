import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { addEdge } from "#src/design/commands/add-edge.ts";
import { addNode } from "#src/design/commands/add-node.ts";
import type { Command, Design, DesignNode, Position, Settings } from "#src/design/document.ts";
import { emptyContainerSize } from "#src/design/drawing/scene.ts";
import { nextId } from "#src/design/ids.ts";
import { isPlainRecord } from "#src/design/json-value.ts";
import { nodeSize } from "#src/design/quick-layout.ts";
import type { Tool } from "#src/session/session.ts";

/** A part as the palette offers it: a kind, perhaps with the settings of a product that people name. */
export interface Part {
  readonly kind: string;
  /** Title of one of the kind's presets. */
  readonly preset?: string;
}

/** Type under which a dragged part travels; browsers write such types in small letters. */
export const partDataType = "application/x-plimsoll-part";

export function writePart(part: Part): string {
  return JSON.stringify(part);
}

/** Null for anything that is no part of the catalogue: whatever is dropped on the page comes from outside. */
export function readPart(text: string): Part | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isPlainRecord(value) || typeof value["kind"] !== "string" || !catalogue.has(value["kind"])) return null;
    const { kind, preset } = value;
    return typeof preset === "string" ? { kind, preset } : { kind };
  } catch {
    return null;
  }
}

/** The part that the next press on the canvas puts there; null while another tool is in hand. */
export function armedPart(tool: Tool): Part | null {
  if (typeof tool === "string") return null;
  return tool.preset === undefined ? { kind: tool.place } : { kind: tool.place, preset: tool.preset };
}

function partTitle({ kind, preset }: Part): string {
  return preset ?? catalogue.get(kind)?.title ?? kind;
}

export function sizeOfPart({ kind }: Part): { readonly width: number; readonly height: number } {
  return kindDirectory.isContainer(kind) ? emptyContainerSize : nodeSize;
}

/** A new node of the part with an id and a name that the design does not have yet. */
export function nodeOfPart(design: Design, part: Part, position: Position, parent: string | null): DesignNode {
  const preset = catalogue.get(part.kind)?.presets.find(({ title }) => title === part.preset);
  const id = nextId(design, part.kind);
  return {
    id,
    kind: part.kind,
    name: freeName(design, partTitle(part)),
    ...(parent === null ? {} : { parent }),
    position: { x: Math.round(position.x), y: Math.round(position.y) },
    ...(kindDirectory.isContainer(part.kind) ? { size: emptyContainerSize } : {}),
    // The conformance suite of the kinds proves that presets are settings, and those are JSON.
    ...(preset === undefined ? {} : { settings: preset.settings as Settings }),
  };
}

function freeName(design: Design, title: string): string {
  const names = new Set([...design.nodes.values()].map(({ name }) => name));
  if (!names.has(title)) return title;
  for (let number = 2; ; number += 1) if (!names.has(`${title} ${number}`)) return `${title} ${number}`;
}

/** Adds a node and an edge to it from another, in one step. */
export const addConnectedNode: Command<{ readonly node: DesignNode; readonly source: string }> = (
  design,
  { node, source },
) => {
  const added = addNode(design, { node, kinds: kindDirectory });
  if (!added.ok) return added;
  return addEdge(added.value, { edge: newEdge(added.value, source, node.id) });
};

export function newEdge(design: Design, source: string, target: string) {
  return { id: nextId(design, `${source}-to-${target}`.slice(0, 56)), source, target };
}
