#!/usr/bin/env node
// npm run --silent plimsoll -- COMMAND …: the command line, bundled from its sources when they changed. Standard output
// belongs to the command alone.
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { bundleForNode } from "./support/bundle.mjs";

await ensureInstalled({ quiet: true });
const bundle = await bundleForNode("src/cli/main.ts");

// npm runs scripts in the checkout; file names on the command line count from where the caller stood.
if (process.env.npm_lifecycle_event === "plimsoll" && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv.splice(1, 1, bundle);
await import(pathToFileURL(bundle).href);
