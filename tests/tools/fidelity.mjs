// npm run fidelity: measures how right every model is and writes the table of the app and public/fidelity.md anew.
import { ensureInstalled } from "./install.mjs";
import { endWithParent } from "./support/processes.mjs";
import { checkWith, runSteps } from "./support/steps.mjs";

endWithParent();
await ensureInstalled();
process.exitCode = await runSteps([
  {
    name: "measure and write",
    run: () => checkWith("vitest", ["run", "tests/models/fidelity.test.ts"], { PLIMSOLL_FIDELITY: "write" }),
  },
  {
    name: "format",
    run: () =>
      checkWith("@biomejs/biome", [
        "check",
        "--write",
        "--config-path",
        "tests/architecture",
        "src/insights/fidelity/fidelity-table.json",
      ]),
  },
]);
