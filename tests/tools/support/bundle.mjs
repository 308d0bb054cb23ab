import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "./processes.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Packages that find files of their own beside themselves, or start programs, and so cannot be folded into one file. */
const external = ["elkjs", "playwright", "playwright-core", "@sparticuz/chromium"];

/**
 * Bundles one of our TypeScript programs for Node, unless the same sources were bundled before.
 *
 * @param {string} entry path from the checkout, as "src/cli/main.ts"
 * @returns {Promise<string>} path of the bundle
 */
export async function bundleForNode(entry) {
  const cache = join(root, "node_modules", ".cache", "plimsoll");
  const name = basename(entry, ".ts");
  const folder = join(cache, `${name}-${fingerprint(entry)}`);
  const bundle = join(folder, `${name}.mjs`);
  if (existsSync(bundle)) return bundle;

  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(join(cache, "bundling-"));
  try {
    await build(entry, name, staging);
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(bundle)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  removeOld(cache, name, folder);
  return bundle;
}

/**
 * @param {string} entry
 * @param {string} name
 * @param {string} outDir
 */
async function build(entry, name, outDir) {
  const vite = await import("vite");
  await vite.build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: "error",
    ssr: { noExternal: true, external },
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: false,
      target: "node20",
      minify: false,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      rolldownOptions: { output: { format: "es", entryFileNames: `${name}.mjs`, chunkFileNames: "[name]-[hash].mjs" } },
    },
  });
}

/**
 * Changes whenever a source file is added, removed or written.
 *
 * @param {string} entry
 */
function fingerprint(entry) {
  const hash = createHash("sha256");
  const add = (/** @type {string} */ path) => {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  };
  for (const path of [entry, "package.json", "package-lock.json", "tests/tools/support/bundle.mjs"]) add(path);
  for (const folder of new Set(["src", "component-library", dirname(entry)]))
    for (const path of filesUnder(folder)) add(path);
  return hash.digest("hex").slice(0, 16);
}

/**
 * @param {string} folder
 * @returns {string[]} paths from the checkout, sorted
 */
function filesUnder(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

/**
 * Old bundles go after a day, not at once: a running program may still load parts of its own.
 *
 * @param {string} cache
 * @param {string} name
 * @param {string} current
 */
function removeOld(cache, name, current) {
  for (const entry of readdirSync(cache)) {
    const path = join(cache, entry);
    const isStale = Date.now() - statSync(path).mtimeMs > DAY_MS;
    if (entry.startsWith(`${name}-`) && path !== current && isStale) rmSync(path, { recursive: true, force: true });
  }
}
