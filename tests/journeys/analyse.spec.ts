import type { Page } from "@playwright/test";
import { loadDial, openTemplate, part } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

function showTab(page: Page, name: string): Promise<void> {
  return page.getByRole("tab", { name }).click();
}

function capacityRow(page: Page, name: string) {
  return page.getByRole("grid", { name: "Capacity of each part" }).getByRole("row", { name: new RegExp(`^${name}`) });
}

function figure(page: Page, rowName: string, words: string) {
  return capacityRow(page, rowName).getByRole("button", { name: new RegExp(`, explain ${words}`, "i") });
}

/** "64 000/s" as 64 000. */
async function rateOf(page: Page, rowName: string, words: string): Promise<number> {
  const text = (await figure(page, rowName, words).innerText()).replaceAll(/\s/gu, "");
  const found = /^([\d.]+)(M?)\/s/.exec(text);
  if (found === null) throw new Error(`"${text}" is no rate`);
  return Number(found[1]) * (found[2] === "M" ? 1e6 : 1);
}

test("doubling the instances of the bottleneck doubles its capacity, and another part breaks first", async ({
  page,
}) => {
  await openTemplate(page);
  const bars = page.getByRole("list", { name: "Load at which each part is full" });
  await expect(bars.getByRole("listitem").first()).toContainText("Redirect API");

  await showTab(page, "Capacity");
  const before = await rateOf(page, "Redirect API", "capacity");
  expect(before).toBe(64_000);
  await part(page, "Redirect API").click();
  const instances = page.getByRole("textbox", { name: "Instances", exact: true });
  await expect(instances).toHaveValue("4");
  await instances.fill("8");
  await instances.press("Enter");

  await showTab(page, "Capacity");
  await expect.poll(() => rateOf(page, "Redirect API", "capacity")).toBe(2 * before);
  await showTab(page, "Overview");
  await expect(bars.getByRole("listitem").first()).toContainText("Click counter");

  await page.getByRole("button", { name: /^Undo: Set instances of Redirect API/ }).click();
  await expect(bars.getByRole("listitem").first()).toContainText("Redirect API");
});

test("the instances that are needed are one press and one undo step away", async ({ page }) => {
  await openTemplate(page);
  await loadDial(page).press("PageUp");
  await expect(part(page, "Redirect API")).toHaveAccessibleName(/overloaded|utilisation [789]\d\s%/u);
  await showTab(page, "Capacity");
  const offer = capacityRow(page, "Redirect API").getByRole("button", { name: /^Use \d+ instances/ });
  const wanted = Number(/\d+/.exec((await offer.getAttribute("aria-label")) ?? "")?.[0]);
  expect(wanted).toBeGreaterThan(4);
  await offer.click();
  await expect(offer).toHaveCount(0);
  await expect(part(page, "Redirect API")).toHaveAccessibleName(new RegExp(`service, ${wanted} ×`));
  await page.keyboard.press("Control+Z");
  await expect(offer).toBeVisible();
});

test("a figure explains itself with formula, numbers, assumptions and their sources", async ({ page }) => {
  await openTemplate(page);
  await showTab(page, "Capacity");
  const asked = figure(page, "Redirect API", "utilisation");
  await asked.click();
  const explanation = page.getByRole("region", { name: "Explanation: Redirect API: utilisation" });
  await expect(explanation).toBeFocused();
  await expect(explanation).toContainText("ρ = λ · S / m");
  await expect(explanation).toContainText(/54\.3\s% = 34\s700\/s × 1\sms \/ 64/u);
  await expect(explanation.getByRole("listitem").filter({ hasText: "instances" }).first()).toContainText(
    "set in this design",
  );
  await expect(explanation.getByRole("listitem").filter({ hasText: "default" }).first()).toContainText(/\w{10,}/);
  await expect(explanation).toContainText("Exact");

  await loadDial(page).press("ArrowRight");
  await expect(explanation).not.toContainText(/54\.3\s%/u);
  await explanation.press("Escape");
  await expect(explanation).toHaveCount(0);
});

