import { currentVersion, designFileSchema } from "../design-schema.ts";
import type { Design, JsonValue, Table } from "../document.ts";
import { isPlainRecord } from "../json-value.ts";
import { canonical } from "./canonical.ts";
import { printJson } from "./print-json.ts";

/** The root and its tables are always broken into lines; a record only when it does not fit on one. */
const openLevels = 2;

/**
 * The canonical text of a design: equal designs print to equal bytes. Keys stand in the order of the schema, open-ended
 * settings by name; optional fields that are absent stay absent, and empty tables are left out.
 */
export function printDesignFile(design: Design): string {
  return printJson(designToValue(design), openLevels);
}

/** A design as plain data in the shape of the file: can be stored and posted, and is read back by `readDesignValue`. */
function designToValue(design: Design): Readonly<Record<string, JsonValue>> {
  const value = canonical(
    {
      format: "plimsoll",
      version: currentVersion,
      name: design.name,
      ...(Object.keys(design.requirements).length === 0 ? {} : { requirements: design.requirements }),
      ...rows("journeys", design.journeys),
      ...rows("nodes", design.nodes),
      ...rows("edges", design.edges),
      ...rows("annotations", design.annotations),
      ...rows("scenarios", design.scenarios),
      ...rows("decisions", design.decisions),
    },
    designFileSchema,
  );
  if (!isPlainRecord(value)) throw new Error("A design does not print as an object");
  return value;
}

function rows(name: string, table: Table<object>): Record<string, object[]> {
  return table.size === 0 ? {} : { [name]: [...table.values()] };
}
