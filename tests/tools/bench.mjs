// npm run bench [-- name …]: every measurement in tests/bench, or those whose file name holds one of the names.
// *.bench.ts run in Node, *.browser.ts in the browser against the production build.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { endWithParent, root } from "./support/processes.mjs";
import { checkWith, runSteps, testWithPlaywright } from "./support/steps.mjs";

endWithParent();
await ensureInstalled();

const folder = join(root, "tests", "bench");
const names = process.argv.slice(2);
const isWanted = (/** @type {string} */ file) => names.length === 0 || names.some((name) => file.includes(name));
const files = existsSync(folder) ? readdirSync(folder).filter(isWanted).sort() : [];

const nodeFiles = files.filter((file) => file.endsWith(".bench.ts"));
const inNode = {
  name: nodeFiles.join(", "),
  run: () => checkWith("vitest", ["bench", "--run", ...nodeFiles.map((file) => `tests/bench/${file}`)]),
};
const browserFiles = files.filter((file) => file.endsWith(".browser.ts"));
const inBrowser = {
  name: browserFiles.join(", "),
  run: () => testWithPlaywright(["-c", "tests/bench", ...browserFiles]),
};

process.exitCode = await runSteps([
  ...(nodeFiles.length > 0 ? [inNode] : []),
  ...(browserFiles.length > 0 ? [inBrowser] : []),
]);
