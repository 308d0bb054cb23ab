import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { commandOf, root, runNode } from "../tools/support/processes.mjs";
import { houseFiles, projectFiles } from "./project-files.ts";
import { isTest, placeOf } from "./zones.ts";

// A checker that finds no files, or skips a rule that it does not know, passes without a word. So each one is run with
// our own settings on a small house in which everything that it guards against is present.

const badHouse: Readonly<Record<string, string>> = {
  "src/app/main.ts": `import "./view.tsx";
`,
  "src/app/view.tsx": `import { used } from "#src/base/BadName.ts";
import { useEffect } from "react";

export function View({ value }: { value: number }) {
  if (value === 0) return null;
  useEffect(() => {
    document.title = String(value) + used;
  }, []);
  return <div onClick={() => undefined}>x</div>;
}
`,
  "src/base/BadName.ts": `import { Shape } from "./shape.ts";

async function later(ms: number): Promise<number> {
  return ms;
}
export const used = (list: readonly number[]): number => list[0];
export function unused(shape: any, names: string[]): Shape | undefined {
  const idle = 1;
  later(1);
  names.forEach(async (name) => {
    await later(name.length);
  });
  document.title = shape!.name;
  console.log( 'spaced' );
}
export default unused;
`,
  "src/base/shape.ts":
    "export interface Shape {\n  readonly size?: number;\n}\nexport const shape: Shape = { size: undefined };\n",
  "src/base/long.ts": `${"// one of many lines\n".repeat(401)}export const long = 1;\n`,
  "src/base/barrel.ts": `export * from "./shape.ts";\n`,
  "src/base/forgotten.ts": "export const forgotten = 1;\n",
};

let house = "";

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), "plimsoll-bad-house-"));
  for (const [path, text] of Object.entries(badHouse)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  for (const path of ["package.json", "tsconfig.json", "src/tsconfig.pure.json", "tests/architecture/biome.json"]) {
    cpSync(join(root, path), join(house, path));
  }
  symlinkSync(join(root, "node_modules"), join(house, "node_modules"), "dir");
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

async function complaints(packageName: string, command: string, args: readonly string[]): Promise<string> {
  const { code, output } = await runNode(commandOf(packageName, command), args, { cwd: house, capture: true });
  expect(code, output).not.toBe(0);
  return output;
}

describe("the type passes", () => {
  it("refuse an unchecked index and an explicit undefined", async () => {
    const output = await complaints("typescript", "tsc", ["-p", "tsconfig.json"]);
    expect(output).toContain("src/base/BadName.ts(6,");
    expect(output).toContain("exactOptionalPropertyTypes");
    expect(output).not.toContain("'document'");
  });

  it("refuse the browser in the pure folders", async () => {
    const output = await complaints("typescript", "tsc", ["-p", "src/tsconfig.pure.json"]);
    expect(output).toContain("Cannot find name 'document'");
  });

  it("read every file", async () => {
    const listed = async (project: string) => {
      const { output } = await runNode(commandOf("typescript", "tsc"), ["-p", project, "--listFilesOnly"], {
        capture: true,
      });
      return new Set(output.split("\n").map((line) => line.trim().replace(root, "")));
    };
    const all = await listed("tsconfig.json");
    const code = projectFiles.filter((path) =>
      /^(?:src|component-library|tests)\/.*(?<!\.d)\.(?:ts|tsx|mjs)$/.test(path),
    );
    expect(code.filter((path) => !all.has(path))).toEqual([]);

    const pure = await listed("src/tsconfig.pure.json");
    const isPure = (path: string) => path.endsWith(".ts") && !isTest(path) && placeOf(path)?.zone.isPure === true;
    expect(houseFiles.filter(isPure).filter((path) => !pure.has(path))).toEqual([]);
    expect([...pure].filter((path) => /lib\.(?:dom|webworker)|@types\/node\//.test(path))).toEqual([]);
  });
});

describe("the linter", () => {
  const rules = [
    "a11y/useKeyWithClickEvents",
    "assist/source/organizeImports",
    "correctness/noUnusedVariables",
    "correctness/useExhaustiveDependencies",
    "correctness/useHookAtTopLevel",
    "nursery/noFloatingPromises",
    "nursery/noMisusedPromises",
    "performance/noReExportAll",
    "style/noDefaultExport",
    "style/noExcessiveLinesPerFile",
    "style/noNonNullAssertion",
    "style/useFilenamingConvention",
    "style/useImportType",
    "suspicious/noConsole",
    "suspicious/noExplicitAny",
  ];
  let output = "";
  let known: ReadonlySet<string> = new Set();
  beforeAll(async () => {
    const args = ["check", "--config-path=tests/architecture", "--max-diagnostics=200", "."];
    output = await complaints("@biomejs/biome", "biome", args);
    known = new Set(output.match(/\b(?:lint|assist)\/[\w/]+/g)?.map((name) => name.replace(/^lint\//, "")));
  });

  it.each(rules)("knows the rule %s", (rule) => {
    expect([...known]).toContain(rule);
  });

  it("checks the format", () => {
    expect(output).toContain("Formatter would have printed");
  });
});

describe("the search for what nobody uses", () => {
  it("finds a file, an export and a package", async () => {
    const output = await complaints("knip", "knip", ["--no-progress"]);
    expect(output).toContain("src/base/forgotten.ts");
    expect(output).toMatch(/unused\s+function\s+src\/base\/BadName\.ts/);
    expect(output).toMatch(/dexie\s+package\.json/);
  });
});

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe("the lock file", () => {
  const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

  it("pins what package.json names, exactly", () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(named)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it("runs no script of any package at installation", () => {
    const withScript = locked.filter(([, { hasInstallScript, optional }]) => hasInstallScript && !optional);
    expect(withScript.map(([path]) => path)).toEqual([]);
  });

  it("holds packages of known licences", () => {
    const known = /\b(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|OFL-1\.1|EPL-2\.0)\b/;
    const forToolsOnly = /^MPL-2\.0$/;
    const unknown = locked.filter(
      ([, { license = "", dev }]) => !known.test(license) && !(dev === true && forToolsOnly.test(license)),
    );
    expect(unknown.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it("names a build of every native tool for every system that the tool knows", () => {
    const paths = new Set(locked.map(([path]) => path.replace(/^.*node_modules\//, "")));
    const missing = locked.flatMap(([, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !paths.has(name)),
    );
    expect(missing).toEqual([]);
  });
});
