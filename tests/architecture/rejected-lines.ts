import type { Example } from "./rejected-examples.ts";

/** Lines that a house rule must refuse. Some are put together from halves, so that this file itself passes. */
export const rejectedLines: readonly Example[] = [
  { file: "src/analysis/simulation/arrivals.ts", line: `const u = Math.random();`, why: "chance is an argument" },
  { file: "src/analysis/simulation/arrivals.ts", line: `const u = Math["random"]();`, why: "chance is an argument" },
  { file: "src/analysis/simulation/arrivals.ts", line: `const { random } = Math;`, why: "by its full name" },
  { file: "src/design/ids.ts", line: `const id = crypto.randomUUID();`, why: "ids are an argument" },
  { file: "src/design/change.ts", line: `const at = Date.now();`, why: "time is an argument" },
  { file: "src/compile/report.ts", line: `const at = new Date().toISOString();`, why: "time is an argument" },
  { file: "src/compile/report.ts", line: `const at = Date();`, why: "time is an argument" },
  { file: "component-library/cache/rules.ts", line: `const at = performance.now();`, why: "time is an argument" },
  { file: "src/insights/findings.ts", line: `const at = globalThis.Date.now();`, why: "globalThis leads to" },
  { file: "src/exchange/csv.ts", line: `const shown = ratio.toLocaleString();`, why: "language of the machine" },
  { file: "src/exchange/csv.ts", line: `names.sort((a, b) => a.localeCompare(b));`, why: "language of the machine" },
  {
    file: "src/exchange/csv.ts",
    line: `const shown = new Intl.NumberFormat().format(1);`,
    why: "language of the machine",
  },
  { file: "src/ui/canvas/note.tsx", line: `element.innerHTML = text;`, why: "turns text into markup" },
  {
    file: "src/ui/canvas/note.tsx",
    line: `element.insertAdjacentHTML("beforeend", text);`,
    why: "turns text into markup",
  },
  {
    file: "src/ui/canvas/note.tsx",
    line: `const note = <p dangerouslySetInnerHTML={{ __html: text }} />;`,
    why: "turns text into markup",
  },
  { file: "src/ui/canvas/note.tsx", line: `const run = new Function("a", text);`, why: "turns text into code" },
  { file: "src/adapters/workers/client.ts", line: `eval(text);`, why: "turns text into code" },
  { file: "src/base/format.test.ts", line: `it.only("adds", () => {});`, why: "keeps tests from running" },
  { file: "src/base/format.test.ts", line: `describe.skip("adding", () => {});`, why: "keeps tests from running" },
  { file: "src/base/format.test.ts", line: `it.skipIf(slow)("adds", () => {});`, why: "keeps tests from running" },
  {
    file: "tests/journeys/draw.journey.ts",
    line: `test.describe.only("x", () => {});`,
    why: "keeps tests from running",
  },
  { file: "tests/journeys/draw.journey.ts", line: `test.fixme("x", () => {});`, why: "keeps tests from running" },
  { file: "src/base/format.ts", line: `// ${"TO" + "DO"}: later`, why: "a mark for later" },
  { file: "src/base/format.ts", line: `${"const a = 1;\n".repeat(400)}`, why: "402 lines" },
  { file: "README.md", line: `Open /${"ho"}me/ann/designs/shop.json`, why: "one machine or registry" },
  { file: "src/base/format.ts", line: `const path = "/${"wo"}rk/main";`, why: "one machine or registry" },
  {
    file: "package-lock.json",
    line: `"${"resol"}ved": "http://10.0.0.1/react.tgz",`,
    why: "one machine or registry",
  },
  { file: "package-lock.json", line: `https://${"regis"}try.example.org/react`, why: "one machine or registry" },
];

export const acceptedLines: readonly Omit<Example, "why">[] = [
  { file: "src/analysis/simulation/arrivals.ts", line: `const u = Math.floor(random.next());` },
  { file: "src/compile/report.ts", line: `const at = new Date(timestampMs).toISOString();` },
  { file: "src/compile/report.ts", line: `const step = { process: 1, window: windowMs };` },
  { file: "src/exchange/csv.ts", line: `names.sort((a, b) => a.localeCompare(b, "en"));` },
  { file: "src/ui/canvas/note.tsx", line: `element.textContent = text;` },
  { file: "src/session/clock.ts", line: `export const now = () => Date.now();` },
  { file: "src/base/format.test.ts", line: `it.each([1])("adds %d", () => {});` },
  { file: "README.md", line: `See https://www.rfc-editor.org/rfc/rfc9110 and docs/home/page.` },
];
