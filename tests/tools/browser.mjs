// node tests/tools/browser.mjs prints the path of a Chromium that was seen to start.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { isProgram, root, run, runNode } from "./support/processes.mjs";

const instruction = `No Chromium could be started. Any one of these helps:
  - set PLIMSOLL_CHROMIUM to the path of a Chromium or Chrome;
  - run "npx playwright install chromium";
  - install the system's own package, as "apt-get install chromium" on Debian.`;

/**
 * Finds a Chromium that starts: the one that PLIMSOLL_CHROMIUM names (and then no other), else the one that the lock file
 * pins, else Playwright's own, else the system's, else Debian's package where this process may install it.
 *
 * @returns {Promise<string>} path of the program. Throws with the reasons and an instruction when there is none.
 */
export async function provideBrowser() {
  const named = process.env.PLIMSOLL_CHROMIUM;
  const sources = named
    ? [{ name: "PLIMSOLL_CHROMIUM", find: async () => named }]
    : [
        { name: "the pinned package", find: unpackPinned },
        { name: "Playwright's own", find: async () => existing(chromium.executablePath()) },
        { name: "the system's", find: async () => findOnSystem() },
        { name: "Debian's package", find: installFromDebian },
      ];
  const reasons = [];
  for (const { name, find } of sources) {
    try {
      const path = await find();
      if (path === null) continue;
      await launch(path);
      return path;
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message.split("\n", 3).join(" ") : error}`);
    }
  }
  throw new Error([instruction, ...reasons].join("\n"));
}

/** @param {string} executablePath */
async function launch(executablePath) {
  const browser = await chromium.launch({ executablePath, timeout: 60_000 });
  try {
    const page = await browser.newPage();
    await page.setContent("<title>It starts</title>");
    if ((await page.title()) !== "It starts") throw new Error("It starts but shows no page.");
  } finally {
    await browser.close();
  }
}

/**
 * The package unpacks into TMPDIR and takes whatever it finds there for its own, even half a file. So each version gets a
 * folder, filled under another name and renamed when it is complete.
 */
async function unpackPinned() {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const manifest = join(root, "node_modules", "@sparticuz", "chromium", "package.json");
  if (!existsSync(manifest)) return null;
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  const cache = join(root, "node_modules", ".cache", "plimsoll");
  const folder = join(cache, `chromium-${version}`);
  const program = join(folder, "chromium");
  if (existsSync(program)) return program;

  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(join(cache, "unpacking-"));
  try {
    const unpacked = await runNode(join(root, "tests", "tools", "support", "unpack-chromium.mjs"), [], {
      capture: true,
      env: { TMPDIR: staging },
    });
    if (unpacked.code !== 0) throw new Error(`Unpacking failed: ${unpacked.output.trim()}`);
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(program)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return program;
}

function findOnSystem() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell"];
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const macintosh = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return [...paths, macintosh].find((path) => existsSync(path)) ?? null;
}

async function installFromDebian() {
  if (process.getuid?.() !== 0 || !hasCommand("apt-get")) return null;
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const { code, output } = await run("apt-get", args, { capture: true, env: { DEBIAN_FRONTEND: "noninteractive" } });
    if (code !== 0) throw new Error(output.trim().split("\n").slice(-3).join(" "));
  }
  return findOnSystem();
}

/** @param {string} command */
function hasCommand(command) {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
function existing(path) {
  return existsSync(path) ? path : null;
}

if (isProgram(import.meta.url)) {
  try {
    console.log(await provideBrowser());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
