import { succeed } from "#src/base/result.ts";
import type { Command } from "../document.ts";
import { refuseUnknown, without } from "./outcome.ts";

export const removeScenario: Command<{ readonly id: string }> = (design, { id }) => {
  if (!design.scenarios.has(id)) return refuseUnknown("scenarios", id);
  return succeed({ ...design, scenarios: without(design.scenarios, new Set([id])) });
};
