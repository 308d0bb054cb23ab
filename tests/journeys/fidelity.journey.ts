import { readFileSync } from "node:fs";
import { downloaded, openTemplate } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

test("who doubts a number reads how far its model is from the truth, and takes the page away", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "How right the numbers are" }).click();
  await expect(page.getByRole("heading", { name: "How right the numbers are", level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/^How right the numbers are/);
  const stations = page.getByRole("group", { name: "Stations: models with their errors" });
  await expect(stations.getByRole("row", { name: /M\/M\/c mean wait/ })).toBeVisible();
  const errors = stations.getByRole("columnheader", { name: "Worst error" });
  await errors.getByRole("button").click();
  await expect(errors).toHaveAttribute("aria-sort", /ascending|descending/);
  const { name, bytes } = await downloaded(page, () =>
    page.getByRole("button", { name: "Download as Markdown" }).click(),
  );
  expect(name).toBe("plimsoll-fidelity.md");
  expect(bytes.toString()).toBe(readFileSync(new URL("../../public/fidelity.md", import.meta.url), "utf8"));
  await page.getByRole("button", { name: "All designs" }).click();
  await expect(page.getByRole("heading", { name: "Draw a system and see what it carries" })).toBeVisible();
});

test("an explanation leads to the page", async ({ page }) => {
  await openTemplate(page);
  await page.getByRole("tab", { name: "Capacity" }).click();
  await page
    .getByRole("button", { name: /, explain utilisation/i })
    .first()
    .click();
  const link = page.getByRole("link", { name: "All models with their errors" });
  await expect(link).toBeVisible();
  await expect(link).toHaveAttribute("href", "#/fidelity");
});
