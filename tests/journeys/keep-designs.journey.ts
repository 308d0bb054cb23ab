import type { Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";

/** Opens the first template and waits until it is stored. */
async function openTemplate(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: /URL shortener/ }).click();
  await expect(page.getByLabel("Name of the design")).toHaveValue("URL shortener");
  await expect(page.getByText(/^Saved \d/)).toBeVisible();
}

async function rename(page: Page, name: string): Promise<void> {
  const field = page.getByLabel("Name of the design");
  await field.fill(name);
  await field.press("Enter");
}

test("a first visit leads in one click to a design that is stored and found again", async ({ page }) => {
  await openTemplate(page);
  await page.getByRole("button", { name: "All designs" }).click();
  await expect(page.getByRole("heading", { name: "Your designs" })).toBeVisible();
  await page.getByRole("link", { name: "Open URL shortener" }).click();
  await expect(page.getByLabel("Name of the design")).toHaveValue("URL shortener");
});

const ways = ["reloaded", "left for another page", "closed"] as const;
for (const way of ways) {
  test(`an edit is kept when the page is ${way} at once`, async ({ page, context }) => {
    await openTemplate(page);
    const address = page.url();
    let current = page;
    for (let round = 1; round <= 4; round += 1) {
      const name = `Round ${round}`;
      await rename(current, name);
      if (way === "reloaded") await current.reload();
      else if (way === "left for another page") await current.goto("about:blank");
      else {
        await current.close();
        current = await context.newPage();
      }
      if (way !== "reloaded") await current.goto(address);
      await expect(current.getByLabel("Name of the design")).toHaveValue(name);
      await expect(current.getByText(/^Saved \d/)).toBeVisible();
    }
  });
}

test("undo and redo go through the bar and the keyboard, and what they give is stored", async ({ page }) => {
  await openTemplate(page);
  await rename(page, "Second");
  await page.getByRole("button", { name: "Undo: Rename the design" }).click();
  await expect(page.getByLabel("Name of the design")).toHaveValue("URL shortener");
  await page.keyboard.press("Control+Shift+Z");
  await expect(page.getByLabel("Name of the design")).toHaveValue("Second");
  await page.reload();
  await expect(page.getByLabel("Name of the design")).toHaveValue("Second");
});

test("a design goes to the trash, comes back, and is deleted only when asked twice", async ({ page }) => {
  await openTemplate(page);
  await page.getByRole("button", { name: "All designs" }).click();
  const more = page.getByRole("button", { name: "More for URL shortener" });
  await more.click();
  await page.getByRole("menuitem", { name: "Move to the trash" }).click();
  await page.getByRole("radio", { name: "Trash 1" }).click();
  await more.click();
  await page.getByRole("menuitem", { name: "Restore" }).click();
  await expect(page.getByRole("link", { name: "Open URL shortener" })).toBeVisible();
  await more.click();
  await page.getByRole("menuitem", { name: "Move to the trash" }).click();
  await page.getByRole("radio", { name: "Trash 1" }).click();
  await more.click();
  await page.getByRole("menuitem", { name: "Delete for good" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("heading", { name: "Draw a system and see what it carries" })).toBeVisible();
  await expect(more).toHaveCount(0);
});

test("a design can be renamed and duplicated without opening it", async ({ page }) => {
  await openTemplate(page);
  await page.getByRole("button", { name: "All designs" }).click();
  await page.getByRole("button", { name: "More for URL shortener" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByLabel("Name of the design").fill("Links");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "More for Links" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await page.getByRole("link", { name: "Open Links (copy)" }).click();
  await expect(page.getByLabel("Name of the design")).toHaveValue("Links (copy)");
});

test("the recovery page lists what is stored, without the editor, and hands it out", async ({ page }) => {
  await openTemplate(page);
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await page.goto("about:blank");
  await page.goto("/#/recover");
  await expect(page.getByRole("heading", { name: "Recover designs" })).toBeVisible();
  expect(scripts.filter((url) => /application|worker/.test(url))).toEqual([]);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).first().click();
  expect((await waiting).suggestedFilename()).toBe("url-shortener.plimsoll.json");
});

test("a record that cannot be read is kept and handed out, with its earlier versions", async ({ page }) => {
  await openTemplate(page);
  const id = new URL(page.url()).hash.split("/").at(-1) ?? "";
  await page.goto("about:blank");
  await page.goto("/#/recover");
  await page.evaluate(truncateRecord, id);
  await page.goto("about:blank");
  await page.goto(`/#/design/${id}`);
  await expect(page.getByRole("heading", { name: "This design cannot be read" })).toBeVisible();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download its text" }).click();
  await waiting;
  await page.getByRole("button", { name: "Open as a new design" }).first().click();
  await expect(page.getByLabel("Name of the design")).toHaveValue(/^URL shortener \(of /);
});

/** As a crash of the machine may leave a record. Runs in the page. */
function truncateRecord(id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("plimsoll");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("designs", "readwrite");
      const store = transaction.objectStore("designs");
      const reading = store.get(id);
      reading.onsuccess = () => store.put({ ...reading.result, text: reading.result.text.slice(0, 100) });
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}
