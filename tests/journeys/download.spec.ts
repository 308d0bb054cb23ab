import { type Chunk, closureOf, pathsInPage, readChunks } from "./support/chunks.ts";
import { expect, test } from "./support/test.ts";

/** What only later screens need, known by words that its chunk cannot do without. */
const forLater = [
  { what: "the layout engine", words: "org.eclipse.elk" },
  { what: "the chart", words: "u-over" },
  { what: "the canvas", words: "react-flow__" },
  { what: "the writer of reports", words: "## What breaks first" },
  { what: "the writer of drawings", words: "<defs>" },
  { what: "a template", words: "Follow a link" },
] as const;

test("the first screen fetches nothing that only later screens need", async ({ page, request }) => {
  const chunks = await readChunks(request);
  const inPage = new Set(await pathsInPage(request));
  const application = [...chunks.values()].filter(({ path }) => /\/application-[^/]*\.js$/.test(path));
  expect(application).toHaveLength(1);
  const first = closureOf(chunks, [...inPage, ...application.map(({ path }) => path)]);
  for (const { what, words } of forLater) {
    const holders = [...chunks.values()].filter(({ text }) => text.includes(words)).map(({ path }) => path);
    expect(holders.length, `${what} is found by "${words}"`).toBeGreaterThan(0);
    expect(
      holders.filter((path) => first.has(path)),
      `${what} in the first download`,
    ).toEqual([]);
  }

  // The browser agrees: before the screen stands, no other script is asked for.
  const asked: string[] = [];
  page.on("request", (asking) => asking.resourceType() === "script" && asked.push(new URL(asking.url()).pathname));
  await page.goto("/");
  await expect(page.getByRole("button", { name: "New design" })).toBeVisible();
  // The writer of second copies stands before the first save; it is a script of its own, of a few kilobytes.
  const early = asked.filter((path) => !/\.plimsoll-[^/]*\.js$|\/copy\.worker-[^/]*\.js$/.test(path));
  expect(early.filter((path) => !first.has(path))).toEqual([]);
});

test("the recovery page fetches nothing of the application", async ({ page, request }) => {
  const chunks = await readChunks(request);
  const asked: Chunk[] = [];
  page.on("response", (response) => {
    const chunk = chunks.get(new URL(response.url()).pathname);
    if (chunk !== undefined) asked.push(chunk);
  });
  await page.goto("/#/recover");
  await expect(page.getByRole("heading", { name: "Recover designs" })).toBeVisible();
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ path }) => /application|editor|canvas|react/.test(path)).map(({ path }) => path)).toEqual([]);
});
