import type { ComponentKind, SettingField } from "#library/contract/kind.ts";
import type { DesignNode } from "#src/design/document.ts";
import type { Explanation } from "./explanation.ts";
import { formatSetting } from "./format-setting.ts";

/** The named settings of a node as assumptions: set in this design, or the kind's default with its source. */
export function settingAssumptions(
  node: DesignNode,
  kind: ComponentKind,
  names: readonly string[],
): Explanation["assumptions"] {
  const values = kind.resolve(node.settings ?? {});
  return kind.form
    .filter((field) => names.includes(field.name))
    .map((field) => {
      const isDefault = node.settings === undefined || !Object.hasOwn(node.settings, field.name);
      return {
        setting: `${node.name ?? node.id}: ${field.title.toLowerCase()}`,
        value: formatSetting(values[field.name], field.unit),
        source: isDefault ? sourceInWords(field) : "set in this design",
        isDefault,
      };
    });
}

function sourceInWords({ source }: SettingField): string {
  const date = source.date === undefined ? "" : `, ${source.date}`;
  switch (source.confidence) {
    case "definition":
      return `default: ${source.text}`;
    case "estimate":
      return `default, an estimate: ${source.text}${date}`;
    case "secondary":
      return `default, from a secondary source: ${source.text}${date}`;
    case "vendor":
      return `default: ${source.text}${date}`;
  }
}
