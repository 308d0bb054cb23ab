import type { Design, Scenario } from "../document.ts";
import { checkEffects } from "../file/check-references.ts";
import type { FaultList, Path } from "../file/fault.ts";

/** The effects of a scenario must name nodes or edges of the design. */
export function checkTargets(design: Design, scenario: Scenario, path: Path, faults: FaultList): void {
  const targets = new Set([...design.nodes.keys(), ...design.edges.keys()]);
  checkEffects({ path, fields: { ...scenario } }, targets, faults);
}
