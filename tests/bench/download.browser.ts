import { expect, test } from "@playwright/test";
import { type Chunk, closureOf, pathsInPage, readChunks } from "../journeys/support/chunks.ts";

// What a first visit and a first design fetch, by chunk, as the wire carries it (gzip), beside the size that is parsed.

test("scripts and styles by the screen that first needs them", async ({ page, request }) => {
  const chunks = await readChunks(request);
  const fetched = new Set<string>();
  page.on("response", (response) => fetched.add(new URL(response.url()).pathname));

  await page.goto("/");
  await expect(page.getByRole("button", { name: "New design" })).toBeVisible();
  const early = [...fetched].filter((path) => !isTemplate(path));
  const home = closureOf(chunks, [...(await pathsInPage(request)), ...early]);
  report("home", chunks, home);

  await page.getByRole("button", { name: "New design" }).click();
  await expect(page.getByRole("slider", { name: "Load" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  const templates = new Set([...chunks.keys()].filter(isTemplate));
  report("the small pictures of the templates at home", chunks, templates);
  const later = [...fetched].filter((path) => chunks.has(path) && !home.has(path) && !templates.has(path));
  const editor = new Set(later);
  report("the editor, in addition", chunks, editor);

  const rest = new Set([...chunks.keys()].filter((path) => ![home, templates, editor].some((set) => set.has(path))));
  report("when asked for", chunks, rest);
  expect(home.size).toBeGreaterThan(0);
  expect(editor.size).toBeGreaterThan(0);
  expect(rest.size).toBeGreaterThan(0);
});

function report(title: string, chunks: ReadonlyMap<string, Chunk>, paths: ReadonlySet<string>): void {
  const found = [...paths].flatMap((path) => chunks.get(path) ?? []);
  found.sort((first, second) => second.gzippedBytes - first.gzippedBytes);
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(8);
  const sum = (size: (chunk: Chunk) => number) => found.reduce((total, chunk) => total + size(chunk), 0);
  const total = `${kilobytes(sum(({ gzippedBytes }) => gzippedBytes))} ${kilobytes(sum(({ bytes }) => bytes))}`;
  console.log(`\n${title}\n${total}  kB gzipped, kB parsed: all ${found.length}`);
  for (const { path, bytes, gzippedBytes } of found.slice(0, 12)) {
    console.log(`${kilobytes(gzippedBytes)} ${kilobytes(bytes)}  ${path}`);
  }
}

function isTemplate(path: string): boolean {
  return /\.plimsoll-[^/]*\.js$/.test(path);
}
