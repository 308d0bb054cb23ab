import { createScanner, getLocation, type Node, type ParseError, parseTree } from "jsonc-parser";
import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Problem } from "../document.ts";
import { limits } from "../limits.ts";
import { type Fault, formatPath, type Path, quote, toProblem } from "./fault.ts";

/** A parsed text that can say where a value of it stands. */
export interface JsonText {
  readonly value: unknown;
  /** The fault with its line and column, both from 1; a column counts UTF-16 code units. */
  place(fault: Fault): Problem;
}

/**
 * Strict JSON: no comments, no trailing commas, no key twice in one object; a leading byte order mark is dropped and not
 * counted. Length, depth and size are bounded before the text is parsed.
 */
export function parseJsonText(source: string): Result<JsonText, readonly Problem[]> {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  if (text.length > limits.textLength) {
    const message = `The text has ${text.length} characters.`;
    return fail([
      toProblem({ code: "too-large", path: [], message, expected: `at most ${limits.textLength} characters` }),
    ]);
  }
  const scan = scanTokens(text);
  if (scan.bound !== null) {
    return fail([{ ...toProblem(scan.bound.fault), ...lineAndColumn(lineStarts(text), scan.bound.offset) }]);
  }
  const value = scan.repeatsKeys ? null : parseStrictly(text);
  // The tree with the places is dear: it is built only when there is something to tell.
  if (value === null) return fail(faultsOfText(text));
  let places: { readonly root: Node; readonly lines: readonly number[] } | null = null;
  return succeed({
    value: value.parsed,
    place: (fault) => {
      places ??= { root: treeOf(text, []), lines: lineStarts(text) };
      return { ...toProblem(fault), ...lineAndColumn(places.lines, offsetOf(places.root, fault)) };
    },
  });
}

function parseStrictly(text: string): { readonly parsed: unknown } | null {
  try {
    return { parsed: JSON.parse(text) };
  } catch {
    return null;
  }
}

function treeOf(text: string, errors: ParseError[]): Node {
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return root ?? { type: "null", offset: 0, length: 0 };
}

function faultsOfText(text: string): readonly Problem[] {
  const lines = lineStarts(text);
  const errors: ParseError[] = [];
  const root = treeOf(text, errors);
  if (errors.length > 0) return syntaxProblems(text, lines, errors);
  const repeated = repeatedKeys(root);
  if (repeated.length > 0) {
    return repeated.map(({ fault, offset }): Problem => ({ ...toProblem(fault), ...lineAndColumn(lines, offset) }));
  }
  return [{ code: "syntax", path: "$", message: "The text is not JSON.", expected: "JSON", line: 1, column: 1 }];
}

/** Kinds of tokens and errors, by the numbers that jsonc-parser gives them (its `SyntaxKind` and `ParseErrorCode`). */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  text: 10,
  endOfFile: 17,
} as const;
const parseError = { keyExpected: 3, valueExpected: 4, commaExpected: 6, comment: 10 } as const;

/** One pass over the tokens, before anything recurses: depth, size, and whether an object has a key twice. */
function scanTokens(text: string): {
  readonly bound: { readonly fault: Fault; readonly offset: number } | null;
  readonly repeatsKeys: boolean;
} {
  const scanner = createScanner(text, true);
  /** The keys of each open object; null for a list. */
  const open: (Set<string> | null)[] = [];
  let tokens = 0;
  let repeatsKeys = false;
  let previous: number = token.comma;
  for (let kind: number = scanner.scan(); kind !== token.endOfFile; kind = scanner.scan()) {
    tokens += 1;
    const keys = open.at(-1);
    if (kind === token.text && keys instanceof Set && (previous === token.openBrace || previous === token.comma)) {
      const key = scanner.getTokenValue();
      if (keys.has(key)) repeatsKeys = true;
      keys.add(key);
    }
    if (kind === token.openBrace) open.push(new Set());
    if (kind === token.openBracket) open.push(null);
    if (kind === token.closeBrace || kind === token.closeBracket) open.pop();
    if (open.length > limits.depth || tokens > 4 * limits.values) {
      const [found, most] =
        open.length > limits.depth
          ? [`Objects and lists are nested more than ${limits.depth} deep.`, `at most ${limits.depth} levels`]
          : [`The text holds more than ${limits.values} values.`, `at most ${limits.values} values`];
      const fault: Fault = { code: "too-large", path: [], message: found, expected: most };
      return { bound: { fault, offset: scanner.getTokenOffset() }, repeatsKeys };
    }
    previous = kind;
  }
  return { bound: null, repeatsKeys };
}

