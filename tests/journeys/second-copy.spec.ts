import type { Page } from "@playwright/test";
import { designName, openTemplate, renameDesign, savedSign, storedDesigns, storedSnapshots } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

test("designs of a lost database come back as last saved, once told; one that was deleted for good does not", async ({
  page,
}) => {
  await openTemplate(page, "Primary with read replicas");
  await deleteForGood(page, "Primary with read replicas");
  await openTemplate(page, "Chat application");
  await page.getByRole("button", { name: "All designs" }).click();
  await choose(page, "Chat application", "Move to the trash");
  await expect(page.getByRole("radio", { name: "Trash 1" })).toBeVisible();
  await openTemplate(page);
  await renameDesign(page, "Links");
  await expect(savedSign(page)).toBeVisible();
  const before = await storedDesigns(page);
  expect(before.map(({ name }) => name).sort()).toEqual(["Chat application", "Links"]);

  await loseDatabase(page);
  await page.goto("/");
  const notice = page.getByRole("status").filter({ hasText: "2 lost designs were restored" });
  await expect(notice).toContainText("Chat application");
  await expect(page.getByRole("link", { name: /^Open / })).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Open Links" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Trash 1" })).toBeVisible();
  await expect(page.getByText(/no longer has/)).toHaveCount(0);
  expect(await storedDesigns(page)).toEqual(before);
  expect(await storedSnapshots(page)).toHaveLength(2);

  await page.reload();
  await expect(page.getByRole("link", { name: "Open Links" })).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test("the address of a design finds it after the database was lost, and editing goes on", async ({ page }) => {
  await openTemplate(page);
  await renameDesign(page, "Links");
  await expect(savedSign(page)).toBeVisible();
  const address = page.url();
  await loseDatabase(page);
  await page.goto(address);
  await expect(designName(page)).toHaveValue("Links");
  await expect(page.getByText("A lost design was restored")).toBeVisible();
  await renameDesign(page, "Links again");
  await expect(savedSign(page)).toBeVisible();
  await loseDatabase(page);
  await page.goto(address);
  await expect(designName(page)).toHaveValue("Links again");
});

test("a design that is open when the database is lost stays the same design", async ({ page, context, baseURL }) => {
  await openTemplate(page);
  const [before] = await storedDesigns(page);
  const address = page.url();
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: new URL("/", baseURL).href, storageTypes: "indexeddb" });
  await renameDesign(page, "Still here");
  await expect(page.getByText("A lost design was restored")).toBeVisible();
  await expect(savedSign(page)).toBeVisible();
  expect(page.url()).toBe(address);
  expect(await storedDesigns(page)).toMatchObject([{ id: before?.id, name: "Still here" }]);
});

test("the recovery page hands out second copies that the database lacks", async ({ page }) => {
  await openTemplate(page);
  await renameDesign(page, "Links");
  await expect(savedSign(page)).toBeVisible();
  await page.goto("about:blank");
  await page.goto("/#/recover");
  await expect(page.getByRole("heading", { name: "Recover designs" })).toBeVisible();
  await expect(page.getByText(/Second copies/)).toHaveCount(0);
  await loseDatabase(page);
  await page.goto("/#/recover");
  await expect(page.getByText("Second copies of designs that the database lacks: 1")).toBeVisible();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  expect((await waiting).suggestedFilename()).toBe("links.plimsoll.json");
});

async function choose(page: Page, design: string, entry: string): Promise<void> {
  await page.getByRole("button", { name: `More for ${design}` }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}

async function deleteForGood(page: Page, design: string): Promise<void> {
  await page.getByRole("button", { name: "All designs" }).click();
  await choose(page, design, "Move to the trash");
  await page.getByRole("radio", { name: "Trash 1" }).click();
  await choose(page, design, "Delete for good");
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("button", { name: `More for ${design}` })).toHaveCount(0);
}

/** From a page of the same origin that does not run the application. */
async function loseDatabase(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.goto("/plimsoll.svg");
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase("plimsoll");
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error);
      }),
  );
}
