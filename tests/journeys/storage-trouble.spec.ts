import {
  designName,
  downloaded,
  openTemplate,
  renameDesign,
  savedSign,
  storedDesign,
  storedDesigns,
} from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

test("without room the screen says what is not saved, nothing stored is harmed, and saving goes on by itself", async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto("/");
  const session = await context.newCDPSession(page);
  // The browser ignores an origin that does not end with a slash, and asks for the quota anew only when room seems short.
  const origin = new URL("/", baseURL).href;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 80_000 });
  await openTemplate(page);
  let edits = 0;
  await expect
    .poll(async () => {
      const state = await page.getByRole("status").first().innerText();
      if (state === "Not saved") return state;
      edits += 1;
      await renameDesign(page, `Edit ${edits}`);
      return state;
    })
    .toBe("Not saved");
  const banner = page.getByRole("alert").filter({ hasText: "Your last edits are not saved" });
  await expect(banner).toContainText("no room left");
  const [before, ...more] = await storedDesigns(page);
  expect(more).toEqual([]);
  expect(JSON.parse(before?.text ?? "")).toMatchObject({ name: before?.name });
  expect(before?.name).not.toBe(`Edit ${edits}`);

  const file = await downloaded(page, () => banner.getByRole("button", { name: "Download the file" }).click());
  expect(JSON.parse(file.bytes.toString())).toMatchObject({ name: `Edit ${edits}` });

  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await expect(savedSign(page)).toBeVisible();
  await expect(banner).toHaveCount(0);
  const after = await storedDesign(page, `Edit ${edits}`);
  expect(after.id).toBe(before?.id);
  expect(after.text).toBe(file.bytes.toString());
});

test("a design whose storage was cleared while it was open is stored again, and that is said", async ({
  page,
  context,
  baseURL,
}) => {
  await openTemplate(page);
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: new URL("/", baseURL).href, storageTypes: "all" });
  await renameDesign(page, "Still here");
  await expect(page.getByText(/It has been stored again/)).toBeVisible();
  await expect(savedSign(page)).toBeVisible();
  await page.reload();
  await expect(designName(page)).toHaveValue("Still here");
  await expect(savedSign(page)).toBeVisible();
});

test("designs that the browser has thrown away are missed by name", async ({ page, context, baseURL }) => {
  await openTemplate(page);
  const session = await context.newCDPSession(page);
  await page.goto("about:blank");
  const storageTypes = "indexeddb,file_systems";
  await session.send("Storage.clearDataForOrigin", { origin: new URL("/", baseURL).href, storageTypes });
  await page.goto("/");
  await expect(page.getByText("A stored design is gone")).toBeVisible();
  await expect(page.getByText(/This browser no longer has URL shortener/)).toBeVisible();
});

test("when a newer version takes the database over, the last edit is still stored and the screen only reads", async ({
  page,
  context,
}) => {
  await openTemplate(page);
  const address = page.url();
  const newer = await context.newPage();
  await newer.goto("/#/recover");
  await expect(newer.getByRole("heading", { name: "Recover designs" })).toBeVisible();
  await renameDesign(page, "Written just before");
  await newer.evaluate(upgradeDatabase);
  await expect(page.getByText(/A newer version of Plimsoll/).first()).toBeVisible();

  await renameDesign(page, "Too late");
  await expect(page.getByText("Read only", { exact: true })).toBeVisible();
  const { text } = await storedDesign(newer, "Written just before");

  await page.goto("about:blank");
  await page.goto(address);
  await expect(designName(page)).toHaveValue("Written just before");
  await renameDesign(page, "Not from this version");
  await expect(page.getByText("Read only", { exact: true })).toBeVisible();
  expect((await storedDesigns(newer)).map((design) => design.text)).toEqual([text]);
});

test("a record of a newer version is left alone, and the others open", async ({ page }) => {
  await openTemplate(page, "Primary with read replicas");
  await openTemplate(page);
  const address = page.url();
  const { id } = await storedDesign(page, "URL shortener");
  await page.goto("/#/recover");
  await expect(page.getByRole("heading", { name: "Recover designs" })).toBeVisible();
  await page.evaluate(markAsNewer, id);
  const before = await storedDesigns(page);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "This design needs a newer version of Plimsoll" })).toBeVisible();
  expect(await storedDesigns(page)).toEqual(before);
  await page.getByRole("button", { name: "All designs" }).click();
  await page.getByRole("link", { name: "Open Primary with read replicas" }).click();
  await expect(designName(page)).toBeEditable();
});

/** What a later version does when it is opened in another tab. Runs in the page. */
function upgradeDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    // The version in use is 1, which its library counts as 10.
    const opening = indexedDB.open("plimsoll", 20);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => opening.result.createObjectStore("later");
    opening.onsuccess = () => {
      opening.result.close();
      resolve();
    };
  });
}

function markAsNewer(id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("plimsoll");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("designs", "readwrite");
      const store = transaction.objectStore("designs");
      const reading = store.get(id);
      reading.onsuccess = () => store.put({ ...reading.result, recordVersion: 99 });
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}
