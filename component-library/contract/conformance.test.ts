import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { catalogue, kindDirectory } from "../catalogue.ts";
import { loadKindPage, views } from "../views.ts";
import { conformanceRules, type KindFolder } from "./conformance.ts";
import { badKind } from "./fixtures/bad-kind.ts";
import type { ComponentKind, SettingField } from "./kind.ts";
import { serviceTimeMs } from "./serving.ts";

const texts = import.meta.glob<string>("../*/*", { query: "?raw", import: "default", eager: true });
const definitions = import.meta.glob<ComponentKind>("../*/definition.ts", { import: "default", eager: true });

const filesByFolder = new Map<string, string[]>();
for (const path of Object.keys(texts)) {
  const [up, folder = "", file = ""] = path.split("/");
  // Files of this folder itself come as "./…".
  if (up === ".." && folder !== "contract") filesByFolder.set(folder, [...(filesByFolder.get(folder) ?? []), file]);
}

function folderOf(name: string): KindFolder {
  const kind = definitions[`../${name}/definition.ts`];
  const view = views.get(name);
  if (kind === undefined || view === undefined) throw new Error(`${name} lacks definition.ts or view.tsx`);
  return {
    name,
    files: filesByFolder.get(name) ?? [],
    readme: texts[`../${name}/README.md`] ?? "",
    icon: texts[`../${name}/icon.svg`] ?? "",
    drawnIcon: renderToStaticMarkup(createElement(view.Icon, { size: 20 })),
    kind,
  };
}

const folders = [...filesByFolder.keys()].sort();

describe.each(folders)("%s", (name) => {
  test.each(conformanceRules)("$name", ({ faults }) => {
    expect(faults(folderOf(name))).toEqual([]);
  });

  test("any settings that its form allows are found fault with or served in finite time", () => {
    const { kind } = folderOf(name);
    fc.assert(
      fc.property(settingsOf(kind.form), (raw) => {
        if (kind.check(raw).length > 0) return;
        const serving = kind.serving(raw);
        const ratio = kind.hitRatio(raw);
        const { units, unitsNeeded } = kind.reliability(raw);
        expect(kind.check(JSON.parse(JSON.stringify(kind.resolve(raw))))).toEqual([]);
        expect(kind.caption(raw)).not.toBe("");
        expect(units).toBeGreaterThanOrEqual(unitsNeeded);
        if (ratio !== null) expect(ratio >= 0 && ratio <= 1).toBe(true);
        if (serving === null) return;
        expect(Number.isFinite(serving.latencyMs)).toBe(true);
        expect(serving.latencyMs).toBeGreaterThanOrEqual(serviceTimeMs(serving) * (1 - 1e-5));
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

function settingsOf(form: readonly SettingField[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(form.map((field) => [field.name, settingValue(field)])), { requiredKeys: [] });
}

function settingValue(field: SettingField): fc.Arbitrary<unknown> {
  const bounds = { min: field.minimum ?? 0, max: field.maximum ?? 1, noNaN: true };
  switch (field.input) {
    case "number":
      return field.optional ? fc.option(fc.double(bounds)) : fc.double(bounds);
    case "integer": {
      const whole = fc.double(bounds).map(Math.round);
      return field.optional ? fc.option(whole) : whole;
    }
    case "choice":
      return fc.constantFrom(...(field.choices ?? []).map((option) => option.value));
    case "switch":
      return fc.boolean();
    case "text":
      return fc.string({ maxLength: 20 });
  }
}

describe("the suite itself", () => {
  test("looks at every kind: at least 22 folders, 22 catalogue entries, 10 rules", () => {
    expect(folders.length).toBeGreaterThanOrEqual(22);
    expect([...catalogue.keys()].sort()).toEqual(folders);
    expect([...views.keys()].sort()).toEqual(folders);
    expect(conformanceRules.length).toBeGreaterThanOrEqual(10);
  });

  test.each(conformanceRules)("rejects the bad example: $name", ({ faults }) => {
    expect(faults(badKind)).not.toEqual([]);
  });

  test("the bad example is not in the catalogue", () => expect(catalogue.has("bad-kind")).toBe(false));
});

describe("the kind directory", () => {
  test("answers for known and unknown kinds", () => {
    expect(kindDirectory.has("service")).toBe(true);
    expect(kindDirectory.has("constructor")).toBe(false);
    expect(kindDirectory.isContainer("region")).toBe(true);
    expect(kindDirectory.isContainer("no-such-kind")).toBe(false);
    expect(kindDirectory.suggest("load-balncer")).toBe("load-balancer");
    expect(kindDirectory.suggest("relational")).toBe("relational-database");
    expect(kindDirectory.suggest("zzzz")).toBeNull();
    expect(kindDirectory.checkSettings("service", { instances: 0 })[0]?.path).toEqual(["instances"]);
    expect(kindDirectory.known()[0]).toBe("api-gateway");
  });

  test("gives the page of a kind, and none for a kind that does not exist", async () => {
    expect(await loadKindPage("cache")).toContain("# Cache");
    expect(await loadKindPage("no-such-kind")).toBeNull();
  });
});
