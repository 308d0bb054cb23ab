import type { Command } from "../document.ts";
import { checkShape } from "../file/check-shape.ts";
import { FaultList } from "../file/fault.ts";
import { label } from "../schema-kit.ts";
import { judge } from "./outcome.ts";

export const renameDesign: Command<{ readonly name: string }> = (design, { name }) => {
  const faults = new FaultList();
  checkShape(label, name, ["name"], faults);
  return judge(faults, () => (name === design.name ? design : { ...design, name }));
};
