import { catalogue } from "#library/catalogue.ts";
import { formatSetting } from "#src/insights/format-setting.ts";

/** Prints the kinds: a line each, or all their settings with units, defaults and sources as JSON. */
export function printCatalog(asJson: boolean, print: (text: string) => void): void {
  const kinds = [...catalogue.values()];
  if (asJson) {
    print(
      JSON.stringify(
        {
          format: "plimsoll-catalog",
          version: 1,
          kinds: kinds.map((kind) => ({
            id: kind.id,
            title: kind.title,
            category: kind.category,
            role: kind.role,
            summary: kind.summary,
            keywords: kind.keywords,
            container: kind.isContainer,
            settings: kind.form.map(
              ({ name, title, help, unit, input, defaultValue, optional, minimum, maximum, choices, source }) => ({
                name,
                title,
                help,
                unit,
                type: input,
                default: defaultValue,
                optional,
                ...(minimum === undefined ? {} : { minimum }),
                ...(maximum === undefined ? {} : { maximum }),
                ...(choices === undefined ? {} : { choices }),
                source,
              }),
            ),
            presets: kind.presets,
          })),
        },
        null,
        2,
      ),
    );
    return;
  }
  for (const kind of kinds) {
    print(`${kind.id.padEnd(22)} ${kind.summary}`);
    for (const field of kind.form.filter((candidate) => !candidate.advanced)) {
      print(`  ${field.name.padEnd(24)} ${formatSetting(field.defaultValue, field.unit).padEnd(14)} ${field.title}`);
    }
  }
}
