import * as v from "valibot";
import type { SettingField, SettingSource, Unit } from "./kind.ts";

/** What every setting says about itself, whatever its input. */
interface Description {
  readonly title: string;
  readonly help: string;
  readonly source: SettingSource;
  /** Heading of the form under which it stands. */
  readonly group?: string;
  /** Folded away unless changed. */
  readonly advanced?: boolean;
}

interface QuantityDescription extends Description {
  readonly unit: Exclude<Unit, "">;
  /** Inclusive. */
  readonly minimum: number;
  /** Inclusive. */
  readonly maximum: number;
  /** Only whole numbers. */
  readonly integer?: boolean;
}

type FieldDescription = Omit<SettingField, "name">;

const defaultGroup = "Settings";

/** The source of a setting whose default follows from what the words mean, not from a measurement. */
export const byDefinition: SettingSource = {
  text: "Follows from the meaning of the setting.",
  confidence: "definition",
};

export function estimate(text: string): SettingSource {
  return { text, confidence: "estimate", date: "2026-11" };
}

export function published(text: string, confidence: "vendor" | "secondary", date?: string): SettingSource {
  return date === undefined ? { text, confidence } : { text, confidence, date };
}

function numberWithin({ minimum, maximum, integer }: QuantityDescription) {
  return v.pipe(
    v.number(),
    v.finite(),
    v.minValue(minimum),
    v.maxValue(maximum),
    v.check((amount) => integer !== true || Number.isInteger(amount)),
  );
}

function quantityField(
  description: QuantityDescription,
  defaultValue: number | null,
  optional: boolean,
): FieldDescription {
  return {
    title: description.title,
    help: description.help,
    unit: description.unit,
    input: description.integer === true ? "integer" : "number",
    defaultValue,
    optional,
    minimum: description.minimum,
    maximum: description.maximum,
    source: description.source,
    advanced: description.advanced ?? false,
    group: description.group ?? defaultGroup,
  };
}

/** A number with a unit; the default holds when the file does not state it. */
export function quantity(description: QuantityDescription & { readonly default: number }) {
  return v.pipe(
    v.optional(numberWithin(description), description.default),
    v.metadata({ field: quantityField(description, description.default, false) }),
  );
}

/** A number with a unit, or none (`null`), which is the default. */
export function optionalQuantity(description: QuantityDescription) {
  return v.pipe(
    v.optional(v.nullable(numberWithin(description)), null),
    v.metadata({ field: quantityField(description, null, true) }),
  );
}

/**
 * A number whose default depends on other settings: `undefined` when the file does not state it, for the schema around it to
 * fill in. `usually` is the value it takes when nothing else is stated; with `orNone`, `null` may be stated.
 */
export function derivedQuantity(
  description: QuantityDescription & { readonly usually: number; readonly orNone?: false },
) {
  return v.pipe(
    v.optional(numberWithin(description)),
    v.metadata({ field: quantityField(description, description.usually, false) }),
  );
}

/** As `derivedQuantity`, where `null` may be stated as well. */
export function derivedQuantityOrNone(description: QuantityDescription & { readonly usually: number }) {
  return v.pipe(
    v.optional(v.nullable(numberWithin(description))),
    v.metadata({ field: quantityField(description, description.usually, true) }),
  );
}

/** One of a few words. */
export function choice<const Value extends string>(
  description: Description & {
    readonly choices: readonly { readonly value: Value; readonly title: string }[];
    readonly default: NoInfer<Value>;
  },
) {
  const { choices, title, help, source, group, advanced } = description;
  const field: FieldDescription = {
    title,
    help,
    unit: "",
    input: "choice",
    defaultValue: description.default,
    optional: false,
    choices,
    source,
    advanced: advanced ?? false,
    group: group ?? defaultGroup,
  };
  return v.pipe(
    v.optional(v.picklist<readonly Value[]>(choices.map((option) => option.value)), () => description.default),
    v.metadata({ field }),
  );
}

/** Yes or no. */
export function toggle(description: Description & { readonly default: boolean }) {
  const { title, help, source, group, advanced } = description;
  const field: FieldDescription = {
    title,
    help,
    unit: "",
    input: "switch",
    defaultValue: description.default,
    optional: false,
    source,
    advanced: advanced ?? false,
    group: group ?? defaultGroup,
  };
  return v.pipe(v.optional(v.boolean(), description.default), v.metadata({ field }));
}

