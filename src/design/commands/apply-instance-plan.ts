import { succeed } from "#src/base/result.ts";
import type { Command } from "../document.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { setSetting } from "./set-setting.ts";

export interface ApplyInstancePlanArgs {
  readonly counts: readonly { readonly id: string; readonly instances: number }[];
  readonly kinds: KindDirectory;
}

/** Gives each part its number of instances: all of them or, when one is refused, none. */
export const applyInstancePlan: Command<ApplyInstancePlanArgs> = (design, { counts, kinds }) => {
  let changed = design;
  for (const { id, instances } of counts) {
    const outcome = setSetting(changed, { id, key: "instances", value: instances, kinds });
    if (!outcome.ok) return outcome;
    changed = outcome.value;
  }
  return succeed(changed);
};
