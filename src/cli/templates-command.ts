import { templates } from "#src/exchange/templates/templates.ts";
import { UnusableInput } from "./failure.ts";

/** Prints the list of templates, or one template's design file. */
export async function printTemplates(
  name: string | undefined,
  asJson: boolean,
  print: (text: string) => void,
): Promise<void> {
  if (name !== undefined) {
    const template = templates.find((candidate) => candidate.id === name);
    if (template === undefined) {
      throw new UnusableInput([
        `${name}: $: there is no such template; expected one of ${templates.map((candidate) => candidate.id).join(", ")}`,
      ]);
    }
    print((await template.load()).trimEnd());
    return;
  }
  if (asJson) {
    const list = templates.map(({ id, title, summary, tags }) => ({ id, title, summary, tags }));
    print(JSON.stringify({ format: "plimsoll-templates", version: 1, templates: list }, null, 2));
    return;
  }
  for (const template of templates) print(`${template.id.padEnd(28)} ${template.title}: ${template.summary}`);
}
