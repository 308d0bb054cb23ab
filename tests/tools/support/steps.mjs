import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandOf, runNode } from "./processes.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Runs steps one after another, a failed one not stopping the next, and closes with the line `N passed, N failed`.
 *
 * @param {readonly { name: string, run: () => Promise<Count> }[]} steps
 * @returns {Promise<number>} the exit status: 1 when anything failed or nothing ran
 */
export async function runSteps(steps) {
  const total = { passed: 0, failed: 0 };
  const failedSteps = [];
  for (const { name, run } of steps) {
    const start = performance.now();
    console.log(`\n── ${name} ──`);
    const count = await attempt(run);
    total.passed += count.passed;
    total.failed += count.failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${count.failed === 0 ? "ok" : "FAILED"}: ${name} (${seconds} s)`);
    if (count.failed > 0) failedSteps.push(name);
  }
  if (total.passed + total.failed === 0) {
    total.failed = 1;
    failedSteps.push("nothing ran");
  }
  console.log(failedSteps.length === 0 ? "\nEvery step passed." : `\nFailed: ${failedSteps.join(", ")}.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/**
 * @param {() => Promise<Count>} run
 * @returns {Promise<Count>}
 */
async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

/**
 * A step that is one check: it passes when the tool ends with status 0.
 *
 * @param {string} packageName
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Count>}
 */
export async function checkWith(packageName, args, env = {}) {
  const command = packageName === "typescript" ? "tsc" : packageName.replace(/^.*\//, "");
  const { code } = await runNode(commandOf(packageName, command), args, { env });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Runs Vitest once. A skipped test counts as failed, and so does a run without any test.
 *
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, mayBeEmpty?: boolean }} [options]
 * @returns {Promise<Count>}
 */
export async function testWithVitest(args, options = {}) {
  return withReport(async (file) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const { code } = await runNode(commandOf("vitest"), ["run", ...args, ...reporters], { env: options.env ?? {} });
    const report = readReport(file);
    const passed = report?.numPassedTests ?? 0;
    const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
    const failed = (report?.numFailedTests ?? 0) + skipped;
    if (skipped > 0) console.error(`${skipped} tests were skipped; a skipped test counts as failed.`);
    const isEmpty = passed + failed === 0 && !options.mayBeEmpty;
    if (isEmpty) console.error("No test ran.");
    return { passed, failed: failed === 0 && (code !== 0 || isEmpty) ? 1 : failed };
  });
}

/**
 * Runs Playwright once, counted as in `testWithVitest`.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Count>}
 */
export async function testWithPlaywright(args, env = {}) {
  return withReport(async (file) => {
    const { code } = await runNode(
      commandOf("@playwright/test", "playwright"),
      ["test", ...args, "--reporter=list,json"],
      {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      },
    );
    const stats = readReport(file)?.stats ?? { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    const failed = stats.unexpected + stats.flaky + stats.skipped;
    if (stats.skipped > 0) console.error(`${stats.skipped} journeys were skipped; a skipped test counts as failed.`);
    const isEmpty = stats.expected + failed === 0;
    if (isEmpty) console.error("No journey ran.");
    return { passed: stats.expected, failed: failed === 0 && (code !== 0 || isEmpty) ? 1 : failed };
  });
}

/**
 * @template Value
 * @param {(file: string) => Promise<Value>} use
 * @returns {Promise<Value>}
 */
async function withReport(use) {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-report-"));
  try {
    return await use(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
