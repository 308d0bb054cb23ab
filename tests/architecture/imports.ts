import { posix } from "node:path";
import { dottedName, lineAt, literalText, nodeAt, nodesAt, parse, type SyntaxNode, walk } from "./syntax.ts";

/** One reference from a file to another file or to a package, in whatever spelling. */
export interface Import {
  readonly line: number;
  /** null where the name is computed, so that no rule could judge it. */
  readonly specifier: string | null;
  readonly isGlob: boolean;
}

/** Where a reference leads. */
export type Target =
  | { readonly to: "file"; readonly path: string }
  | { readonly to: "package"; readonly name: string }
  | { readonly to: "nowhere"; readonly why: string };

/** Every import that a file spells: static, type-only, re-exported, dynamic, by `new URL`, by glob, in a stylesheet, in a page. */
export function findImports(path: string, text: string): readonly Import[] {
  if (/\.(?:ts|tsx|mts|mjs|js)$/.test(path)) return findInCode(path, text);
  if (path.endsWith(".css")) return findByPattern(text, /(?:@import\s+|from\s+|url\(\s*)["']([^"']+)["']/g);
  if (path.endsWith(".html")) return findByPattern(text, /<script[^>]*\ssrc="([^"]+)"/g);
  return [];
}

function findInCode(path: string, text: string): readonly Import[] {
  const { program, comments } = parse(path, text);
  const found: Import[] = [];
  const add = (node: SyntaxNode, source: SyntaxNode | null, isGlob = false) =>
    found.push({ line: lineAt(text, node.start), specifier: literalText(source), isGlob });
  walk(program, (node) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ImportExpression":
      case "TSImportType":
        add(node, nodeAt(node, "source") ?? nodeAt(node, "argument"));
        break;
      case "ExportNamedDeclaration":
        if (nodeAt(node, "source")) add(node, nodeAt(node, "source"));
        break;
      case "TSExternalModuleReference":
        add(node, nodeAt(node, "expression"));
        break;
      case "NewExpression":
        if (isModuleUrl(node)) add(node, nodesAt(node, "arguments")[0] ?? null);
        break;
      case "CallExpression":
        findInCall(node, add);
        break;
    }
  });
  for (const { text: comment, start } of comments) {
    const reference = /^\/\s*<reference\s+(?:path|types)="([^"]+)"/.exec(comment)?.[1];
    if (reference) found.push({ line: lineAt(text, start), specifier: reference, isGlob: false });
  }
  return found;
}

/** `new URL(file, import.meta.url)`, which the bundler follows to workers and assets. */
function isModuleUrl(node: SyntaxNode): boolean {
  const base = nodesAt(node, "arguments")[1] ?? null;
  return dottedName(nodeAt(node, "callee")) === "URL" && dottedName(base) === "import.meta.url";
}

const importingCalls = new Set(["require", "import.meta.resolve", "vi.mock", "vi.doMock", "vi.importActual"]);

function findInCall(
  node: SyntaxNode,
  add: (node: SyntaxNode, source: SyntaxNode | null, isGlob?: boolean) => void,
): void {
  const callee = dottedName(nodeAt(node, "callee"));
  const first = nodesAt(node, "arguments")[0] ?? null;
  if (callee === "import.meta.glob") {
    const patterns = first?.type === "ArrayExpression" ? nodesAt(first, "elements") : [first];
    for (const pattern of patterns) add(node, pattern, true);
  } else if (callee !== null && importingCalls.has(callee)) {
    add(node, first);
  }
}

function findByPattern(text: string, pattern: RegExp): readonly Import[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const specifier = match[1] ?? "";
    const isOutside = specifier === "" || specifier.startsWith("#") || specifier.startsWith("data:");
    return isOutside ? [] : [{ line: lineAt(text, match.index), specifier, isGlob: false }];
  });
}

const aliases: readonly (readonly [string, string])[] = [
  ["#src/", "src/"],
  ["#library/", "component-library/"],
];

/** Follows a reference to the file or package that it names. A glob leads to every file that it matches. */
export function resolveImport(from: string, found: Import, files: ReadonlySet<string>): readonly Target[] {
  if (found.specifier === null) return [{ to: "nowhere", why: "is computed, so that no rule can follow it" }];
  const specifier = found.specifier.replace(/\?.*$/, "");
  if (found.isGlob) return resolveGlob(from, specifier, files);
  const path = pathOf(from, specifier, files);
  if (path === null) return [packageTarget(specifier)];
  const exists = path.endsWith("/") ? [...files].some((file) => file.startsWith(path)) : files.has(path);
  if (!exists) return [{ to: "nowhere", why: `names ${path}, which does not exist` }];
  return [{ to: "file", path }];
}

/** A path from the checkout; null for the name of a package. An address of the site is a page's own file or a public one. */
function pathOf(from: string, specifier: string, files: ReadonlySet<string>): string | null {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  if (specifier.startsWith("/")) return files.has(`public${specifier}`) ? `public${specifier}` : `src${specifier}`;
  const alias = aliases.find(([prefix]) => specifier.startsWith(prefix));
  return alias ? posix.normalize(alias[1] + specifier.slice(alias[0].length)) : null;
}

function packageTarget(specifier: string): Target {
  if (specifier.startsWith("#")) return { to: "nowhere", why: "uses an alias that package.json does not declare" };
  const [scope = "", name] = specifier.split("/");
  return { to: "package", name: scope.startsWith("@") && name !== undefined ? `${scope}/${name}` : scope };
}

function resolveGlob(from: string, pattern: string, files: ReadonlySet<string>): readonly Target[] {
  if (pattern.startsWith("!")) return [];
  const base = pathOf(from, pattern, files);
  if (base === null) return [{ to: "nowhere", why: "is a glob that starts neither with a dot nor with an alias" }];
  const matcher = globToPattern(base);
  const matches = [...files].filter((file) => matcher.test(file));
  if (matches.length === 0) return [{ to: "nowhere", why: `is a glob that matches no file (${base})` }];
  return matches.map((path) => ({ to: "file", path }));
}

/** `*` within one folder, `**` across folders, `{a,b}` as alternatives. */
function globToPattern(glob: string): RegExp {
  const written = glob.replace(/\*\*\/|\*\*|\*|\{[^}]*\}|[.+^$()|[\]\\?]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").join("|")})`;
    return `\\${part}`;
  });
  return new RegExp(`^${written}$`);
}
