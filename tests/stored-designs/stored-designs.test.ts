import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";

const names = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".plimsoll.json"));
const textOf = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

/** Takes any kind and setting: what kinds accept is theirs to keep stable; here it is the file that must stay readable. */
const anyKind: KindDirectory = {
  has: () => true,
  isContainer: (kind) => kind === "availability-zone",
  suggest: () => null,
  checkSettings: () => [],
  known: () => [],
};

describe("stored designs, which are never edited, read in every release", () => {
  test("there are some", () => {
    expect(names.length).toBeGreaterThanOrEqual(2);
  });

  test.each(names)("%s reads, and prints to a text that reads to the same design and bytes", (name) => {
    const read = readDesignFile(textOf(name), anyKind);
    if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 2));
    const printed = printDesignFile(read.value);
    expect(readDesignFile(printed, anyKind)).toEqual(read);
    // Nothing of a file of the current version is lost or added on the way.
    expect(JSON.parse(printed)).toEqual({ name: "Untitled design", ...JSON.parse(textOf(name)) });
  });

  test("the order of the tables is that of the file", () => {
    const read = readDesignFile(textOf("v1-url-shortener.plimsoll.json"), anyKind);
    if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 2));
    expect([...read.value.nodes.keys()]).toEqual(["browser", "zone-a", "api", "cache", "db.primary"]);
    expect([...read.value.edges.keys()]).toEqual(["e1", "e2", "e3"]);
  });
});
