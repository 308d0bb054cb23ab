import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kindDirectory } from "#library/catalogue.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";

const names = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".plimsoll.json"));
const textOf = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

describe("stored designs, which are never edited, read in every release", () => {
  test("there are some", () => {
    expect(names.length).toBeGreaterThanOrEqual(2);
  });

  test.each(names)("%s reads, and prints to a text that reads to the same design and bytes", (name) => {
    const read = readDesignFile(textOf(name), kindDirectory);
    if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 2));
    const printed = printDesignFile(read.value);
    expect(readDesignFile(printed, kindDirectory)).toEqual(read);
    // Nothing of a file of the current version is lost or added on the way.
    expect(JSON.parse(printed)).toEqual({ name: "Untitled design", ...JSON.parse(textOf(name)) });
  });

  test("the order of the tables is that of the file", () => {
    const read = readDesignFile(textOf("v1-url-shortener.plimsoll.json"), kindDirectory);
    if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 2));
    expect([...read.value.nodes.keys()]).toEqual(["browser", "zone-a", "api", "cache", "db.primary"]);
    expect([...read.value.edges.keys()]).toEqual(["e1", "e2", "e3"]);
  });
});
