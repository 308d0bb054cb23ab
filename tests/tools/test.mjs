// npm test: every check and every test, closed by the line `N passed, N failed`. With --fast (npm run check): types,
// lint, and only the tests that uncommitted changes can reach.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { endWithParent, root } from "./support/processes.mjs";
import { metaPolicy } from "./support/security-headers.mjs";
import { checkWith, runSteps, testWithPlaywright, testWithVitest } from "./support/steps.mjs";

endWithParent();
await ensureInstalled();

const types = [
  { name: "types", run: () => checkWith("typescript", ["-p", "tsconfig.json"]) },
  {
    name: "types of the pure folders, without browser or Node",
    run: () => checkWith("typescript", ["-p", "src/tsconfig.pure.json"]),
  },
];
const lint = {
  name: "lint and format",
  run: () =>
    checkWith("@biomejs/biome", [
      "check",
      "--config-path=tests/architecture",
      "--error-on-warnings",
      "--max-diagnostics=50",
      ".",
    ]),
};

const fast = [
  ...types,
  lint,
  { name: "tests of what changed", run: () => testWithVitest(["--changed"], { mayBeEmpty: true }) },
];

const full = [
  ...types,
  lint,
  { name: "unused files, exports and packages", run: () => checkWith("knip", ["--no-progress"]) },
  { name: "tests", run: () => testWithVitest([]) },
  { name: "production build", run: build },
  {
    name: "journeys in the browser",
    run: () => testWithPlaywright(["-c", "tests/journeys"], { PLIMSOLL_JOURNEY_FOLDER: "dist" }),
  },
];

process.exitCode = await runSteps(process.argv.includes("--fast") ? fast : full);

/** The build passes when its page carries the content policy and nothing that the policy would refuse. */
async function build() {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const count = await checkWith("vite", ["build", "--logLevel", "warn"]);
  if (count.failed > 0) return count;
  const page = readFileSync(join(root, "dist", "index.html"), "utf8").replaceAll("&#39;", "'");
  const hasInlineScript = /<script(?![^>]*\ssrc=)[^>]*>/.test(page);
  if (!page.includes(metaPolicy)) throw new Error("dist/index.html does not carry the content security policy.");
  if (hasInlineScript) throw new Error("dist/index.html holds an inline script, which the policy refuses.");
  return count;
}
