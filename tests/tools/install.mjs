import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isProgram, root, run, runNode } from "./support/processes.mjs";

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   link?: boolean }} LockedPackage
 */

/**
 * Brings node_modules to what package-lock.json says, and does nothing when it is there already. Runs before anything is
 * installed, so that it may use nothing but Node.
 *
 * @param {{ quiet?: boolean }} [options] `quiet` keeps standard output free and speaks only on failure
 */
export async function ensureInstalled(options = {}) {
  if (missingPackages().length === 0) return;
  const release = await takeTurn();
  try {
    if (missingPackages().length === 0) return;
    const say = options.quiet ? console.error : console.log;
    say("Installing the packages that package-lock.json names …");
    const flags = ["--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const clean = await npm(["ci", ...flags], options);
    if (clean !== 0) {
      console.error("npm ci failed; trying npm install.");
      const install = await npm(["install", "--no-save", ...flags], options);
      if (install !== 0) throw new Error("The packages could not be installed. Is the package registry reachable?");
    }
    const missing = missingPackages();
    if (missing.length > 0) throw new Error(`npm finished without installing ${missing.slice(0, 5).join(", ")}.`);
  } finally {
    release();
  }
}

/** Paths in package-lock.json that node_modules lacks or holds in another version. */
function missingPackages() {
  const wanted = readLock(join(root, "package-lock.json"));
  const present = readLock(join(root, "node_modules", ".package-lock.json"));
  if (wanted === null) throw new Error("package-lock.json is missing.");
  const missing = [];
  for (const [path, locked] of Object.entries(wanted)) {
    if (path === "" || locked.link) continue;
    const isHere = present?.[path]?.version === locked.version && existsSync(join(root, path, "package.json"));
    if (!isHere && (!locked.optional || isForThisMachine(locked))) missing.push(path);
  }
  return missing;
}

/**
 * Whether an optional package is the build of a native tool for this very system. Other optional packages may be absent.
 *
 * @param {LockedPackage} locked
 */
function isForThisMachine(locked) {
  if (locked.os?.includes(process.platform) !== true || locked.cpu?.includes(process.arch) !== true) return false;
  return locked.libc === undefined || locked.libc.includes(systemLibrary());
}

/** Linux builds come for two C libraries; Node's own report tells which one it runs on. */
function systemLibrary() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header?.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null}
 */
function readLock(path) {
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

/**
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} options
 */
async function npm(args, options) {
  const quiet = options.quiet ?? false;
  const own = process.env.npm_execpath;
  const env = { NODE_ENV: "development" };
  if (own?.endsWith(".js")) return (await runNode(own, args, { quiet, env })).code;
  const isWindows = process.platform === "win32";
  return (await run(isWindows ? "npm.cmd" : "npm", args, { quiet, env, shell: isWindows })).code;
}

/**
 * Two commands started at once in a fresh checkout must not install over each other: the second waits for the first.
 *
 * @returns {Promise<() => void>} ends the turn
 */
async function takeTurn() {
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const lock = join(tmpdir(), `plimsoll-install-${name}`);
  const owner = join(lock, "pid");
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(owner, String(process.pid));
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    await sleep(500);
    if (!isOwnerAlive(owner)) rmSync(lock, { recursive: true, force: true });
  }
}

/** @param {string} owner file that holds a process id */
function isOwnerAlive(owner) {
  try {
    process.kill(Number(readFileSync(owner, "utf8")), 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

if (isProgram(import.meta.url)) await ensureInstalled();
