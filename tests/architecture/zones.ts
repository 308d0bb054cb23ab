/** A part of the house: which files belong to it and what they may import. */
export interface Zone {
  readonly name: string;
  /** Paths from the checkout. A first group, where there is one, names the part: one kind, one adapter, one part of the screen. */
  readonly files: RegExp;
  /** Zones of one family hold the same parts, and no part may import another. */
  readonly family?: string;
  /** Zones that stand above this one, by name. Every zone may import itself. */
  readonly mayImport: readonly string[];
  readonly packages: readonly string[];
  /** Packages that one part alone may use. */
  readonly packagesOfPart?: Readonly<Record<string, readonly string[]>>;
  /** Zones below that its tests may look at. */
  readonly testsMayImport?: readonly string[];
  /** No browser, no Node, no clock, no chance: the same input gives the same output on every machine. */
  readonly isPure: boolean;
  /** Has a place in the house and no files yet; to be taken off with the first file. */
  readonly isPlanned?: boolean;
}

const meaning = ["base", "design", "analysis", "contract"] as const;
const engine = [...meaning, "catalogue", "compile", "insights"] as const;
const everythingPure = [...engine, "exchange", "interview"] as const;
const widgets = ["react", "react-dom", "radix-ui", "cmdk", "lucide-react", "uplot"] as const;

/**
 * The folder rules. A zone imports only zones that stand above it in this list, and of those only the ones that it names,
 * so that no circle between folders is possible.
 */
export const zones: readonly Zone[] = [
  { name: "base", files: /^src\/base\//, mayImport: [], packages: [], isPure: true },
  { name: "design", files: /^src\/design\//, mayImport: ["base"], packages: ["jsonc-parser", "valibot"], isPure: true },
  { name: "analysis", files: /^src\/analysis\//, mayImport: ["base"], packages: [], isPure: true },
  {
    name: "contract",
    files: /^component-library\/contract\/.*(?<!\.tsx)$/,
    mayImport: ["base", "design", "analysis"],
    packages: ["valibot"],
    testsMayImport: ["kind", "catalogue", "compile", "view"],
    isPure: true,
  },
  {
    name: "kind",
    files: /^component-library\/(?!contract\/)([^/]+)\/.*\.(?:ts|md|svg|json)$/,
    family: "kinds",
    mayImport: meaning,
    packages: ["valibot"],
    testsMayImport: ["catalogue", "compile"],
    isPure: true,
  },
  {
    name: "catalogue",
    files: /^component-library\/(?:catalogue|icons)\.(?:test\.)?ts$/,
    mayImport: ["contract", "kind"],
    packages: [],
    isPure: true,
  },
  {
    name: "compile",
    files: /^src\/compile\//,
    mayImport: meaning,
    packages: [],
    testsMayImport: ["insights"],
    isPure: true,
  },
  {
    name: "insights",
    files: /^src\/insights\//,
    mayImport: [...meaning, "catalogue", "compile"],
    packages: [],
    isPure: true,
  },
  {
    name: "exchange",
    files: /^src\/exchange\//,
    mayImport: engine,
    packages: ["fflate", "jsonc-parser", "valibot"],
    isPure: true,
  },
  {
    name: "interview",
    files: /^src\/interview\//,
    mayImport: engine,
    packages: ["valibot"],
    isPure: true,
    isPlanned: true,
  },
  { name: "session", files: /^src\/session\//, mayImport: everythingPure, packages: ["zustand"], isPure: false },
  { name: "adapters-shared", files: /^src\/adapters\/[^/]+$/, mayImport: ["base"], packages: [], isPure: false },
  {
    name: "adapters",
    files: /^src\/adapters\/([^/]+)\//,
    family: "adapters",
    mayImport: [...everythingPure, "session", "adapters-shared"],
    packages: ["valibot"],
    packagesOfPart: { storage: ["dexie"], layout: ["elkjs"] },
    isPure: false,
  },
  {
    name: "ui-kit",
    files: /^src\/ui\/kit\//,
    mayImport: ["base"],
    packages: [...widgets, "@fontsource-variable/inter"],
    isPure: false,
  },
  {
    name: "view",
    files: /^component-library\/(?:contract\/.*\.tsx|(?!contract\/)([^/]+)\/.*\.(?:tsx|css)|views\.ts)$/,
    family: "kinds",
    mayImport: ["base", "analysis", "contract", "kind", "ui-kit"],
    packages: ["react"],
    isPure: false,
  },
  {
    name: "ui-shared",
    files: /^src\/ui\/[^/]+$/,
    mayImport: [...everythingPure, "session", "ui-kit", "view"],
    packages: [...widgets, "zustand"],
    isPure: false,
  },
  {
    name: "ui",
    files: /^src\/ui\/([^/]+)\//,
    family: "parts of the screen",
    mayImport: [...everythingPure, "session", "ui-kit", "view", "ui-shared"],
    packages: [...widgets, "zustand"],
    packagesOfPart: { canvas: ["@xyflow/react"] },
    isPure: false,
  },
  { name: "cli", files: /^src\/cli\//, mayImport: everythingPure, packages: ["commander", "elkjs"], isPure: false },
  {
    name: "app",
    files: /^src\/(?:app\/|[^/]+\.html$)/,
    mayImport: [...everythingPure, "session", "adapters-shared", "adapters", "ui-kit", "view", "ui-shared", "ui"],
    packages: ["react", "react-dom", "@fontsource-variable/inter"],
    isPure: false,
  },
];

/** What tests use besides; they may also import every zone above their own, and Node. */
export const testPackages: readonly string[] = [
  "vitest",
  "fast-check",
  "fake-indexeddb",
  "react",
  "react-dom",
  "valibot",
];

/** Zones that are programs on Node. */
export const nodeZones: readonly string[] = ["cli"];

export interface Place {
  readonly zone: Zone;
  readonly part: string | null;
}

/** The zone that a file belongs to; null for a file outside the house (tests, configuration). */
export function placeOf(path: string): Place | null {
  for (const zone of zones) {
    const match = zone.files.exec(path);
    if (match) return { zone, part: match[1] ?? null };
  }
  return null;
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
