import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { fail, type Result } from "#src/base/result.ts";
import { type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import { resolveNodes } from "#src/compile/resolved-design.ts";
import { applyScenario, type ScenarioState } from "#src/compile/scenario.ts";
import type { Design, Problem } from "#src/design/document.ts";
import { openFile } from "#src/exchange/open-file.ts";
import { faultLine, UnusableInput } from "./failure.ts";

/** Bytes of a file; unusable input when it cannot be read. */
function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UnusableInput([`${file}: $: cannot be read (${reason}); expected a file that exists and can be read`]);
  }
}

/** The design in a file: a design file, or a picture that was exported with its design. */
export function readDesign(file: string): Design {
  const read = openFile(basename(file), readBytes(file), kindDirectory);
  if (!read.ok) throw new UnusableInput(read.problem.map((problem) => faultLine(file, problem)));
  return read.value;
}

/** The design made ready for analysis, under a scenario of its own when one is named. */
export function prepareDesign(file: string, design: Design, scenarioId: string | undefined): PreparedAnalysis {
  const prepared = prepareUnder(file, design, scenarioId);
  if (!prepared.ok) throw new UnusableInput(prepared.problem.map((problem) => faultLine(file, problem)));
  return prepared.value;
}

/** As `prepareDesign`, where a design that cannot be analysed is an answer. Throws for a scenario that the file does not hold. */
export function prepareUnder(
  file: string,
  design: Design,
  scenarioId: string | undefined,
): Result<PreparedAnalysis, readonly Problem[]> {
  let state: ScenarioState | undefined;
  if (scenarioId !== undefined) {
    const scenario = design.scenarios.get(scenarioId);
    if (scenario === undefined) {
      const known = [...design.scenarios.keys()];
      throw new UnusableInput([
        `${file}: $.scenarios: there is no scenario "${scenarioId}"; expected ${known.length === 0 ? "a file with scenarios" : `one of ${known.join(", ")}`}`,
      ]);
    }
    const nodes = resolveNodes(design, catalogue);
    if (!nodes.ok) return nodes;
    const applied = applyScenario(design, scenario, catalogue);
    if (!applied.ok) return fail([applied.problem]);
    state = applied.value;
  }
  return prepareAnalysis(design, catalogue, state);
}
