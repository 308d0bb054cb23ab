import type { ComponentKind, SettingField } from "./kind.ts";
import { recordVisit } from "./recording-visit.ts";
import { serviceTimeMs } from "./serving.ts";

/** A folder of the component library as the suite sees it. */
export interface KindFolder {
  readonly name: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
  readonly readme: string;
  readonly icon: string;
  /** The icon as the view draws it, as markup. */
  readonly drawnIcon: string;
  readonly kind: ComponentKind;
}

export interface ConformanceRule {
  readonly name: string;
  /** What is wrong, one sentence a fault; empty when the folder conforms. */
  readonly faults: (folder: KindFolder) => readonly string[];
}

const rule = (name: string, faults: ConformanceRule["faults"]): ConformanceRule => ({ name, faults });

/** What every kind must hold. Each rule has an example that it must reject in `fixtures/bad-kind.ts`. */
export const conformanceRules: readonly ConformanceRule[] = [
  rule("has the files that every kind has", ({ name, files, kind }) => {
    const required = ["README.md", "definition.ts", "settings.ts", "view.tsx", "icon.svg", `${name}.test.ts`];
    if (!kind.isContainer) required.push("behaviour.ts");
    return required.filter((file) => !files.includes(file)).map((file) => `${file} is missing.`);
  }),

  rule("is named as its folder", ({ name, kind }) => (kind.id === name ? [] : [`The id is "${kind.id}".`])),

  rule("introduces itself", ({ kind }) => [
    ...(kind.title === "" ? ["No title."] : []),
    ...(/^[A-Z].*\.$/.test(kind.summary) ? [] : ["The summary is not a sentence."]),
    ...(kind.keywords.length > 0 ? [] : ["No keywords."]),
    ...statedSettings(kind).flatMap((raw) => (kind.caption(raw).trim() === "" ? ["An empty caption."] : [])),
  ]),

  rule("has defaults that parse and survive JSON", ({ kind }) => {
    const defaults = kind.resolve({});
    const throughJson: unknown = JSON.parse(JSON.stringify(defaults));
    const again = kind.check(throughJson);
    if (again.length > 0) return again.map((fault) => fault.message);
    const resolvedAgain = kind.resolve(throughJson);
    return Object.keys({ ...defaults, ...resolvedAgain })
      .filter((name) => !Object.is(defaults[name], resolvedAgain[name]))
      .map((name) => `The default of ${name} changes on its way through JSON.`);
  }),

  rule("describes every setting", ({ kind }) => {
    const defaults = kind.resolve({});
    const names = new Set(kind.form.map((field) => field.name));
    return [
      ...Object.keys(defaults)
        .filter((name) => !names.has(name))
        .map((name) => `${name} is not in the form.`),
      ...kind.form.flatMap((field) => fieldFaults(field, defaults)),
    ];
  }),

  rule("has presets that parse, each with a name of its own", ({ kind }) => [
    ...(new Set(kind.presets.map((preset) => preset.title)).size === kind.presets.length
      ? []
      : ["A title comes twice."]),
    ...kind.presets.flatMap((preset) =>
      kind.check(preset.settings).map((fault) => `${preset.title}: ${fault.path.join(".")}: ${fault.message}`),
    ),
  ]),

  rule("serves in finite time, never shorter than its service time", ({ kind }) =>
    statedSettings(kind).flatMap((raw) => servingFaults(kind, raw)),
  ),

  rule("says what a visit does, as its role demands", ({ kind }) =>
    statedSettings(kind).flatMap((raw) => [...visitFaults(kind, raw, "read"), ...visitFaults(kind, raw, "write")]),
  ),

  rule("has a hit ratio if it is a cache, and a routing if it is a router", ({ kind }) =>
    statedSettings(kind).flatMap((raw) => {
      const ratio = kind.hitRatio(raw);
      const inRange = ratio !== null && ratio >= 0 && ratio <= 1;
      return [
        ...((kind.role === "cache") === inRange && (kind.role === "cache" || ratio === null)
          ? []
          : [`Hit ratio ${ratio}.`]),
        ...((kind.role === "router") === (kind.routing(raw) !== null) ? [] : ["Routing does not fit the role."]),
      ];
    }),
  ),

  rule("states how it fails, with a source", ({ kind }) =>
    statedSettings(kind).flatMap((raw) => {
      const { mtbfHours, mttrMinutes, units, unitsNeeded, source } = kind.reliability(raw);
      const availability = mtbfHours / (mtbfHours + mttrMinutes / 60);
      return [
        ...(availability > 0 && availability <= 1 ? [] : [`Availability ${availability}.`]),
        ...(unitsNeeded >= 1 && units >= unitsNeeded ? [] : [`${unitsNeeded} of ${units} units.`]),
        ...(source === "" ? ["No source."] : []),
      ];
    }),
  ),

  rule("explains itself on its page and names every setting there", ({ readme, kind }) => [
    ...["## What is computed", "## Settings", "## Assumptions and limits", "## Sources"]
      .filter((heading) => !readme.includes(`\n${heading}\n`))
      .map((heading) => `The page lacks "${heading}".`),
    ...kind.form
      .filter((field) => !readme.includes(`\`${field.name}\``))
      .map((field) => `The page does not name ${field.name}.`),
  ]),

  rule("has a plain icon that its view draws whole", ({ icon, drawnIcon }) => iconFaults(icon, drawnIcon)),

  rule("finds fault with bad values and says where and what was expected", ({ kind }) => [
    ...kind.form.flatMap((field) => badValuesOf(field).flatMap((bad) => faultFaults(kind, field, bad))),
    ...(kind.check("text").length > 0 && kind.check([]).length > 0 ? [] : ["Accepts settings that are no object."]),
  ]),

  rule("suggests the nearest setting for a misspelt one", ({ kind }) => {
    const unknown = kind.check({ notASettingOfAnyKind: 1 });
    return [
      ...(unknown.length === 1 && unknown[0]?.path[0] === "notASettingOfAnyKind"
        ? []
        : ["Accepts an unknown setting."]),
      ...kind.form.flatMap((field) =>
        kind.check({ [`${field.name}x`]: 1 })[0]?.expected === `"${field.name}"`
          ? []
          : [`${field.name}x does not lead to ${field.name}.`],
      ),
    ];
  }),
];

