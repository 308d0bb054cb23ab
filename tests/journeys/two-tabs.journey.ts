import { expect, test } from "./support/test.ts";

test("a second tab reads, takes over, and nobody's edits are lost", async ({ page, context }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /Primary with read replicas/ }).click();
  const name = page.getByLabel("Name of the design");
  await name.fill("From the first tab");
  await name.press("Enter");
  await expect(page.getByText(/^Saved \d/)).toBeVisible();

  const second = await context.newPage();
  await second.goto(page.url());
  const secondName = second.getByLabel("Name of the design");
  await expect(second.getByText("Read only", { exact: true })).toBeVisible();
  await expect(secondName).not.toBeEditable();

  await name.fill("Still from the first tab");
  await name.press("Enter");
  await expect(page.getByText(/^Saved \d/)).toBeVisible();

  await expect(secondName).toHaveValue("Still from the first tab");
  await second.getByRole("button", { name: "Take over" }).click();
  await expect(secondName).toHaveValue("Still from the first tab");
  await expect(secondName).toBeEditable();
  await expect(page.getByText("Read only", { exact: true })).toBeVisible();

  await secondName.fill("From the second tab");
  await secondName.press("Enter");
  await expect(second.getByText(/^Saved \d/)).toBeVisible();
  await page.getByRole("button", { name: "Take over" }).click();
  await expect(name).toHaveValue("From the second tab");
});

test("the list of designs follows what another tab does", async ({ page, context }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Draw a system and see what it carries" })).toBeVisible();
  const second = await context.newPage();
  await second.goto("/");
  await second.getByRole("button", { name: /Primary with read replicas/ }).click();
  await expect(page.getByRole("link", { name: /^Open / })).toHaveCount(1);
});
