import { describe, expect, test } from "vitest";
import type { Problem } from "../document.ts";
import { limits } from "../limits.ts";
import { testKinds } from "../test-designs.ts";
import { readDesignFile, readDesignValue } from "./read-design-file.ts";

function problemsOf(text: string): readonly Problem[] {
  const read = readDesignFile(text, testKinds);
  return read.ok ? [] : read.problem;
}

/** One problem in one line: place, path, code, what is wrong, what was expected. */
function told(text: string): string[] {
  return problemsOf(text).map(
    ({ line, column, path, code, message, expected }) => `${line}:${column} ${path} ${code} | ${message} | ${expected}`,
  );
}

/** A file with the given members after format and version, which stand on line 1; members start on line 2. */
function file(...members: readonly string[]): string {
  return ['{ "format": "plimsoll", "version": 1', ...members.map((member) => `, ${member}`), "}"].join("\n");
}

const twoNodes = '"nodes": [{ "id": "web", "kind": "client" }, { "id": "api", "kind": "service" }]';
const withJourney = (fields: string) => file(twoNodes, `"journeys": [{ "id": "j", "source": "web", ${fields} }]`);
const withEdge = (fields: string) => file(twoNodes, `"edges": [{ "id": "e", ${fields} }]`);
const withEdgeSetting = (setting: string) => withEdge(`"source": "web", "target": "api", "settings": { ${setting} }`);

