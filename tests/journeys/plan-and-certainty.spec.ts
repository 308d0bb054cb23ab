import type { Page } from "@playwright/test";
import { loadDial, numberIn, openTemplate, part } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

function showTab(page: Page, name: string): Promise<void> {
  return page.getByRole("tab", { name }).click();
}

test("a plan says why each part needs what it needs, and is one undo step", async ({ page }) => {
  await openTemplate(page);
  // Three times the declared load is more than the design carries.
  await loadDial(page).press("PageUp");
  await showTab(page, "Capacity");
  await page.getByRole("button", { name: "Plan capacity" }).click();
  const dialog = page.getByRole("dialog", { name: "Plan capacity" });
  const load = dialog.getByRole("textbox", { name: "At load" });
  await expect(load).toBeFocused();
  await load.fill("3");
  await load.press("Enter");
  await expect(dialog.getByRole("heading", { name: /more instances carry 3× your declared load$/ })).toBeVisible({
    timeout: 30_000,
  });
  const redirect = dialog.getByRole("row", { name: /^Redirect API/ });
  const wanted = Number(/to (\d+)/.exec((await redirect.getByRole("cell").nth(1).textContent()) ?? "")?.[1]);
  expect(wanted).toBeGreaterThan(4);
  await expect(redirect).toContainText(new RegExp(`With ${wanted - 1}, it would be \\d+\\s% used, over 70\\s%`, "u"));
  await expect(dialog).toContainText("no part has a price");

  await dialog.getByRole("textbox", { name: "Headroom kept free" }).fill("50");
  await dialog.getByRole("textbox", { name: "Headroom kept free" }).press("Enter");
  await expect(redirect).toContainText(/over 50\s%/u, { timeout: 30_000 });
  const more = Number(/to (\d+)/.exec((await redirect.getByRole("cell").nth(1).textContent()) ?? "")?.[1]);
  expect(more).toBeGreaterThan(wanted);

  await dialog.getByRole("button", { name: /^Apply \d+ changes$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(part(page, "Redirect API")).toHaveAccessibleName(new RegExp(`service, ${more} ×`));
  await expect(part(page, "Create API")).not.toHaveAccessibleName(/service, 2 ×/);
  await page.getByRole("button", { name: "Undo: Apply the capacity plan" }).click();
  await expect(part(page, "Redirect API")).toHaveAccessibleName(/service, 4 ×/);
  await expect(part(page, "Create API")).toHaveAccessibleName(/service, 2 ×/);
});

test("a target that nobody could meet is told with the parts to blame", async ({ page }) => {
  await openTemplate(page);
  await showTab(page, "Inspect");
  const panel = page.getByRole("tabpanel", { name: "Inspect" });
  await panel.getByRole("button", { name: /^Follow a link/ }).click();
  const limit = panel.getByRole("article", { name: "Follow a link" }).getByRole("textbox", { name: "At most" });
  await limit.fill("25");
  await limit.press("Enter");
  await showTab(page, "Capacity");
  await page.getByRole("button", { name: "Plan capacity" }).click();
  const dialog = page.getByRole("dialog", { name: "Plan capacity" });
  await expect(dialog).toContainText(/even when nobody waits, and the target is 25\sms/u, { timeout: 30_000 });
  const blamed = dialog.getByRole("list", { name: "Where the time goes" }).getByRole("listitem");
  await expect(blamed.first()).toContainText("Edge gateway");
  await dialog
    .getByRole("button", { name: /^(Cancel|Close)$/ })
    .last()
    .click();
  await expect(dialog).toHaveCount(0);
});

test("a range gives figures an interval, and the assumption that matters most leads back to its field", async ({
  page,
}) => {
  await openTemplate(page);
  await part(page, "Redirect API").click();
  const sign = page.getByRole("button", { name: "Give a range of capacity of one instance" });
  await sign.focus();
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "Range of capacity of one instance" });
  const low = editor.getByRole("textbox", { name: "Low" });
  await expect(low).toBeFocused();
  // The likely value is 16 000.
  await low.fill("18000");
  await low.press("Enter");
  await expect(low).toHaveAccessibleDescription(/^At most 16\s000\.$/u);
  await low.fill("8000");
  await low.press("Enter");
  await expect(low).not.toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^Between 8\s000 to 16\s000 \/s$/u)).toBeVisible();

  await showTab(page, "Overview");
  const interval = page.getByRole("button", { name: /^[\d.]+× to [\d.]+×$/ });
  await expect(interval).toBeVisible({ timeout: 30_000 });
  await interval.click();
  await expect(page.getByRole("tab", { name: "Certainty" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("heading", { name: /^Carries .* to 1\.8\d× your peak$/ })).toBeVisible();
  const most = page.getByRole("list", { name: "Assumptions by how much they matter" }).getByRole("listitem").first();
  await expect(most).toContainText(/8\s000\/s to 16\s000\/s/u);
  expect(await numberIn(most.getByText(/× …/))).toBeLessThan(1);
  await most.getByRole("button", { name: "Redirect API: capacity of one instance" }).click();
  await expect(page.getByRole("tab", { name: "Inspect" })).toHaveAttribute("aria-selected", "true");

  await page.getByRole("button", { name: /^Range of capacity of one instance: / }).click();
  await editor.getByRole("button", { name: "It is known exactly" }).click();
  await page.keyboard.press("Escape");
  await showTab(page, "Overview");
  await expect(page.getByText(/nine in ten designs carry/)).toHaveCount(0);
  await page.getByRole("button", { name: /^Undo: Set the range of capacity/ }).click();
  await expect(page.getByText(/nine in ten designs carry/)).toBeVisible({ timeout: 30_000 });
});

test("a figure says what moves it most", async ({ page }) => {
  await openTemplate(page);
  const p99 = page.getByRole("button", { name: /explain 99th percentile of latency of Follow a link/i });
  await p99.click();
  const explanation = page.getByRole("region", { name: /^Explanation: Follow a link/ });
  await explanation.getByRole("button", { name: "Find out" }).click();
  await expect(explanation).toContainText(/1\s% more means [\d.]+\s% (more|less)/u, { timeout: 60_000 });
});
