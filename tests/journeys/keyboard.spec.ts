import type { Locator, Page } from "@playwright/test";
import {
  designName,
  loadDial,
  numberIn,
  openTemplate,
  part,
  savedSign,
  shownLoad,
  utilisation,
} from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

/** More than all stops of the busiest screen. */
const mostStops = 160;

test("from the template to the doubled bottleneck and out through the export, without a pointer", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: /^URL shortener/ })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: /^URL shortener/ }));
  await page.keyboard.press("Enter");
  await expect(designName(page)).toHaveValue("URL shortener");
  await expect.poll(() => utilisation(page, "Redirect API")).toBeGreaterThan(0);
  const before = await utilisation(page, "Redirect API");

  await test.step("find the bottleneck by name", async () => {
    await page.keyboard.press("Control+K");
    await page.keyboard.type("Redirect API");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("tab", { name: "Inspect" })).toHaveAttribute("aria-selected", "true");
    await expect(part(page, "Redirect API")).toBeFocused();
  });

  const capacity = page.getByRole("button", { name: /explain capacity of Redirect API/i });
  const instances = page.getByRole("textbox", { name: "Instances", exact: true });
  const count = Number(await instances.inputValue());
  const ratePerSecond = await numberIn(capacity);
  await test.step("double its instances", async () => {
    await tabTo(page, instances);
    await page.keyboard.type(String(2 * count));
    await page.keyboard.press("Enter");
    await expect.poll(() => numberIn(capacity)).toBe(2 * ratePerSecond);
    await expect.poll(() => utilisation(page, "Redirect API")).toBeCloseTo(before / 2, -0.3);
  });

  await test.step("turn the load up and down", async () => {
    await tabTo(page, loadDial(page), "Shift+Tab");
    await page.keyboard.press("ArrowRight");
    expect(await shownLoad(page)).toBe(1.1);
    await page.keyboard.press("PageUp");
    expect(await shownLoad(page)).toBe(2);
    await expect.poll(() => utilisation(page, "Redirect API")).toBeGreaterThan(before * 0.9);
    await page.keyboard.press("End");
    expect(await shownLoad(page)).toBe(100);
    await expect(part(page, "Edge gateway")).toHaveAccessibleName(/overloaded/u);
    await page.keyboard.press("Home");
    expect(await shownLoad(page)).toBe(0.1);
  });

  await test.step("take the instances back and give them again", async () => {
    await page.keyboard.press("Control+Z");
    await expect.poll(() => numberIn(capacity)).toBe(ratePerSecond);
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => numberIn(capacity)).toBe(2 * ratePerSecond);
    await expect(savedSign(page)).toBeVisible();
  });

  await test.step("read the shortcuts, come back, and take the design away", async () => {
    await tabTo(page, page.getByRole("button", { name: "Export" }), "Shift+Tab");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help).toContainText("Undo");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Export" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    const waiting = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await waiting).suggestedFilename()).toContain("url-shortener");
  });
});

test("parts are walked along their connections, and every stop of the screen shows where it is", async ({ page }) => {
  await page.goto("/");
  await tabTo(page, page.getByRole("button", { name: /^Primary with read replicas/ }));
  await page.keyboard.press("Enter");
  await expect(designName(page)).toHaveValue("Primary with read replicas");
  const parts = page.locator(".react-flow__node");
  await expect(parts.first()).toBeVisible();
  await tabTo(page, parts.first());
  await expectVisibleFocus(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "Inspect" })).toHaveAttribute("aria-selected", "true");
  const first = await focusedId(page);
  await page.keyboard.press("Alt+ArrowRight");
  await expect.poll(() => focusedId(page)).not.toBe(first);
  await page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(() => focusedId(page)).toBe(first);
});

test("F6 goes from the parts to the drawing, the dial and the analysis, and back, and the list of parts is one stop", async ({
  page,
}) => {
  await openTemplate(page);
  const search = page.getByRole("searchbox", { name: "Find a part" });
  await expect.poll(() => utilisation(page, "Redirect API")).toBeGreaterThan(0);
  await search.focus();
  await page.keyboard.press("F6");
  await expect(part(page, "Browsers")).toBeFocused();
  await page.keyboard.press("F6");
  await expect(loadDial(page)).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Go to the next part of the screen");
  await page.keyboard.press("Escape");
  await loadDial(page).focus();
  await page.keyboard.press("F6");
  await expect(page.getByRole("tab", { name: "Overview" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(search).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(page.getByRole("tab", { name: "Overview" })).toBeFocused();
  await search.focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^API gateway/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("button", { name: /^CDN/ })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(search).toBeFocused();
});

/** Presses Tab until the element has the focus; fails when it never gets there. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${mostStops} presses of ${key} do not lead to ${target}`);
}

function focusedId(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute("data-id") ?? null);
}

/** What has the focus looks different from what has it not. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const looks = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return [];
    const look = () => {
      const inside = [element, ...element.querySelectorAll("*")].map((one) => getComputedStyle(one));
      return inside.map(({ outline, boxShadow, borderColor }) => `${outline} ${boxShadow} ${borderColor}`).join("\n");
    };
    const focused = look();
    element.blur();
    const blurred = look();
    element.focus({ focusVisible: true } as FocusOptions);
    return [focused, blurred];
  });
  expect(looks).toHaveLength(2);
  expect(looks[0]).not.toBe(looks[1]);
}
