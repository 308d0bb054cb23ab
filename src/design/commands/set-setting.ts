import { succeed } from "#src/base/result.ts";
import type { Command, JsonValue } from "../document.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { sameJson } from "../same-json.ts";
import { refuseUnknown } from "./outcome.ts";
import { setSettings } from "./set-settings.ts";

export interface SetSettingArgs {
  readonly id: string;
  readonly key: string;
  /** Undefined takes the setting back to its default. */
  readonly value: JsonValue | undefined;
  readonly kinds: KindDirectory;
}

export const setSetting: Command<SetSettingArgs> = (design, { id, key, value, kinds }) => {
  const node = design.nodes.get(id);
  if (node === undefined) return refuseUnknown("nodes", id);
  const settings = new Map(Object.entries(node.settings ?? {}));
  if (sameJson(settings.get(key), value)) return succeed(design);
  if (value === undefined) settings.delete(key);
  else settings.set(key, value);
  return setSettings(design, { id, settings: Object.fromEntries(settings), kinds });
};
