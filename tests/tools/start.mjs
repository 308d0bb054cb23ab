// npm start [-- --port N] [--strict-port] [--skip-build] [--folder F] [--temporary]: builds the application into F
// (dist) and serves it; a temporary folder goes when the server ends.
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./install.mjs";
import { commandOf, endWithParent, root, runNode } from "./support/processes.mjs";
import { createStaticServer, listenOnLoopback } from "./support/static-server.mjs";

const PORTS_TO_TRY = 50;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: process.env.PORT ?? "4173" },
    "strict-port": { type: "boolean", default: false },
    "skip-build": { type: "boolean", default: false },
    folder: { type: "string", default: "dist" },
    temporary: { type: "boolean", default: false },
  },
});
const firstPort = Number(values.port);
if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65535) {
  console.error(`--port must be a whole number from 1 to 65535, not "${values.port}".`);
  process.exit(2);
}

endWithParent();
const folder = resolve(root, values.folder);
if (!values["skip-build"]) {
  await ensureInstalled();
  const build = await runNode(commandOf("vite"), ["build", "--logLevel", "warn", "--outDir", folder]);
  if (build.code !== 0) process.exit(build.code);
}
if (!existsSync(join(folder, "index.html"))) {
  console.error(`There is no built application in ${values.folder}. Run npm start without --skip-build.`);
  process.exit(1);
}

const lastPort = values["strict-port"] ? firstPort : Math.min(65535, firstPort + PORTS_TO_TRY);
for (let port = firstPort; port <= lastPort; port += 1) {
  const close = await listenOnLoopback(() => createStaticServer(folder), port);
  if (close === null) continue;
  console.log(`Plimsoll is open at http://localhost:${port}/`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      close();
      if (values.temporary) rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    });
  }
  break;
}
if (process.listenerCount("SIGTERM") === 0) {
  console.error(`No free port from ${firstPort} to ${lastPort}.`);
  process.exit(1);
}
