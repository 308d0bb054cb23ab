// npm run dev: the application from its sources, renewed on every change. Extra arguments go to Vite.
import { ensureInstalled } from "./install.mjs";
import { commandOf, endWithParent, runNode } from "./support/processes.mjs";

endWithParent();
await ensureInstalled();
const { code } = await runNode(commandOf("vite"), process.argv.slice(2));
process.exit(code);