function statedSettings(kind: ComponentKind): readonly unknown[] {
  return [{}, ...kind.presets.map((preset) => preset.settings)];
}

const unitOfEnding: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Ms$/, "ms"],
  [/PerSecond$/, "per second"],
  [/Bytes$/, "bytes"],
  [/Hours$/, "hours"],
  [/Minutes$/, "minutes"],
  [/Ratio$/, "ratio"],
];

function fieldFaults(field: SettingField, defaults: Readonly<Record<string, unknown>>): readonly string[] {
  const numeric = field.input === "number" || field.input === "integer";
  const wanted = unitOfEnding.find(([ending]) => ending.test(field.name))?.[1];
  const { defaultValue, minimum, maximum, name } = field;
  return [
    ...(field.title === "" || field.help === "" || field.group === "" ? [`${name} lacks words.`] : []),
    ...(field.source.text === "" ? [`${name} lacks a source.`] : []),
    ...(numeric === (field.unit !== "") ? [] : [`${name} has the unit "${field.unit}".`]),
    ...(wanted === undefined || wanted === field.unit ? [] : [`${name} should be in ${wanted}.`]),
    ...(Object.hasOwn(defaults, name) && defaults[name] === defaultValue
      ? []
      : [`The form shows another default of ${name}.`]),
    ...(numeric && (minimum === undefined || maximum === undefined) ? [`${name} has no range.`] : []),
    ...(numeric && !field.optional && defaultValue === null ? [`${name} has no default.`] : []),
    ...(field.input === "choice" && (field.choices ?? []).length < 2 ? [`${name} leaves no choice.`] : []),
  ];
}

function servingFaults(kind: ComponentKind, raw: unknown): readonly string[] {
  const serving = kind.serving(raw);
  const servesNothing = kind.role === "container" || kind.role === "source";
  if (serving === null) return servesNothing ? [] : ["Serves nothing."];
  if (servesNothing) return ["Serves, though its role does not."];
  const positive = [serving.instances, serving.concurrency, serving.capacityPerSecond, serving.mtbfHours];
  const others = [serving.latencyMs, serving.variability, serving.mttrMinutes, serving.queueLimit ?? 0];
  return [
    ...(positive.every((amount) => Number.isFinite(amount) && amount > 0)
      ? []
      : ["Something that must be positive is not."]),
    ...(others.every((amount) => Number.isFinite(amount) && amount >= 0)
      ? []
      : ["Something is negative or not finite."]),
    ...(serving.latencyMs >= serviceTimeMs(serving) * (1 - 1e-9)
      ? []
      : ["The latency is shorter than the service time."]),
  ];
}

