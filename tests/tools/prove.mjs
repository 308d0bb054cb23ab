// npm run prove: the long proofs (engine against theory, tables and the other solver, at full length).
import { ensureInstalled } from "./install.mjs";
import { endWithParent } from "./support/processes.mjs";
import { runSteps, testWithVitest } from "./support/steps.mjs";

endWithParent();
await ensureInstalled();
const env = { PLIMSOLL_PROVE: "full" };
process.exitCode = await runSteps([{ name: "proofs", run: () => testWithVitest(process.argv.slice(2), { env }) }]);
