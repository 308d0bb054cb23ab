import { dottedName, lineAt, nodeAt, nodesAt, parse, type Syntax, type SyntaxNode, walk } from "./syntax.ts";
import { isTest, placeOf } from "./zones.ts";

interface Finding {
  readonly line: number;
  readonly why: string;
}

/** One rule on the text of one file. */
export interface HouseRule {
  readonly name: string;
  readonly appliesTo: (path: string) => boolean;
  readonly check: (path: string, text: string) => readonly Finding[];
}

const MOST_LINES = 400;

const isCode = (path: string) => /\.(?:ts|tsx|mjs|js)$/.test(path);
const isOwnCode = (path: string) => isCode(path) && /^(?:src|component-library|public)\//.test(path);
const isPure = (path: string) =>
  isOwnCode(path) && !isTest(path) && !path.endsWith(".tsx") && placeOf(path)?.zone.isPure === true;

const chanceAndClock: Readonly<Record<string, string>> = {
  "Math.random": "chance is an argument: take a Random from src/base",
  "crypto.randomUUID": "ids are an argument: take them from the caller",
  "crypto.getRandomValues": "chance is an argument: take a Random from src/base",
  "performance.now": "time is an argument: take it from the caller",
  "Date.now": "time is an argument: take it from the caller",
  "Temporal.Now": "time is an argument: take it from the caller",
};

const localeMethods = new Set([
  "localeCompare",
  "toLocaleString",
  "toLocaleDateString",
  "toLocaleTimeString",
  "toLocaleLowerCase",
  "toLocaleUpperCase",
]);

const ambient = new Set(["globalThis", "window", "self", "process"]);

/** Clock, chance and the machine's language do not reach the pure folders. Browser names are left to the second type pass. */
function findImpurity(node: SyntaxNode, parent: SyntaxNode | null): string | null {
  const name = dottedName(node);
  if (node.type === "MemberExpression" && name !== null && Object.hasOwn(chanceAndClock, name)) {
    return chanceAndClock[name] ?? null;
  }
  if (node.type === "VariableDeclarator" && nodeAt(node, "id")?.type === "ObjectPattern") {
    const source = dottedName(nodeAt(node, "init"));
    if (source === "Math" || source === "Date" || source === "crypto") return `${source} is used by its full name`;
  }
  const callee = dottedName(nodeAt(node, "callee"));
  const countOfArguments = nodesAt(node, "arguments").length;
  if (callee === "Date" && (node.type === "CallExpression" || countOfArguments === 0)) {
    return "time is an argument: take it from the caller";
  }
  if (node.type === "CallExpression") {
    const method = nodeAt(nodeAt(node, "callee") ?? node, "property")?.["name"];
    const localeAt = method === "localeCompare" ? 1 : 0;
    if (typeof method === "string" && localeMethods.has(method) && countOfArguments <= localeAt) {
      return `${method} without a locale answers in the language of the machine`;
    }
  }
  if (callee?.startsWith("Intl.") && countOfArguments === 0) {
    return `${callee} without a locale answers in the language of the machine`;
  }
  if (node.type === "Identifier" && ambient.has(String(node["name"])) && isReference(node, parent)) {
    return `${node["name"]} leads to clock, chance and machine`;
  }
  return null;
}

/** Not the name of a property, a key or a member of a type. */
function isReference(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  if (parent === null) return true;
  const isProperty = parent.type === "MemberExpression" && parent["computed"] !== true && parent["property"] === node;
  const isKey = parent["key"] === node && parent["computed"] !== true && parent["shorthand"] !== true;
  return !isProperty && !isKey;
}

const markupFields = new Set(["innerHTML", "outerHTML", "srcdoc"]);
const markupCalls = new Set(["insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment"]);
const codeCalls = new Set(["eval", "Function", "document.write", "document.writeln"]);

