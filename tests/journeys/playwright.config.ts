import { defineConfig } from "@playwright/test";
import { provideBrowser } from "../tools/browser.mjs";
import { findFreePort } from "../tools/support/free-port.mjs";
import { root } from "../tools/support/processes.mjs";

// This file is read again in every worker: what the first reading decides, the others inherit.
process.env.PLIMSOLL_CHROMIUM = await chosenOnce("PLIMSOLL_CHROMIUM_PROVED", provideBrowser);
const port = await chosenOnce("PLIMSOLL_JOURNEY_PORT", async () => String(await findFreePort()));

async function chosenOnce(name: string, choose: () => Promise<string>): Promise<string> {
  const chosen = process.env[name] ?? (await choose());
  process.env[name] = chosen;
  return chosen;
}

// `npm test` names the folder that it has just built; a run by hand builds its own, so that two runs do not meet.
const builtFolder = process.env.PLIMSOLL_JOURNEY_FOLDER;
const source = builtFolder
  ? `--skip-build --folder ${builtFolder}`
  : `--temporary --folder node_modules/.cache/plimsoll/journeys-${port}`;
const address = `http://localhost:${port}/`;

export default defineConfig({
  testDir: ".",
  testMatch: /\.(journey|spec|test)\.ts$/,
  outputDir: "../../test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: address,
    launchOptions: { executablePath: process.env.PLIMSOLL_CHROMIUM },
    trace: "retain-on-failure",
    video: "off",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "UTC",
  },
  projects: [{ name: "desktop", use: { viewport: { width: 1280, height: 800 } } }],
  webServer: {
    command: `node tests/tools/start.mjs --strict-port --port ${port} ${source}`,
    cwd: root,
    url: address,
    reuseExistingServer: false,
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
  },
});
