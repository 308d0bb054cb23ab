import { scenarioSchema } from "../design-schema.ts";
import type { Command, Scenario } from "../document.ts";
import { FaultList } from "../file/fault.ts";
import { checkRecord, judge, pathOf, put, refuseUnknown } from "./outcome.ts";
import { checkTargets } from "./target-check.ts";

/** Replaces the scenario of that id. */
export const updateScenario: Command<{ readonly scenario: Scenario }> = (design, { scenario }) => {
  if (!design.scenarios.has(scenario.id)) return refuseUnknown("scenarios", scenario.id);
  const faults = new FaultList();
  const path = pathOf(design, "scenarios", scenario.id);
  const checked = checkRecord(scenarioSchema, scenario, path, faults);
  checkTargets(design, scenario, path, faults);
  return judge(faults, () => ({ ...design, scenarios: put(design.scenarios, checked ?? scenario) }));
};