/**
 * Syntax errors, one each: the parser goes on safely after a stray comma, a missing comma and a comment; after anything else
 * what follows may be an echo, so that the list ends there.
 */
function syntaxProblems(text: string, lines: readonly number[], errors: readonly ParseError[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [index, { error, offset, length }] of errors.entries()) {
    if (problems.length >= limits.problems) break;
    const said = wordsOf(text, error, offset, length);
    const path = formatPath(getLocation(text, offset).path.filter((step) => step !== ""));
    problems.push({ code: "syntax", path, ...said.words, ...lineAndColumn(lines, offset) });
    if (!said.safe || errors[index + 1]?.offset === offset) break;
  }
  return problems;
}

function wordsOf(
  text: string,
  error: number,
  offset: number,
  length: number,
): { readonly words: { readonly message: string; readonly expected: string }; readonly safe: boolean } {
  const found = offset >= text.length ? "the end of the text" : quote(text.slice(offset, offset + Math.max(1, length)));
  const closes = text[offset] === "}" || text[offset] === "]";
  const afterComma = text
    .slice(Math.max(0, offset - 1000), offset)
    .trimEnd()
    .endsWith(",");
  if ((error === parseError.keyExpected || error === parseError.valueExpected) && closes && afterComma) {
    const words = { message: `A comma stands before ${found}.`, expected: "no comma after the last entry" };
    return { words, safe: true };
  }
  const words = { message: `Found ${found}.`, expected: expectedWords.get(error) ?? "JSON" };
  if (error === parseError.comment) {
    return { words: { message: "The file has a comment.", expected: "JSON without comments" }, safe: true };
  }
  return { words, safe: error === parseError.commaExpected };
}

const expectedWords: ReadonlyMap<number, string> = new Map([
  [1, "a value, with texts and keys in double quotes"],
  [2, "a JSON number"],
  [3, "a key in double quotes"],
  [4, "a value"],
  [5, "a colon after the key"],
  [6, "a comma between entries"],
  [7, "a closing brace"],
  [8, "a closing bracket"],
  [9, "nothing after the end of the document"],
  [11, "JSON without comments"],
  [12, "a closing double quote on the same line"],
  [13, "a JSON number"],
  [14, "four hexadecimal digits after \\u"],
  [15, 'one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u'],
  [16, "an escape instead of a control character"],
]);

function repeatedKeys(root: Node): { readonly fault: Fault; readonly offset: number }[] {
  const found: { readonly fault: Fault; readonly offset: number }[] = [];
  const visit = (node: Node, path: Path): void => {
    if (node.type === "array") node.children?.forEach((child, index) => void visit(child, [...path, index]));
    if (node.type !== "object") return;
    const keys = new Set<string>();
    for (const property of node.children ?? []) {
      const [keyNode, valueNode] = property.children ?? [];
      if (keyNode === undefined) continue;
      const key = String(keyNode.value);
      const here = [...path, key];
      if (keys.has(key) && found.length < limits.problems) {
        const message = `The key ${quote(key)} stands twice in one object.`;
        found.push({
          fault: { code: "shape", path: here, message, expected: "each key once" },
          offset: keyNode.offset,
        });
      }
      keys.add(key);
      if (valueNode !== undefined) visit(valueNode, here);
    }
  };
  visit(root, []);
  return found;
}

/** Where a fault stands: its value, its key, or the innermost thing around it that the text has. */
function offsetOf(root: Node, fault: Fault): number {
  let node = root;
  for (const [index, step] of fault.path.entries()) {
    if (typeof step === "number") {
      const item = node.type === "array" ? node.children?.[step] : undefined;
      if (item === undefined) return node.offset;
      node = item;
      continue;
    }
    const property =
      node.type === "object" ? node.children?.find((child) => child.children?.[0]?.value === step) : undefined;
    const [keyNode, valueNode] = property?.children ?? [];
    if (keyNode === undefined || valueNode === undefined) return node.offset;
    if (fault.atKey === true && index === fault.path.length - 1) return keyNode.offset;
    node = valueNode;
  }
  return node.offset;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAndColumn(starts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