function visitFaults(kind: ComponentKind, raw: unknown, operation: "read" | "write"): readonly string[] {
  const visit = recordVisit(kind, raw, { operation });
  if (kind.role === "container") return visit === null ? [] : ["A container is visited."];
  if (visit === null) return [`A ${operation} does nothing.`];
  const demands: readonly string[] = {
    source: ["calls in order"],
    server: ["serve(", "calls in order"],
    external: ["serve(", "calls in order"],
    router: ["serve(", "route "],
    cache: operation === "read" ? ["serve(", "calls by outcome"] : ["serve("],
    store: operation === "read" ? ["serve(", "calls in order"] : ["serve(", "replicate"],
    replica: operation === "read" ? ["serve(", "calls in order"] : ["serve(", "replicate"],
    broker: ["serve()", "deliver "],
  }[kind.role];
  return demands
    .filter((part) => !visit.includes(part))
    .map((part) => `A ${operation} is "${visit}", without "${part}".`);
}

const shapes = ["path", "circle", "rect", "line", "polyline", "ellipse"];

function iconFaults(icon: string, drawnIcon: string): readonly string[] {
  const elements = [...icon.matchAll(/<\s*([a-zA-Z:!?]+)/g)].map((match) => match[1] ?? "");
  const drawn = elements.filter((element) => shapes.includes(element)).length;
  const drawnByView = [...drawnIcon.matchAll(/<([a-z]+)/g)].filter((match) => shapes.includes(match[1] ?? "")).length;
  return [
    ...(icon.startsWith("<svg ") && icon.includes('viewBox="0 0 24 24"') ? [] : ["The icon is not an svg of 24 × 24."]),
    ...(icon.includes('stroke="currentColor"') && icon.includes('stroke-width="1.75"')
      ? []
      : ["The strokes are not the usual ones."]),
    ...elements
      .filter((element) => element !== "svg" && element !== "title" && !shapes.includes(element))
      .map((element) => `The icon holds <${element}>.`),
    ...(/\son[a-z]+\s*=|href|url\(|javascript:|data:|<!/i.test(icon)
      ? ["The icon refers to something or runs something."]
      : []),
    ...(drawn > 0 && drawn <= 8 ? [] : [`The icon has ${drawn} shapes.`]),
    ...(drawn === drawnByView ? [] : [`The view draws ${drawnByView} of ${drawn} shapes.`]),
  ];
}

/** Values that a field must refuse. */
function badValuesOf(field: SettingField): readonly unknown[] {
  switch (field.input) {
    case "number":
    case "integer":
      return [
        "many",
        true,
        [],
        Number.NaN,
        Number.POSITIVE_INFINITY,
        (field.minimum ?? 0) - 1,
        (field.maximum ?? 0) * 2 + 1,
        ...(field.input === "integer" ? [(field.minimum ?? 0) + 0.5] : []),
        ...(field.optional ? [] : [null]),
      ];
    case "choice":
      return ["none of these", 1, null];
    case "switch":
      return ["yes", 1, null];
    case "text":
      return [7, null, "x".repeat((field.maximum ?? 0) + 1)];
  }
}

function faultFaults(kind: ComponentKind, field: SettingField, bad: unknown): readonly string[] {
  const found = kind.check({ [field.name]: bad }).filter((fault) => fault.path[0] === field.name);
  const [fault] = found;
  if (fault === undefined) return [`${field.name} accepts ${String(bad)}.`];
  return [
    ...(found.length === 1 ? [] : [`${field.name}: ${found.length} faults for one value.`]),
    ...(fault.message.includes(field.title) ? [] : [`${field.name}: the message does not name the setting.`]),
    ...(fault.expected === "" ? [`${field.name}: it is not said what was expected.`] : []),
  ];
}