const longestText = 200;

/** A short free text. */
export function text(description: Description & { readonly default: string }) {
  const { title, help, source, group, advanced } = description;
  const field: FieldDescription = {
    title,
    help,
    unit: "",
    input: "text",
    defaultValue: description.default,
    optional: false,
    maximum: longestText,
    source,
    advanced: advanced ?? false,
    group: group ?? defaultGroup,
  };
  return v.pipe(v.optional(v.pipe(v.string(), v.maxLength(longestText)), description.default), v.metadata({ field }));
}

/** Numbers of 0 or more with commas between them, not all 0, or nothing. */
export function weights(description: Description) {
  const { title, help, source, group, advanced } = description;
  const field: FieldDescription = {
    title,
    help,
    unit: "",
    input: "text",
    defaultValue: "",
    optional: false,
    maximum: longestText,
    source,
    advanced: advanced ?? false,
    group: group ?? defaultGroup,
  };
  return v.pipe(
    v.optional(
      v.pipe(
        v.string(),
        v.maxLength(longestText),
        v.rawCheck(({ dataset, addIssue }) => {
          if (!dataset.typed || isWeights(dataset.value)) return;
          addIssue({
            message: `${title} cannot be "${dataset.value}".`,
            expected: "numbers from 0 to 1000000 with commas between them, not all 0, or an empty text",
          });
        }),
      ),
      "",
    ),
    v.metadata({ field }),
  );
}

/** The weights of a list in text; empty for an empty text. */
export function weightsOf(list: string): readonly number[] {
  return list.trim() === "" ? [] : list.split(",").map(Number);
}

function isWeights(list: string): boolean {
  if (list.trim() === "") return true;
  const numbers = weightsOf(list);
  const inRange = numbers.every((weight) => weight >= 0 && weight <= 1e6);
  return inRange && list.split(",").every((part) => part.trim() !== "") && numbers.some((weight) => weight > 0);
}

const fieldShape = v.object({
  title: v.string(),
  help: v.string(),
  unit: v.picklist(["", "ms", "per second", "ratio", "bytes", "hours", "minutes", "count", "days", "factor"]),
  input: v.picklist(["number", "integer", "choice", "switch", "text"]),
  defaultValue: v.unknown(),
  optional: v.boolean(),
  minimum: v.exactOptional(v.number()),
  maximum: v.exactOptional(v.number()),
  choices: v.exactOptional(v.array(v.object({ value: v.string(), title: v.string() }))),
  source: v.object({
    text: v.string(),
    confidence: v.picklist(["vendor", "secondary", "estimate", "definition"]),
    date: v.exactOptional(v.string()),
  }),
  advanced: v.boolean(),
  group: v.string(),
});

/**
 * The form of a settings schema, in the order of its entries. A schema is an object, an intersection of schemas, or a pipe
 * that starts with one. Throws when an entry was not made by a helper of this file, so that no setting lacks its words.
 */
export function readForm(schema: v.GenericSchema): readonly SettingField[] {
  return [...entriesOf(schema)].map(([name, entry]) => {
    const field = v.safeParse(fieldShape, v.getMetadata(entry)["field"]);
    if (!field.success) throw new Error(`Setting "${name}" does not describe itself.`);
    return { name, ...field.output };
  });
}

const objectShape = v.object({ entries: v.record(v.string(), v.custom<v.GenericSchema>(isSchema)) });
const intersectionShape = v.object({
  type: v.literal("intersect"),
  options: v.array(v.custom<v.GenericSchema>(isSchema)),
});

function isSchema(candidate: unknown): boolean {
  return typeof candidate === "object" && candidate !== null && "kind" in candidate && candidate.kind === "schema";
}

/** A pipe carries the properties of the schema that it starts with, so it needs no case of its own. */
function entriesOf(schema: v.GenericSchema): ReadonlyMap<string, v.GenericSchema> {
  const intersection = v.safeParse(intersectionShape, schema);
  if (intersection.success) return new Map(intersection.output.options.flatMap((option) => [...entriesOf(option)]));
  const object = v.safeParse(objectShape, schema);
  if (!object.success) throw new Error("Settings must be an object schema or an intersection of such.");
  return new Map(Object.entries(object.output.entries));
}
