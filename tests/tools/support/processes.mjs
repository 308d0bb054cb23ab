import { spawn } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of the checkout. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Runs a program of this Node to its end. Its output goes to this process's own streams, both of them to standard error
 * when `quiet`, or into the answer when `capture`.
 *
 * @param {string} script a file that Node runs
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, capture?: boolean, cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNode(script, args, options = {}) {
  return run(process.execPath, [script, ...args], options);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, capture?: boolean, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      shell: options.shell ?? false,
      stdio: options.capture ? ["ignore", "pipe", "pipe"] : ["ignore", options.quiet ? 2 : "inherit", "inherit"],
    });
    const stop = endWith(child);
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString("utf8");
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => {
      stop();
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Lets no child outlive this process. A terminal sends its signal to both; a supervisor sends it to the parent alone.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} forgets the child
 */
function endWith(child) {
  const kill = () => child.kill("SIGTERM");
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    kill();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.on("exit", kill);
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return () => {
    process.off("exit", kill);
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
}

/**
 * Under npm a shell stands between, which dies of a signal without passing it on: no script of ours outlives it.
 */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(143);
  }, 500).unref();
}

/**
 * The script behind a package's command, run with Node directly: it works the same on every system and starts faster
 * than `npx`.
 *
 * @param {string} packageName
 * @param {string} [command] where the package has several
 */
export function commandOf(packageName, command = packageName) {
  const manifestPath = join(root, "node_modules", packageName, "package.json");
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  const bin = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[command];
  return join(dirname(manifestPath), bin);
}

/**
 * Whether a module is the program that was started, rather than imported by it.
 *
 * @param {string} moduleUrl its import.meta.url
 */
export function isProgram(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && pathToFileURL(realpathSync(started)).href === moduleUrl;
}
