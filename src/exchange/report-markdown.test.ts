import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { markdownTable, plainMarkdown } from "./markdown-text.ts";
import { reportMarkdown } from "./report-markdown.ts";
import { templates } from "./templates/templates.ts";
import { hostileDesign, hostileNames, reportOf, templateDesign } from "./test-designs.ts";
import { readXml } from "./test-xml.ts";

/** What a reader of Markdown makes of an escaped text. */
const shown = (markdown: string) => markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1");

/** Cells of a table row: split at bars that are not escaped. */
const cellsOf = (line: string) => line.slice(1, -1).split(/(?<!(?:^|[^\\])(?:\\\\)*\\)\|/);

function reportFor(design: Design): string {
  return reportMarkdown(design, catalogue, reportOf(design));
}

describe("text in Markdown", () => {
  test("shows as it was written, on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const escaped = plainMarkdown(text);
        expect(escaped).not.toMatch(/[\r\n]/);
        expect(shown(escaped)).toBe(text.replace(/\p{Cc}+/gu, " ").trim());
      }),
    );
  });

  test("every bar, bracket and backtick is escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab|`[]<*\\&#"), maxLength: 30 }), (text) => {
        expect(plainMarkdown(text).replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[|`[\]<*\\&#]/);
      }),
    );
  });

  test.each([
    ["https://evil.example", "https\\://evil.example"],
    ["www.evil.example", "www\\.evil.example"],
    ["- no list", "\\- no list"],
    ["1. no list", "1\\. no list"],
    ["# no heading", "\\# no heading"],
  ])("%s becomes %s", (text, markdown) => {
    expect(plainMarkdown(text)).toBe(markdown);
  });

  test("a table keeps its columns whatever stands in it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom(..."|\\\n`a") }))),
        (rows) => {
          const lines = markdownTable(["One", "Two"], rows);
          expect(lines).toHaveLength(rows.length + 2);
          for (const line of lines) expect(cellsOf(line)).toHaveLength(2);
        },
      ),
    );
  });
});

/** Every table of the report has as many cells in each row as in its head. */
function expectSoundTables(markdown: string): void {
  let columns = 0;
  for (const line of markdown.split("\n")) {
    if (!line.startsWith("|")) columns = 0;
    else if (columns === 0) columns = cellsOf(line).length;
    else expect(cellsOf(line), line).toHaveLength(columns);
  }
}

describe("the report", () => {
  test.each(hostileNames)("of %j has whole tables and no markup from the design", (name) => {
    const markdown = reportFor(hostileDesign(name));
    expectSoundTables(markdown);
    const own = markdown.replace(/!\[(?:\\.|[^\]\\])*\]\(data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+\)/, "");
    expect(own.replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[<>[\]`]|!\[/);
    for (const line of own.split("\n")) expect(line).not.toMatch(/^\s*(?:#{4,}|```|>|={3,}$)/);
  });

  test("shows the drawing without anything outside the text", async () => {
    const markdown = reportFor(await templateDesign("chat"));
    const data = /\(data:image\/svg\+xml;base64,([^)]+)\)/.exec(markdown)?.[1] ?? "";
    const drawing = readXml(Buffer.from(data, "base64").toString("utf8"));
    expect(drawing.map(({ text }) => text)).toContain("Chat service");
  });

  test("answers first: load, targets, what fills up", async () => {
    const design = await templateDesign("url-shortener");
    const [title, , verdict] = reportFor(design).split("\n");
    expect(title).toBe("# URL shortener");
    expect(verdict).toBe(
      "At 1× the declared load (38\u202f200/s), every target is met. It carries **1.84×** the declared load. First to fill up: Redirect API (1.84×), then Click counter (1.84×), then Edge gateway (1.96×).",
    );
  });

  test("says how many targets are missed, and that the load is not carried", async () => {
    const design = await templateDesign("url-shortener");
    const crowded: Design = {
      ...design,
      journeys: new Map([...design.journeys].map(([id, journey]) => [id, { ...journey, ratePerSecond: 100_000 }])),
    };
    const markdown = reportFor(crowded);
    expect(markdown).toContain("2 of 4 targets are missed");
    expect(markdown).toContain("It does **not** carry its declared load");
    expect(markdown.match(/MISSED/g)).toHaveLength(2);
  });

  test("works out the requirements: rates and storage", async () => {
    const markdown = reportFor(await templateDesign("url-shortener"));
    // 100 000 000 × 11 / 86 400 × 3, and 100 000 000 × 500 B × 1825 × 3.
    expect(markdown).toContain("| Peak rate that follows | 38\u202f200/s |");
    expect(markdown).toContain("| Storage that follows | 274\u00a0TB |");
  });

  test.each(templates.map(({ id }) => id))("of the template %s holds every part with its reason", async (id) => {
    const design = await templateDesign(id);
    const markdown = reportFor(design);
    expectSoundTables(markdown);
    for (const { reason } of design.nodes.values()) {
      if (reason !== undefined) expect(markdown).toContain(plainMarkdown(reason));
    }
    expect(markdown).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  test("of an empty design says that nothing is stated", () => {
    const markdown = reportFor(emptyDesign("Nothing yet"));
    expect(markdown).toContain("The design states no targets");
    expect(markdown).toContain("Nothing limits the load");
    expectSoundTables(markdown);
  });
});
