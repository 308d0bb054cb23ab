// npm run bench [-- name …]: every measurement in tests/bench, or those whose file name holds one of the names.
// *.bench.ts run in Node, *.browser.ts in the browser against the production build.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { bundleForNode } from "./support/bundle.mjs";
import { endWithParent, root, runNode } from "./support/processes.mjs";
import { runSteps, testWithPlaywright } from "./support/steps.mjs";

endWithParent();
await ensureInstalled();

const folder = join(root, "tests", "bench");
const names = process.argv.slice(2);
const isWanted = (/** @type {string} */ file) => names.length === 0 || names.some((name) => file.includes(name));
const files = existsSync(folder) ? readdirSync(folder).filter(isWanted).sort() : [];

const inNode = files
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => ({
    name: file,
    run: async () => {
      const { code } = await runNode(await bundleForNode(`tests/bench/${file}`), []);
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  }));
const browserFiles = files.filter((file) => file.endsWith(".browser.ts"));
const inBrowser = {
  name: browserFiles.join(", "),
  run: () => testWithPlaywright(["-c", "tests/bench", ...browserFiles]),
};

process.exitCode = await runSteps(browserFiles.length > 0 ? [...inNode, inBrowser] : inNode);
