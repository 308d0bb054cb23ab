#!/usr/bin/env node
// npm run --silent plimsoll -- COMMAND …: the command line, bundled from its sources when they changed. Standard output
// belongs to the command alone.
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { bundleForNode } from "./support/bundle.mjs";
import { endWithParent } from "./support/processes.mjs";

/** Outside the command's own statuses (0, 1 and 2): the command could not be made ready at all. */
const NOT_READY = 70;

endWithParent();
const bundle = await prepare();

// npm runs scripts in the checkout; file names on the command line count from where the caller stood.
if (process.env.npm_lifecycle_event === "plimsoll" && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv.splice(1, 1, bundle);
await import(pathToFileURL(bundle).href);

async function prepare() {
  try {
    await ensureInstalled({ quiet: true });
    return await bundleForNode("src/cli/main.ts");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return process.exit(NOT_READY);
  }
}
