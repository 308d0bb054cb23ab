import { scenarioSchema } from "../design-schema.ts";
import type { Command, Scenario } from "../document.ts";
import { FaultList } from "../file/fault.ts";
import { limits } from "../limits.ts";
import { checkNew, judge, pathOf, put } from "./outcome.ts";
import { checkTargets } from "./target-check.ts";

export const addScenario: Command<{ readonly scenario: Scenario }> = (design, { scenario }) => {
  const faults = new FaultList();
  const checked = checkNew(design, "scenarios", scenarioSchema, scenario, limits.scenarios, faults);
  checkTargets(design, scenario, pathOf(design, "scenarios", ""), faults);
  return judge(faults, () => ({ ...design, scenarios: put(design.scenarios, checked ?? scenario) }));
};
