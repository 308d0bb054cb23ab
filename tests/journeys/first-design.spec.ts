import {
  designName,
  numberIn,
  openTemplate,
  part,
  renameDesign,
  savedSign,
  storedDesign,
  storedDesigns,
} from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

test("one click on a first visit shows an analysed design, which is kept byte for byte", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Draw a system and see what it carries" })).toBeVisible();
  await page.getByRole("button", { name: /^URL shortener/ }).click();

  const answer = page.getByRole("heading", { name: /^Carries [\d.]+ times your peak$/ });
  await expect(answer).toBeVisible();
  const carried = await numberIn(answer);
  expect(carried).toBeGreaterThan(1);
  const journeys = page.getByRole("table", { name: "Journeys" });
  await expect(journeys.getByRole("row", { name: /^Follow a link 34\s700\b/u })).toBeVisible();
  await expect(journeys.getByRole("row", { name: /^Shorten a link 3\s470\b/u })).toBeVisible();
  await expect(part(page, "Redirect API")).toHaveAccessibleName(
    /utilisation \d+\s%, 34\s700 per second, p99 [\d.]+\sms/u,
  );
  await expect(savedSign(page)).toBeVisible();
  await expect(page).toHaveTitle("URL shortener – Plimsoll");

  const stored = await storedDesign(page, "URL shortener");
  await page.reload();
  await expect(answer).toBeVisible();
  expect(await numberIn(answer)).toBe(carried);
  await expect(savedSign(page)).toBeVisible();
  expect(await storedDesigns(page)).toEqual([stored]);
});

test("the design is listed with its picture, and can be renamed, doubled, thrown away and brought back", async ({
  page,
}) => {
  await openTemplate(page);
  await page.getByRole("button", { name: "All designs" }).click();
  const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Open URL shortener" }) });
  await expect(card).toContainText("16 parts");
  await expect(card.getByRole("link").locator("svg, img").first()).toBeVisible();

  await page.getByRole("button", { name: "More for URL shortener" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await renameDesign(page, "Links");
  await page.getByRole("button", { name: "More for Links" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByRole("link", { name: "Open Links (copy)" })).toBeVisible();

  await page.getByRole("button", { name: "More for Links", exact: true }).click();
  await page.getByRole("menuitem", { name: "Move to the trash" }).click();
  await expect(page.getByRole("link", { name: "Open Links", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Open Links", exact: true }).click();

  await expect(designName(page)).toHaveValue("Links");
  const [original, copy] = [await storedDesign(page, "Links"), await storedDesign(page, "Links (copy)")];
  expect(copy.text).toBe(original.text.replace('"name": "Links"', '"name": "Links (copy)"'));
});
