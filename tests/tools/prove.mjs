// npm run prove [-- name …]: the long proofs (engine against theory, tables and the other solver, at full length), and a
// browser that is killed again and again; or those whose file name holds one of the names.
import { ensureInstalled } from "./install.mjs";
import { endWithParent } from "./support/processes.mjs";
import { runSteps, testWithPlaywright, testWithVitest } from "./support/steps.mjs";

endWithParent();
await ensureInstalled();
const env = { PLIMSOLL_PROVE: "full" };
const names = process.argv.slice(2);
const ofEngine = names.filter((name) => name !== "durability");
const proofs = { name: "proofs", run: () => testWithVitest(ofEngine, { env }) };
const durability = {
  name: "durability",
  run: () => testWithPlaywright(["-c", "tests/journeys", "durability"], env),
};
const isWanted = (/** @type {boolean} */ isNamed) => names.length === 0 || isNamed;
process.exitCode = await runSteps([
  ...(isWanted(ofEngine.length > 0) ? [proofs] : []),
  ...(isWanted(names.includes("durability")) ? [durability] : []),
]);
