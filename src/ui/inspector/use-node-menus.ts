import { catalogue, kindDirectory } from "#library/catalogue.ts";
import type { Category, ComponentKind } from "#library/contract/kind.ts";
import { changeKind } from "#src/design/commands/change-kind.ts";
import { setSettings } from "#src/design/commands/set-settings.ts";
import type { Design, DesignNode, JsonValue, Settings } from "#src/design/document.ts";
import type { MenuEntry } from "#src/ui/kit/menu.tsx";
import { useRun } from "#src/ui/use-run.ts";
import { useSessionCommands } from "#src/ui/use-session.ts";

const categoryTitles: Readonly<Record<Category, string>> = {
  traffic: "Traffic",
  compute: "Compute",
  data: "Data",
  cache: "Cache",
  messaging: "Messaging",
  coordination: "Coordination",
  external: "External",
  zones: "Zones",
};

/** Every other kind by category. Settings that the new kind understands are kept. */
export function useKindMenu(design: Design, node: DesignNode): readonly MenuEntry[] {
  const run = useRun();
  const session = useSessionCommands();
  const byCategory = new Map<Category, MenuEntry[]>();
  for (const kind of catalogue.values()) {
    const outcome = changeKind(design, { id: node.id, kind: kind.id, kinds: kindDirectory });
    const entry: MenuEntry = {
      id: kind.id,
      label: kind.title,
      checked: kind.id === node.kind,
      disabledReason: outcome.ok ? undefined : outcome.problem.message,
      onSelect: () => {
        const refusal = run(`Change ${node.name ?? node.id} to ${kind.title}`, changeKind, {
          id: node.id,
          kind: kind.id,
          kinds: kindDirectory,
        });
        if (refusal !== null) session.notify("problem", refusal);
      },
    };
    const entries = byCategory.get(kind.category);
    if (entries === undefined) byCategory.set(kind.category, [entry]);
    else entries.push(entry);
  }
  return [...byCategory].map(([category, items]) => ({
    kind: "submenu",
    id: category,
    label: categoryTitles[category],
    items,
  }));
}

/** Settings of products and sizes that people name. */
export function usePresetMenu(node: DesignNode, kind: ComponentKind | undefined): readonly MenuEntry[] {
  const run = useRun();
  const session = useSessionCommands();
  return (kind?.presets ?? []).map(({ title, settings }) => ({
    id: title,
    label: title,
    onSelect: () => {
      const refusal = run(`Use ${title} for ${node.name ?? node.id}`, setSettings, {
        id: node.id,
        settings: plainSettings(settings),
        kinds: kindDirectory,
      });
      if (refusal !== null) session.notify("problem", refusal);
    },
  }));
}

/** Presets are numbers, texts and flags; the command checks them against the kind like any other settings. */
function plainSettings(settings: Readonly<Record<string, unknown>>): Settings {
  const plain = Object.entries(settings).filter(
    (entry): entry is [string, JsonValue & (string | number | boolean | null)] =>
      entry[1] === null || ["string", "number", "boolean"].includes(typeof entry[1]),
  );
  return Object.fromEntries(plain);
}
