import { parseSync } from "oxc-parser";

export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Comment {
  readonly text: string;
  readonly start: number;
}

export interface Syntax {
  readonly program: SyntaxNode;
  readonly comments: readonly Comment[];
}

const parsed = new Map<string, { readonly text: string; readonly syntax: Syntax }>();

/** Throws on a file that does not parse: a rule that cannot read a file must not pass it. */
export function parse(path: string, text: string): Syntax {
  const known = parsed.get(path);
  if (known?.text === text) return known.syntax;
  const result = parseSync(path, text, { sourceType: "module" });
  const error = result.errors[0];
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);
  const program: unknown = result.program;
  if (!isNode(program)) throw new Error(`${path}: the parser gave no program.`);
  const comments = result.comments.map(({ value, start }) => ({ text: value, start }));
  const syntax = { program, comments };
  parsed.set(path, { text, syntax });
  return syntax;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Visits a node and everything below it, with the node above each. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | null) => void,
  parent: SyntaxNode | null = null,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, node);
  }
}

export function nodeAt(node: SyntaxNode, field: string): SyntaxNode | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

export function nodesAt(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text of a string literal, or of a template without holes; null for anything else. */
export function literalText(node: SyntaxNode | null): string | null {
  if (node === null) return null;
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : null;
  if (node.type === "TSLiteralType") return literalText(nodeAt(node, "literal"));
  if (node.type !== "TemplateLiteral" || nodesAt(node, "expressions").length > 0) return null;
  const value = nodesAt(node, "quasis")[0]?.["value"];
  return typeof value === "object" && value !== null && "cooked" in value ? String(value.cooked) : null;
}

/** `Math.random`, `import.meta.glob` or `Math["random"]` as written with dots; null for what is not a plain chain of names. */
export function dottedName(node: SyntaxNode | null): string | null {
  if (node === null) return null;
  if (node.type === "Identifier") return String(node["name"]);
  if (node.type === "MetaProperty") return "import.meta";
  if (node.type === "ParenthesizedExpression" || node.type === "ChainExpression")
    return dottedName(nodeAt(node, "expression"));
  if (node.type !== "MemberExpression") return null;
  const object = dottedName(nodeAt(node, "object"));
  const property = nodeAt(node, "property");
  const name = node["computed"] === true ? literalText(property) : dottedName(property);
  return object === null || name === null ? null : `${object}.${name}`;
}

/** Counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
