import { requirementsSchema } from "../design-schema.ts";
import type { Command, Requirements } from "../document.ts";
import { FaultList } from "../file/fault.ts";
import { checkRecord, judge } from "./outcome.ts";

/** Replaces all requirements: what the argument leaves out is no longer stated. */
export const setRequirements: Command<{ readonly requirements: Requirements }> = (design, { requirements }) => {
  const faults = new FaultList();
  const checked = checkRecord(requirementsSchema, requirements, ["requirements"], faults);
  return judge(faults, () => ({ ...design, requirements: checked ?? requirements }));
};
