import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { checkBoundaries } from "./boundaries.ts";
import { findImports } from "./imports.ts";
import { houseFiles, projectTree, readProjectFile } from "./project-files.ts";
import { acceptedImports, exampleTree, rejectedImports } from "./rejected-examples.ts";
import { placeOf, zones } from "./zones.ts";

describe("the folder rules, on this tree", () => {
  it("finds the tree", () => {
    expect(houseFiles.length).toBeGreaterThan(100);
    const imports = houseFiles.flatMap((file) => findImports(file, readProjectFile(file)));
    expect(imports.length).toBeGreaterThan(200);
  });

  it("are kept by every file", () => {
    const violations = houseFiles.flatMap((file) => checkBoundaries(file, readProjectFile(file), projectTree));
    expect(violations.map(({ file, line, why }) => `${file}:${line} ${why}`)).toEqual([]);
  });

  it.each(zones)("have files to speak of in $name, unless it is only planned", ({ name, isPlanned = false }) => {
    expect(houseFiles.some((file) => placeOf(file)?.zone.name === name)).toBe(!isPlanned);
  });
});

describe("the list of zones", () => {
  it("points only upwards, so that no circle is possible", () => {
    const names = zones.map(({ name }) => name);
    for (const [index, zone] of zones.entries()) {
      expect(names.slice(0, index), zone.name).toEqual(expect.arrayContaining([...zone.mayImport]));
    }
  });

  it("names each zone once", () => {
    expect(new Set(zones.map(({ name }) => name)).size).toBe(zones.length);
  });

  it("allows only packages that are installed for the running program", () => {
    const named = zones.flatMap(({ packages, packagesOfPart = {} }) => [
      ...packages,
      ...Object.values(packagesOfPart).flat(),
    ]);
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining([...new Set(named)]));
  });
});

describe("the folder rules, on examples", () => {
  it.each(rejectedImports)("refuse in $file: $line", ({ file, line, why }) => {
    const reasons = checkBoundaries(file, `\n${line}\n`, exampleTree);
    expect(reasons).toEqual([expect.objectContaining({ file, why: expect.stringContaining(why) })]);
  });

  it.each(acceptedImports)("allow in $file: $line", ({ file, line }) => {
    expect(checkBoundaries(file, `${line}\n`, exampleTree)).toEqual([]);
  });

  it("tell the line", () => {
    const text = `import { a } from "./result.ts";\n\nimport { b } from "#src/design/document.ts";\n`;
    expect(checkBoundaries("src/base/random.ts", text, exampleTree).map(({ line }) => line)).toEqual([3]);
  });
});
