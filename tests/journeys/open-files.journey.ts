import { expect, test } from "./support/test.ts";

const file = JSON.stringify({
  format: "plimsoll",
  version: 1,
  name: "From a file",
  nodes: [
    { id: "client", kind: "client" },
    { id: "api", kind: "service" },
  ],
  edges: [{ id: "e", source: "client", target: "api" }],
  journeys: [{ id: "read", source: "client", ratePerSecond: 10 }],
});

/** Drops a file in the middle of the page. Runs there. */
function drop([name, content]: readonly [string, string]): void {
  const data = new DataTransfer();
  data.items.add(new File([content], name, { type: "application/json" }));
  const event = (type: string) => new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event("dragenter"));
  document.body.dispatchEvent(event("dragover"));
  document.body.dispatchEvent(event("drop"));
}

test("a file dropped anywhere opens as a new design, beside what was open", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /Primary with read replicas/ }).click();
  await expect(page.getByText(/^Saved \d/)).toBeVisible();
  await page.evaluate(drop, ["a.plimsoll.json", file] as const);
  await expect(page.getByLabel("Name of the design")).toHaveValue("From a file");
  await page.getByRole("button", { name: "All designs" }).click();
  await expect(page.getByRole("link", { name: /^Open / })).toHaveCount(2);
});

test("a file with faults names each of them and its place, and changes nothing", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Draw a system and see what it carries" })).toBeVisible();
  await page.evaluate(drop, ["b.json", file.replace('"target":"api"', '"target":"nowhere"')] as const);
  const dialog = page.getByRole("dialog", { name: '"b.json" cannot be opened' });
  await expect(dialog).toContainText("nowhere");
  await expect(dialog).toContainText("$.edges[0].target");
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expect(page.getByRole("link", { name: /^Open / })).toHaveCount(0);
});

test("a picture that was exported opens again as the same design", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Open file…" })).toBeVisible();
  await page.evaluate(drop, ["a.plimsoll.json", file] as const);
  await expect(page.getByLabel("Name of the design")).toHaveValue("From a file");
  await page.getByRole("button", { name: "Export" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Download a picture (PNG)" }).click();
  const picture = await waiting;
  await page.getByRole("button", { name: "All designs" }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open file…" }).click();
  await (await choosing).setFiles(await picture.path());
  await expect(page.getByLabel("Name of the design")).toHaveValue("From a file");
  await page.getByRole("button", { name: "All designs" }).click();
  await expect(page.getByRole("link", { name: "Open From a file" })).toHaveCount(2);
});