test("a path, a risk and a bar show where they are, and the tab stays", async ({ page }) => {
  await openTemplate(page);
  const bars = page.getByRole("list", { name: "Load at which each part is full" });
  await bars.getByRole("button", { name: "Edge gateway" }).click();
  await expect(part(page, "Edge gateway")).toHaveClass(/selected/);
  await expect(page.getByRole("tab", { name: "Overview" })).toHaveAttribute("aria-selected", "true");

  await page
    .getByRole("table", { name: "Journeys" })
    .getByRole("button", { name: "Shorten a link", exact: true })
    .click();
  await expect(page.getByRole("tab", { name: "Paths" })).toHaveAttribute("aria-selected", "true");
  const journey = page.getByRole("combobox", { name: "Journey" });
  await expect(journey).toHaveValue("shorten");
  await showTab(page, "Load curve");
  await expect(journey).toHaveValue("shorten");
  await showTab(page, "Paths");
  await page
    .getByRole("button", { name: /^Browsers → .*Create API/ })
    .first()
    .click();
  await expect(part(page, "Create API")).toHaveClass(/selected/);
  await expect(part(page, "Redirect API")).not.toHaveClass(/selected/);
  await expect(page.getByRole("tab", { name: "Paths" })).toHaveAttribute("aria-selected", "true");

  await showTab(page, "Findings");
  await page.getByRole("button", { name: /Losing Link cache takes Links \d of 4 and 3 others down/ }).click();
  await expect(part(page, "Link cache")).toHaveClass(/selected/);
  await expect(part(page, "Create API")).not.toHaveClass(/selected/);
  await expect(page.getByText("How to prevent it")).toBeVisible();
});

test("a setting shows its default and source, is refused with the reason beside it, and goes back", async ({
  page,
}) => {
  await openTemplate(page);
  await part(page, "Redirect API").click();
  const latency = page.getByRole("textbox", { name: "Latency without waiting" });
  await expect(latency).toHaveValue("1.5");
  // 16 at a time and 16 000 a second take 1 ms of service: a latency below it cannot be.
  await latency.fill("0.5");
  await latency.press("Enter");
  await expect(latency).toHaveValue("0.5");
  await expect(latency).toHaveAttribute("aria-invalid", "true");
  await expect(latency).toHaveAccessibleDescription(/Expected/);
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "Take back latency without waiting" }).click();
  await expect(latency).toHaveValue("1.5");

  await latency.fill("2");
  await latency.press("Enter");
  await expect(latency).not.toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Back to the default of latency without waiting" }).click();
  await expect(latency).toHaveValue("");
  await expect(latency).toHaveAttribute("placeholder", /\d/);

  await page.getByRole("button", { name: "About latency without waiting" }).click();
  await expect(page.getByRole("dialog", { name: "Latency without waiting" })).toContainText("an estimate");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "How is it computed?" }).click();
  await expect(page.getByRole("dialog", { name: "Service" }).getByRole("heading", { name: "Sources" })).toBeVisible();
});

test("requirements give the rates and the storage, and journeys without a rate share them", async ({ page }) => {
  await openTemplate(page);
  await showTab(page, "Inspect");
  const panel = page.getByRole("tabpanel", { name: "Inspect" });
  await expect(panel).toContainText(/Stored in all\s*274\sTB/u);
  await panel.getByRole("button", { name: /^Shorten a link/ }).click();
  const journey = panel.getByRole("article", { name: "Shorten a link" });
  const rate = journey.getByRole("textbox", { name: "Rate at load 1" });
  await rate.fill("");
  await rate.press("Enter");
  // 100 million users × 11 requests / 86 400 s × 3, without what the other journey states.
  await expect(rate).toHaveAttribute("placeholder", /^3\s470 from requirements$/u);
  await panel.getByRole("textbox", { name: "Peak over average" }).fill("6");
  await panel.getByRole("textbox", { name: "Peak over average" }).press("Enter");
  await expect(panel).toContainText(/Peak rate\s*76\s400\/s/u);
  await expect(rate).toHaveAttribute("placeholder", /^41\s700 from requirements$/u);
});
