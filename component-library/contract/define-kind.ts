import * as v from "valibot";
import type { ComponentKind, KindDefinition, SettingField } from "./kind.ts";
import { nearestName } from "./nearest-name.ts";
import { readForm } from "./settings.ts";
import type { VisitContext } from "./visit.ts";

interface SettingFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
}

const rawObject = v.custom<Readonly<Record<string, unknown>>>(
  (raw) => typeof raw === "object" && raw !== null && !Array.isArray(raw),
);

/**
 * Closes a kind's definition over the type of its settings. The functions of the result take settings as a file states
 * them, fill in the defaults and throw on settings that `check` finds fault with.
 */
export function defineKind<Schema extends v.GenericSchema<unknown, object>>(
  definition: KindDefinition<Schema>,
): ComponentKind {
  const form = readForm(definition.settings);
  const fields = new Map(form.map((field) => [field.name, field]));

  // Settings of a document are values, never changed in place, and are asked about many times in one analysis.
  const parsedBefore = new WeakMap<object, v.InferOutput<Schema>>();

  function check(raw: unknown): readonly SettingFault[] {
    if (v.is(rawObject, raw) && parsedBefore.has(raw)) return [];
    const stated = v.safeParse(rawObject, raw ?? {});
    if (!stated.success) {
      return [{ path: [], message: `Settings cannot be ${shown(raw)}.`, expected: "an object of settings by name" }];
    }
    const unknown = Object.keys(stated.output)
      .filter((name) => !fields.has(name))
      .map((name) => unknownSetting(name, definition.id, fields));
    const parsed = v.safeParse(definition.settings, stated.output);
    return parsed.success
      ? unknown
      : [...unknown, ...oncePerPath(parsed.issues.map((issue) => faultOf(issue, fields)))];
  }

  function parse(raw: unknown): v.InferOutput<Schema> {
    const stated = v.is(rawObject, raw) ? raw : {};
    const before = parsedBefore.get(stated);
    if (before !== undefined) return before;
    const [fault] = check(raw);
    if (fault !== undefined) {
      throw new Error(`${definition.id}: ${fault.path.join(".")}: ${fault.message} Expected ${fault.expected}.`);
    }
    const parsed = Object.freeze(v.parse(definition.settings, stated));
    parsedBefore.set(stated, parsed);
    return parsed;
  }

  return {
    id: definition.id,
    title: definition.title,
    category: definition.category,
    role: definition.role,
    summary: definition.summary,
    keywords: definition.keywords,
    version: definition.version,
    isContainer: definition.role === "container",
    ...(definition.fixedInstances === undefined ? {} : { fixedInstances: definition.fixedInstances }),
    presets: definition.presets,
    form,
    check,
    resolve: (raw) => Object.freeze({ ...parse(raw) }),
    serving: (raw) => definition.serving?.(parse(raw)) ?? null,
    visit: (raw, context) => definition.visit?.(contextWith(context, parse(raw))) ?? null,
    hitRatio: (raw) => definition.hitRatio?.(parse(raw)) ?? null,
    content: (raw) => definition.content?.(parse(raw)) ?? null,
    hashedKeys: (raw) => definition.hashedKeys?.(parse(raw)) ?? null,
    edges: (raw) => definition.edges?.(parse(raw)) ?? { incomingMode: "synchronous" },
    routing: (raw) => definition.routing?.(parse(raw)) ?? null,
    rateLimit: (raw) => definition.rateLimit?.(parse(raw)) ?? null,
    messageLog: (raw) => definition.messageLog?.(parse(raw)) ?? null,
    quorum: (raw) => definition.quorum?.(parse(raw)) ?? null,
    reliability: (raw) => definition.reliability(parse(raw)),
    caption: (raw) => definition.caption(parse(raw)),
  };
}

/** Methods are passed on one by one: a context may be an instance of a class, whose methods a spread would lose. */
function contextWith<KindSettings>(
  context: Omit<VisitContext<unknown>, "settings">,
  settings: KindSettings,
): VisitContext<KindSettings> {
  return {
    settings,
    operation: context.operation,
    journeyId: context.journeyId,
    outcome: context.outcome,
    hitRatio: context.hitRatio,
    refreshRatio: context.refreshRatio,
    outgoing: context.outgoing,
    serve: (after, parts) =>
      after === undefined && parts === undefined ? context.serve() : context.serve(after, parts),
    callsInOrder: () => context.callsInOrder(),
    routeToOne: (policy) => context.routeToOne(policy),
    askAll: () => context.askAll(),
    callsForOutcome: (hitRatio) => context.callsForOutcome(hitRatio),
    deliver: (to) => context.deliver(to),
    replicate: (synchronous) => context.replicate(synchronous),
    sequence: (...steps) => context.sequence(...steps),
    nothing: () => context.nothing(),
  };
}

function unknownSetting(name: string, kindId: string, fields: ReadonlyMap<string, SettingField>): SettingFault {
  const nearest = nearestName(name, fields.keys());
  const known = [...fields.keys()].join(", ");
  return {
    path: [name],
    message: `There is no setting ${shown(name)} of the kind "${kindId}".`,
    expected: nearest !== null ? `"${nearest}"` : known === "" ? "no settings: this kind has none" : `one of ${known}`,
  };
}

function faultOf(issue: v.BaseIssue<unknown>, fields: ReadonlyMap<string, SettingField>): SettingFault {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  const field = fields.get(String(path[0]));
  // Rules over several settings bring their own words; a rule of one setting speaks through its form.
  if (field === undefined || issue.type === "raw_check") {
    return { path, message: issue.message, expected: issue.expected ?? "settings that fit together" };
  }
  return { path, message: `${field.title} cannot be ${shown(issue.input)}.`, expected: expectationOf(field) };
}

/** A number that breaks two rules at once (not whole and too small) is one fault. */
function oncePerPath(faults: readonly SettingFault[]): readonly SettingFault[] {
  return [...new Map([...faults].reverse().map((fault) => [fault.path.join("."), fault])).values()].reverse();
}

/** What a setting accepts, in words: "a whole number from 1 to 100000 (count)". */
function expectationOf(field: SettingField): string {
  const orNone = field.optional ? ", or null for none" : "";
  switch (field.input) {
    case "choice":
      return `one of ${(field.choices ?? []).map((option) => `"${option.value}"`).join(", ")}`;
    case "switch":
      return "true or false";
    case "text":
      return `a text of at most ${field.maximum ?? 0} characters`;
    case "integer":
    case "number": {
      const number = field.input === "integer" ? "a whole number" : "a number";
      return `${number} from ${field.minimum ?? 0} to ${field.maximum ?? 0} (${field.unit})${orNone}`;
    }
  }
}

function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
