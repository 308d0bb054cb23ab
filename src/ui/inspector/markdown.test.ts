import { expect, test } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { loadKindPage } from "#library/views.ts";
import { readInline, readMarkdown } from "./markdown.ts";

test("headings, paragraphs over several lines, lists, code and tables are told apart", () => {
  const blocks = readMarkdown(
    [
      "# Title",
      "",
      "One line",
      "and its end.",
      "- first",
      "  goes on",
      "- second",
      "",
      "```",
      "a | b",
      "```",
      "| head | other |",
      "|---|--:|",
      "| `x` | 1 |",
    ].join("\n"),
  );
  expect(blocks).toEqual([
    { type: "heading", level: 1, content: [{ type: "text", text: "Title" }] },
    { type: "paragraph", content: [{ type: "text", text: "One line and its end." }] },
    {
      type: "list",
      ordered: false,
      items: [[{ type: "text", text: "first goes on" }], [{ type: "text", text: "second" }]],
    },
    { type: "code", text: "a | b" },
    {
      type: "table",
      head: [[{ type: "text", text: "head" }], [{ type: "text", text: "other" }]],
      rows: [[[{ type: "code", text: "x" }], [{ type: "text", text: "1" }]]],
    },
  ]);
});

test("markup and links that are not to the web stay text", () => {
  expect(readInline("<img src=x onerror=alert(1)>")).toEqual([{ type: "text", text: "<img src=x onerror=alert(1)>" }]);
  expect(readInline("[x](javascript:alert(1))").every((part) => part.type === "text")).toBe(true);
  expect(readInline("see [the paper](https://example.org/a) **now**")).toEqual([
    { type: "text", text: "see " },
    { type: "link", text: "the paper", href: "https://example.org/a" },
    { type: "text", text: " " },
    { type: "strong", text: "now" },
  ]);
});

test("an unclosed fence and a stray rule end with the text", () => {
  expect(readMarkdown("```\ncode")).toEqual([{ type: "code", text: "code" }]);
  expect(readMarkdown("|---|")).toEqual([{ type: "paragraph", content: [{ type: "text", text: "|---|" }] }]);
  expect(readMarkdown("")).toEqual([]);
});

test.each([...catalogue.keys()])("the page of %s is read without leaving marks behind", async (id) => {
  const page = await loadKindPage(id);
  if (page === null) throw new Error(`${id} has no page`);
  const blocks = readMarkdown(page);
  expect(blocks.filter((block) => block.type === "heading").length).toBeGreaterThan(1);
  const loose = blocks.flatMap((block) => (block.type === "paragraph" ? block.content : []));
  expect(loose.filter((part) => part.type === "text" && /^#|\*\*|`|^\|/.test(part.text))).toEqual([]);
});
