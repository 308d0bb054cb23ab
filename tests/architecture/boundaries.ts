import { findImports, resolveImport, type Target } from "./imports.ts";
import { isTest, nodeZones, type Place, placeOf, testPackages, zones } from "./zones.ts";

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** What may be imported from anywhere besides the zones. */
const manifest = "package.json";

/** Every import of one file that the folder rules refuse. `files` are all paths of the tree that the imports are looked up in. */
export function checkBoundaries(file: string, text: string, files: ReadonlySet<string>): readonly Violation[] {
  const place = placeOf(file);
  if (place === null) return [{ file, line: 1, why: "belongs to no zone of tests/architecture/zones.ts" }];
  return findImports(file, text).flatMap((found) =>
    resolveImport(file, found, files).flatMap((target) => {
      const why = judge(file, place, target);
      return why === null ? [] : [{ file, line: found.line, why: `${found.specifier ?? "import"}: ${why}` }];
    }),
  );
}

function judge(file: string, place: Place, target: Target): string | null {
  if (target.to === "nowhere") return target.why;
  if (target.to === "package") return judgePackage(file, place, target.name);
  if (target.path === manifest)
    return nodeZones.includes(place.zone.name) || isTest(file) ? null : "is not for this zone";
  if (file.endsWith(".html") && target.path.startsWith("public/")) return null;
  const other = placeOf(target.path);
  if (other === null) return isTest(file) && target.path.startsWith("tests/") ? null : "leaves the house";
  return judgeZones(file, place, other) ?? judgeParts(place, other) ?? judgeTestImport(file, target.path);
}

function judgePackage(file: string, { zone, part }: Place, name: string): string | null {
  const ofPart = part === null ? [] : (zone.packagesOfPart?.[part] ?? []);
  if (zone.packages.includes(name) || ofPart.includes(name)) return null;
  if (isTest(file) && (testPackages.includes(name) || name.startsWith("node:"))) return null;
  if (nodeZones.includes(zone.name) && name.startsWith("node:")) return null;
  return `${zone.name} may not use the package ${name}`;
}

function judgeZones(file: string, { zone }: Place, { zone: other }: Place): string | null {
  if (zone === other || zone.mayImport.includes(other.name)) return null;
  const isAbove = zones.indexOf(other) < zones.indexOf(zone);
  if (isTest(file) && (isAbove || zone.testsMayImport?.includes(other.name))) return null;
  return `${zone.name} may not import ${other.name}`;
}

function judgeParts({ zone, part }: Place, { zone: other, part: otherPart }: Place): string | null {
  const isSibling =
    zone.family !== undefined &&
    zone.family === other.family &&
    part !== null &&
    otherPart !== null &&
    part !== otherPart;
  return isSibling ? `${part} and ${otherPart} are siblings among the ${zone.family}` : null;
}

function judgeTestImport(file: string, target: string): string | null {
  return isTest(target) && !isTest(file) ? "is a test" : null;
}
