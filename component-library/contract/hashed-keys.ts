import * as v from "valibot";
import type { KeySpread } from "./kind.ts";
import { byDefinition, optionalQuantity } from "./settings.ts";

/** For kinds that spread keys by a hash: how unequal the keys are. Not used unless `keySkew` is stated. */
export function hashedKeysSettings(what: string) {
  return v.pipe(
    v.object({
      keys: optionalQuantity({
        title: "Number of keys",
        unit: "count",
        minimum: 1,
        maximum: 1e15,
        integer: true,
        help: `Different keys that are spread over ${what}. With the skew of their popularity.`,
        source: byDefinition,
        group: "Keys",
        advanced: true,
      }),
      keySkew: optionalQuantity({
        title: "Skew of the keys",
        unit: "factor",
        minimum: 0,
        maximum: 10,
        help: `Exponent of Zipf's law for the popularity of the keys. The shares of ${what} then follow from a hash: one holds the hottest key and sets the largest load. None: equal shares.`,
        source: byDefinition,
        group: "Keys",
        advanced: true,
      }),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed || dataset.value.keySkew === null || dataset.value.keys !== null) return;
      addIssue({
        message: "The skew of the keys is stated, but not how many there are.",
        expected: "keys, the number of different keys",
        path: [{ type: "object", origin: "value", input: dataset.value, key: "keySkew", value: dataset.value.keySkew }],
      });
    }),
  );
}

/** Null where no skew is stated. */
export function keySpreadOf(
  { keys, keySkew }: { readonly keys: number | null; readonly keySkew: number | null },
  pointsPerTarget: number | null,
): KeySpread | null {
  return keySkew === null || keys === null ? null : { keyCount: keys, skew: keySkew, pointsPerTarget };
}