describe("[FILE2] every fault has its place, what is wrong and what was expected", () => {
  test.each<readonly [what: string, text: string, ...problems: string[]]>([
    ["an empty text", "", "1:1 $ syntax | Found the end of the text. | a value"],
    ["a list", "[]", `1:1 $ shape | The document is a list. | an object with "format": "plimsoll"`],
    ["no format", '{ "version": 1 }', `1:1 $.format shape | "format" is missing. | the text "plimsoll"`],
    [
      "another format",
      '{ "format": "excalidraw", "version": 1 }',
      `1:13 $.format shape | "format" is the text "excalidraw". | the text "plimsoll"`,
    ],
    ["no version", '{ "format": "plimsoll" }', `1:1 $.version shape | "version" is missing. | the number 1`],
    [
      "a newer version",
      '{ "format": "plimsoll",\n  "version": 7, "shape": "unknown" }',
      "2:14 $.version unsupported-version | The file has version 7, which is newer than this program knows. | version 1 or older; a newer release of Plimsoll opens this file",
    ],
    [
      "a version that is no number",
      '{ "format": "plimsoll", "version": "1" }',
      `1:36 $.version shape | "version" is the text "1". | the number 1`,
    ],
    [
      "a comment",
      '{ "format": "plimsoll", // mine\n "version": 1 }',
      "1:25 $ syntax | The file has a comment. | JSON without comments",
    ],
    [
      "trailing commas",
      '{ "format": "plimsoll", "version": 1,\n "nodes": [],\n}',
      `3:1 $ syntax | A comma stands before "}". | no comma after the last entry`,
    ],
    [
      "a missing comma",
      '{ "format": "plimsoll"\n "version": 1 }',
      `2:2 $.version syntax | Found "\\"version\\"". | a comma between entries`,
    ],
    [
      "single quotes",
      "{ 'format': 'plimsoll' }",
      `1:3 $ syntax | Found "'format'". | a value, with texts and keys in double quotes`,
    ],
    [
      "a number that is none",
      file('"requirements": { "peakFactor": NaN }'),
      `2:35 $.requirements.peakFactor syntax | Found "NaN". | a value, with texts and keys in double quotes`,
    ],
    [
      "a leading zero",
      file('"requirements": { "peakFactor": 03 }'),
      `2:36 $.requirements.peakFactor syntax | Found "3". | a comma between entries`,
    ],
    ["text after the end", `${file()}\n{}`, `3:1 $ syntax | Found "{". | nothing after the end of the document`],
    [
      "an open text",
      '{ "format": "plims\n"version": 1 }',
      `1:13 $.format syntax | Found "\\"plims". | a closing double quote on the same line`,
    ],
    [
      "a key twice",
      file('"name": "A"', '"name": "B"'),
      `3:3 $.name shape | The key "name" stands twice in one object. | each key once`,
    ],
    ["an unknown key", file('"node": []'), `2:3 $.node unknown-key | "node" is not a known key. | "nodes"`],
    [
      "a key of another tool",
      file('"appState": {}'),
      `2:3 $.appState unknown-key | "appState" is not a known key. | one of "format", "version", "name", "requirements", "journeys", "nodes", "edges", "annotations", "scenarios", "decisions"`,
    ],
    ["a list that is none", file('"nodes": {}'), `2:12 $.nodes shape | "nodes" is an object. | a list`],
    [
      "a record that is none",
      file('"nodes": [7]'),
      `2:13 $.nodes[0] shape | Entry 1 of "nodes" is the number 7. | an object`,
    ],
    [
      "a name that is too long",
      file(`"name": "${"x".repeat(201)}"`),
      `2:11 $.name too-large | "name" has 201 characters. | at most 200 characters`,
    ],
    [
      "a number beyond all numbers",
      file('"requirements": { "monthlyBudget": 1e999 }'),
      `2:38 $.requirements.monthlyBudget bad-value | "monthlyBudget" is the number Infinity. | a number that is 0 or more`,
    ],
    [
      "an impossible availability",
      file('"requirements": { "availabilityTarget": 99.9 }'),
      `2:43 $.requirements.availabilityTarget bad-value | "availabilityTarget" is the number 99.9. | a number from 0 to 1`,
    ],
    [
      "a node without id and kind",
      file('"nodes": [\n  {} ]'),
      `3:3 $.nodes[0].id shape | "id" is missing. | 1 to 64 letters, digits, dots, colons, hyphens or underscores`,
      `3:3 $.nodes[0].kind shape | "kind" is missing. | the name of a kind`,
    ],
    [
      "an id with a space",
      file('"nodes": [{ "id": "my api", "kind": "service" }]'),
      `2:21 $.nodes[0].id bad-id | "id" is the text "my api". | 1 to 64 letters, digits, dots, colons, hyphens or underscores`,
    ],
    [
      "the id of the prototype",
      file('"nodes": [{ "id": "__proto__", "kind": "service" }]'),
      `2:21 $.nodes[0].id bad-id | "id" is the text "__proto__". | 1 to 64 letters, digits, dots, colons, hyphens or underscores`,
    ],
    [
      "an id twice",
      file('"nodes": [{ "id": "a", "kind": "cache" },\n { "id": "a", "kind": "cache" }]'),
      `3:10 $.nodes[1].id duplicate-id | The id "a" is already used at $.nodes[0]. | an id that no other node, edge or annotation has`,
    ],
    [
      "an edge with the id of a node",
      withEdge('"source": "web", "target": "api"').replace('"e"', '"api"'),
      `3:21 $.edges[0].id duplicate-id | The id "api" is already used at $.nodes[1]. | an id that no other node, edge or annotation has`,
    ],
    [
      "a misspelt kind",
      file('"nodes": [{ "id": "a", "kind": "cahce" }]'),
      `2:34 $.nodes[0].kind unknown-kind | There is no kind "cahce". | a kind of the catalogue, such as "cache"`,
    ],
    [
      "a kind like no other",
      file('"nodes": [{ "id": "a", "kind": "constructor" }]'),
      `2:34 $.nodes[0].kind unknown-kind | There is no kind "constructor". | a kind of the catalogue`,
    ],
    [
      "a setting out of range",
      file('"nodes": [{ "id": "a", "kind": "cache",\n "settings": { "hitRatio": 1.5 } }]'),
      `3:28 $.nodes[0].settings.hitRatio bad-value | "hitRatio" is out of range. | a number from 0 to 1`,
    ],
    [
      "a setting of another kind",
      file('"nodes": [{ "id": "a", "kind": "client", "settings": { "hitRatio": 1 } }]'),
      `2:70 $.nodes[0].settings.hitRatio bad-value | "hitRatio" is not a setting of "client". | another key`,
    ],
    [
      "a position without y",
      file('"nodes": [{ "id": "a", "kind": "cache", "position": { "x": 1 } }]'),
      `2:55 $.nodes[0].position.y shape | "y" is missing. | a number from −10000000 to 10000000`,
    ],
    [
      "a parent that is missing",
      file('"nodes": [{ "id": "a", "kind": "cache", "parent": "zone" }]'),
      `2:53 $.nodes[0].parent missing-reference | There is no node "zone". | the id of a node`,
    ],
    [
      "a parent that holds nothing",
      file('"nodes": [{ "id": "a", "kind": "cache" }, { "id": "b", "kind": "cache", "parent": "a" }]'),
      `2:85 $.nodes[1].parent not-allowed | "a" is a "cache", which cannot hold other nodes. | the id of a container`,
    ],
    [
      "a zone inside itself",
      file('"nodes": [{ "id": "a", "kind": "zone", "parent": "b" }, { "id": "b", "kind": "zone", "parent": "a" }]'),
      `2:52 $.nodes[0].parent not-allowed | "a" is inside itself. | containers that do not hold each other`,
    ],
    [
      "an edge to nowhere",
      withEdge('"source": "web", "target": "apii"'),
      `3:53 $.edges[0].target missing-reference | There is no node "apii". | the id of a node, such as "api"`,
    ],
    [
      "an edge without target",
      withEdge('"source": "web"'),
      `3:13 $.edges[0].target shape | "target" is missing. | 1 to 64 letters, digits, dots, colons, hyphens or underscores`,
    ],
    [
      "a journey from nowhere",
      file('"journeys": [{ "id": "j", "source": "browser" }]'),
      `2:39 $.journeys[0].source missing-reference | There is no node "browser". | the id of a node`,
    ],
    [
      "a negative rate",
      withJourney('"ratePerSecond": -1'),
      `3:63 $.journeys[0].ratePerSecond bad-value | "ratePerSecond" is the number -1. | a number that is 0 or more`,
    ],
    [
      "a rate as text",
      withJourney('"ratePerSecond": "1e9"'),
      `3:63 $.journeys[0].ratePerSecond bad-value | "ratePerSecond" is the text "1e9". | a number that is 0 or more`,
    ],
    [
      "an unknown operation",
      withJourney('"operation": "delete"'),
      `3:59 $.journeys[0].operation bad-value | "operation" is the text "delete". | one of "read", "write"`,
    ],
    [
      "a percentile of 100",
      withJourney('"latencyTargets": [{ "percentile": 100, "ms": 5 }]'),
      `3:81 $.journeys[0].latencyTargets[0].percentile bad-value | "percentile" is the number 100. | a number above 0 and below 100`,
    ],
    [
      "an unknown edge setting",
      withEdgeSetting('"timeout": 5'),
      `3:74 $.edges[0].settings.timeout unknown-key | "timeout" is not a known key. | "timeoutMs"`,
    ],
    [
      "a mode that is none",
      withEdgeSetting('"mode": "sync"'),
      `3:82 $.edges[0].settings.mode bad-value | "mode" is the text "sync". | one of "synchronous", "asynchronous", "replication"`,
    ],
    [
      "negative calls",
      withEdgeSetting('"calls": -1'),
      `3:83 $.edges[0].settings.calls bad-value | "calls" is the number -1. | a number that is 0 or more`,
    ],
    [
      "calls of an unknown journey",
      withEdgeSetting('"calls": { "redirect": 1 }'),
      `3:97 $.edges[0].settings.calls.redirect missing-reference | There is no journey "redirect". | the id of a journey`,
    ],
    [
      "calls that are no number",
      withEdgeSetting('"calls": { "j e": "often" }'),
      `3:92 $.edges[0].settings.calls["j e"] bad-value | "j e" is the text "often". | an id of 1 to 64 letters, digits, dots, colons, hyphens or underscores as key`,
    ],
    [
      "a cache that is missing",
      withEdgeSetting('"condition": "miss", "of": "cache"'),
      `3:101 $.edges[0].settings.of missing-reference | There is no node "cache". | the id of a node`,
    ],
    [
      "a quorum of a half",
      withEdgeSetting('"quorum": 0.5'),
      `3:84 $.edges[0].settings.quorum bad-value | "quorum" is the number 0.5. | a whole number that is 1 or more`,
    ],
    [
      "a breaker with a misspelt key",
      withEdgeSetting('"circuitBreaker": { "openMS": 5 }'),
      `3:94 $.edges[0].settings.circuitBreaker.openMS unknown-key | "openMS" is not a known key. | "openMs"`,
    ],
    [
      "a scenario on nothing",
      file('"scenarios": [{ "id": "s", "effects": [{ "type": "down", "target": "x" }, { "type": "slow" }] }]'),
      `2:70 $.scenarios[0].effects[0].target missing-reference | There is no node or edge "x". | the id of a node or edge`,
      `2:77 $.scenarios[0].effects[1].target shape | "target" is missing. | the id of a node or edge`,
    ],
    [
      "traffic at a target",
      file(twoNodes, '"scenarios": [{ "id": "s", "effects": [{ "type": "traffic", "target": "api" }] }]'),
      `3:63 $.scenarios[0].effects[0].target not-allowed | An effect of type "traffic" has a target. | no target: it concerns all journeys`,
    ],
    [
      "more errors than requests",
      file(twoNodes, '"scenarios": [{ "id": "s", "effects": [{ "type": "errors", "target": "api", "amount": 2 }] }]'),
      `3:89 $.scenarios[0].effects[0].amount bad-value | "amount" is the number 2. | a number from 0 to 1`,
    ],
    [
      "a polluting key",
      file('"nodes": [{ "id": "a", "kind": "cache", "settings": { "__proto__": { "polluted": 1 } } }]'),
      `2:57 $.nodes[0].settings.__proto__ unknown-key | The key "__proto__" is not allowed. | another key`,
    ],
    [
      "an escape sequence for terminals",
      file('"nodes": [{ "id": "\\u001b[31m\\u009b", "kind": "cache" }]'),
      `2:21 $.nodes[0].id bad-id | "id" is the text "\\u001b[31m\\u009b". | 1 to 64 letters, digits, dots, colons, hyphens or underscores`,
    ],
  ])("%s", (_what, text, ...problems) => {
    expect(problems).not.toEqual([]);
    expect(told(text)).toEqual(problems);
  });
});