/** Text never becomes markup or code: what a design file says is always shown as text. */
function findSink(node: SyntaxNode): string | null {
  if (node.type === "AssignmentExpression") {
    const field = nodeAt(nodeAt(node, "left") ?? node, "property")?.["name"];
    if (typeof field === "string" && markupFields.has(field)) return `${field} turns text into markup`;
  }
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    const callee = nodeAt(node, "callee");
    const method = callee === null ? undefined : nodeAt(callee, "property")?.["name"];
    if (typeof method === "string" && markupCalls.has(method)) return `${method} turns text into markup`;
    const name = dottedName(callee);
    if (name !== null && codeCalls.has(name)) return `${name} turns text into code or markup`;
  }
  const isMarkupAttribute =
    node.type === "JSXAttribute" && /^(?:dangerouslySetInnerHTML|srcDoc)$/.test(String(nodeAt(node, "name")?.["name"]));
  return isMarkupAttribute ? "this attribute turns text into markup" : null;
}

const testNames = /^(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:only|skip|todo|fails|fixme|skipIf|runIf)$/;
const shunnedTests = new Set(["fit", "fdescribe", "xit", "xtest", "xdescribe"]);

/** A test that does not run, or runs alone, proves nothing about the rest. */
function findUnrunTest(node: SyntaxNode): string | null {
  const name = node.type === "CallExpression" ? dottedName(nodeAt(node, "callee")) : null;
  if (name === null || !(testNames.test(name) || shunnedTests.has(name))) return null;
  return `${name} keeps tests from running`;
}

const marks = /\b(?:TODO|FIXME|XXX|HACK)\b/;

function findMark({ comments }: Syntax, text: string): readonly Finding[] {
  return comments.flatMap(({ text: comment, start }) =>
    marks.test(comment)
      ? [{ line: lineAt(text, start), why: "a mark for later; do it now or write it down as a limit" }]
      : [],
  );
}

/** Letters in brackets keep these patterns from finding themselves. */
const machinePlaces = new RegExp(
  [
    /(?<![\w.])\/(?:roo[t]|home\/\w+|Users\/\w+|wor[k])\//,
    /\b[A-Z]:\\Users\\/,
    /https?:\/\/[\w.-]*(?:npmjs|npm|registry|artifactory|nexus|verdaccio|yarnpkg)\b[\w.-]*\.\w+/,
    /"resolve[d]":\s*"https?:/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

function checkTree(
  find: (node: SyntaxNode, parent: SyntaxNode | null) => string | null,
): (path: string, text: string) => readonly Finding[] {
  return (path, text) => {
    const findings: Finding[] = [];
    walk(parse(path, text).program, (node, parent) => {
      const why = find(node, parent);
      if (why !== null) findings.push({ line: lineAt(text, node.start), why });
    });
    return findings;
  };
}

export const houseRules: readonly HouseRule[] = [
  { name: "pure folders know no clock, no chance and no machine", appliesTo: isPure, check: checkTree(findImpurity) },
  { name: "text never becomes markup or code", appliesTo: isOwnCode, check: checkTree(findSink) },
  { name: "every test runs", appliesTo: (path) => isCode(path) && !isTool(path), check: checkTree(findUnrunTest) },
  { name: "nothing is marked for later", appliesTo: isCode, check: (path, text) => findMark(parse(path, text), text) },
  {
    name: `files have at most ${MOST_LINES} lines`,
    appliesTo: (path) => isCode(path) || path.endsWith(".css"),
    check: (_path, text) => {
      const lines = text.replace(/\n$/, "").split("\n").length;
      return lines > MOST_LINES ? [{ line: MOST_LINES + 1, why: `${lines} lines` }] : [];
    },
  },
  {
    name: "no file knows a machine or a package registry",
    appliesTo: (path) => !/\.(?:png|woff2|ico|jpg|webp)$/.test(path),
    check: (_path, text) =>
      text.split("\n").flatMap((line, index) => {
        const found = machinePlaces.exec(line)?.[0];
        return found === undefined ? [] : [{ line: index + 1, why: `"${found}" belongs to one machine or registry` }];
      }),
  },
];

function isTool(path: string): boolean {
  return path.startsWith("tests/tools/");
}