describe("[FILE3] hostile texts are refused quickly and change nothing", () => {
  test("deep nesting is refused before anything recurses", () => {
    expect(told("[".repeat(1_000_000))).toEqual([
      "1:65 $ too-large | Objects and lists are nested more than 64 deep. | at most 64 levels",
    ]);
  });

  test("a text above the limit is not parsed", () => {
    const text = file(`"name": "${"x".repeat(limits.textLength)}"`);
    expect(told(text)).toEqual([expect.stringMatching(/^undefined:undefined \$ too-large/)]);
  });

  test("a text of too many small values is refused", () => {
    expect(told(`[${"1,".repeat(2_100_000)}1]`)).toEqual([expect.stringContaining("too-large")]);
  });

  test("values that hold themselves or share parts without bound are refused", () => {
    const round: Record<string, unknown> = { format: "plimsoll", version: 1 };
    round["nodes"] = [round];
    expect(readDesignValue(round, testKinds)).toMatchObject({ ok: false, problem: [{ code: "too-large" }] });
    let bomb: unknown[] = ["x"];
    for (let level = 0; level < 12; level += 1) bomb = Array.from({ length: 9 }, () => bomb);
    expect(readDesignValue(bomb, testKinds)).toMatchObject({ ok: false, problem: [{ code: "too-large" }] });
  });

  test("no key reaches a prototype, and names of object members are ordinary ids", () => {
    const ids = ["constructor", "toString", "hasOwnProperty", "valueOf"];
    const nodes = ids.map((id) => `{ "id": "${id}", "kind": "service" }`).join(",");
    const calls = ids.map((id) => `"${id}": 2`).join(",");
    const journeys = ids.map((id) => `{ "id": "${id}", "source": "${id}" }`).join(",");
    const edges = `{ "id": "e", "source": "constructor", "target": "toString", "settings": { "calls": { ${calls} } } }`;
    const text = file(`"nodes": [${nodes}]`, `"journeys": [${journeys}]`, `"edges": [${edges}]`);
    const read = readDesignFile(text, testKinds);
    expect(told(text)).toEqual([]);
    if (!read.ok) return;
    expect([...read.value.nodes.keys()]).toEqual(ids);
    expect(read.value.edges.get("e")?.settings).toEqual({ calls: Object.fromEntries(ids.map((id) => [id, 2])) });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("more nodes than the limit are one fault", () => {
    const nodes = Array.from({ length: limits.nodes + 1 }, (_, index) => `{ "id": "n${index}", "kind": "cache" }`);
    expect(told(file(`"nodes": [${nodes.join(",")}]`))).toEqual([
      '2:12 $.nodes too-large | "nodes" has 5001 entries. | at most 5000 entries',
    ]);
  });

  test("what JSON cannot hold is refused in values that are parsed already", () => {
    const settings = { hitRatio: Number.NaN };
    const value = { format: "plimsoll", version: 1, nodes: [{ id: "a", kind: "cache", settings }] };
    expect(readDesignValue(value, testKinds)).toMatchObject({
      ok: false,
      problem: [{ path: "$.nodes[0].settings.hitRatio", message: '"hitRatio" is the number NaN.' }],
    });
    for (const name of [new Date(0), new Map(), () => 1, undefined, Symbol("x"), 1n]) {
      expect(readDesignValue({ format: "plimsoll", version: 1, name }, testKinds).ok).toBe(false);
    }
  });
});

describe("[FILE4] faults are complete, single and in order", () => {
  test("all faults of a file are told, one each, in the order of the text", () => {
    const text = file(
      '"nodes": [{ "id": "a", "kind": "cahce", "settings": 5 },',
      '"bad", { "id": "a b", "kind": "cache", "colour": "red" }]',
      '"edges": [{ "id": "e", "source": "a", "target": "z", "settings": { "retries": -1, "weight": "much" } }]',
    ).replace("},\n,", "},\n");
    expect(problemsOf(text).map(({ line, path }) => `${line} ${path}`)).toEqual([
      "2 $.nodes[0].kind",
      "2 $.nodes[0].settings",
      "3 $.nodes[1]",
      "3 $.nodes[2].id",
      "3 $.nodes[2].colour",
      "4 $.edges[0].target",
      "4 $.edges[0].settings.retries",
      "4 $.edges[0].settings.weight",
    ]);
  });

  test("a file full of faults gives no more than the limit", () => {
    const nodes = Array.from({ length: 400 }, () => '{ "id": "!", "kind": "?" }');
    expect(problemsOf(file(`"nodes": [${nodes.join(",")}]`))).toHaveLength(limits.problems);
  });

  test("lines and columns count from 1 in every line style, and a byte order mark does not count", () => {
    const text = '{ "format": "plimsoll",\r\n  "version": 1,\r\n  "name": 5 }';
    expect(problemsOf(text)).toMatchObject([{ line: 3, column: 11, path: "$.name" }]);
    expect(problemsOf(`\ufeff${text}`)).toEqual(problemsOf(text));
    expect(readDesignFile(`\ufeff${file()}`, testKinds).ok).toBe(true);
  });
});

describe("[FILE5] what a file leaves out has its default", () => {
  test("the smallest file is an empty design", () => {
    const read = readDesignFile(file(), testKinds);
    expect(read).toMatchObject({ ok: true, value: { name: "Untitled design", requirements: {} } });
  });
});
