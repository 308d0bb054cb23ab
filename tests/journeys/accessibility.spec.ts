import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { openTemplate, part } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

const tabs = ["Inspect", "Overview", "Paths", "Capacity", "Load curve", "Findings", "Data"] as const;

for (const [colorScheme, rules] of [
  ["light", "all"],
  ["dark", "contrast"],
] as const) {
  test.describe(`with ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("the home screen has no barriers, empty, with designs and with the trash", async ({ page }) => {
      await page.goto("/");
      await expect(
        page
          .getByRole("button", { name: /^URL shortener/ })
          .locator("svg, img")
          .first(),
      ).toBeVisible();
      await expectNoBarriers(page, "empty", rules);
      await openTemplate(page);
      await page.getByRole("button", { name: "All designs" }).click();
      await expect(page.getByRole("heading", { name: "Your designs" })).toBeVisible();
      await page.getByRole("button", { name: "More for URL shortener" }).click();
      await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
      await expectNoBarriers(page, "with a design and its menu", rules);
      await page.getByRole("menuitem", { name: "Move to the trash" }).click();
      await page.getByRole("radio", { name: "Trash 1" }).click();
      await expectNoBarriers(page, "the trash, with a message", rules);
    });

    test("the page about the models has no barriers", async ({ page }) => {
      await page.goto("/#/fidelity");
      await expect(page.getByRole("heading", { name: "How right the numbers are" })).toBeVisible();
      await expectNoBarriers(page, "fidelity", rules);
    });

    test("the editor has no barriers, on any tab, over the limit or below it", async ({ page }) => {
      await openTemplate(page);
      await expect(part(page, "Redirect API")).toHaveAccessibleName(/p99/);
      await expectNoBarriers(page, "the whole", rules);
      for (const tab of tabs) {
        await page.getByRole("tab", { name: tab }).click();
        await expect(page.getByRole("tab", { name: tab })).toHaveAttribute("aria-selected", "true");
        await expectNoBarriers(page, tab, rules, "[role=tabpanel]");
      }
      await part(page, "Redirect API").click();
      await expect(page.getByRole("textbox", { name: "Instances", exact: true })).toBeVisible();
      await expectNoBarriers(page, "a part and its settings", rules, "[role=tabpanel]");
      await page.getByRole("slider", { name: "Load" }).press("End");
      await expect(part(page, "Edge gateway")).toHaveAccessibleName(/overloaded/);
      await page.getByRole("tab", { name: "Overview" }).click();
      await expectNoBarriers(page, "overloaded", rules);
    });

    test("what figures rest on has no barriers", async ({ page }) => {
      await openTemplate(page);
      await page.getByRole("tab", { name: "Certainty" }).click();
      await expect(page.getByRole("heading", { name: /^Rests most on/ })).toBeVisible({ timeout: 45_000 });
      await expectNoBarriers(page, "Certainty", rules, "[role=tabpanel]");
    });

    test("dialogs and menus have no barriers", async ({ page }) => {
      await openTemplate(page);
      await page.getByRole("button", { name: "Export" }).click();
      await expect(page.getByRole("menuitem").first()).toBeVisible();
      await expectNoBarriers(page, "export", rules, "[role=menu]");
      await page.keyboard.press("Escape");
      await page.getByRole("tab", { name: "Capacity" }).click();
      await page.getByRole("button", { name: "Plan capacity" }).click();
      await expect(page.getByRole("heading", { name: /your peak/ })).toBeVisible({ timeout: 30_000 });
      await expectNoBarriers(page, "the plan", rules, "dialog");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+K");
      await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
      await expectNoBarriers(page, "commands", rules, "dialog[open]");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
      await expectNoBarriers(page, "shortcuts", rules, "dialog[open]");
    });
  });
}

test("the recovery page has no barriers", async ({ page }) => {
  await openTemplate(page);
  await page.goto("about:blank");
  await page.goto("/#/recover");
  await expect(page.getByRole("heading", { name: "Recover designs" })).toBeVisible();
  await expectNoBarriers(page, "recovery");
});

test.describe("when less motion is asked for", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves by itself", async ({ page }) => {
    await openTemplate(page);
    await expect(part(page, "Redirect API")).toHaveAccessibleName(/p99/);
    await page.getByRole("button", { name: "Export" }).click();
    await expect(page.getByRole("menuitem").first()).toBeVisible();
    expect(await page.evaluate(movements)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    expect(await page.evaluate(movements)).toEqual([]);
  });
});

test("at rest nothing moves, whatever is asked for", async ({ page }) => {
  await openTemplate(page);
  await expect(part(page, "Redirect API")).toHaveAccessibleName(/p99/);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
});

/** WCAG 2.2 A and AA. Dark colours change nothing but the contrast. */
async function expectNoBarriers(
  page: Page,
  place: string,
  rules: "all" | "contrast" = "all",
  within = "body",
): Promise<void> {
  const axe = new AxeBuilder({ page }).include(within);
  const { violations } = await (rules === "all"
    ? axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    : axe.withRules(["color-contrast", "link-in-text-block"])
  ).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`),
  );
  expect(found, place).toEqual([]);
}

/** Every transition and animation that runs, or would, for longer than a blink. Runs in the page. */
function movements(): readonly string[] {
  const longestSeconds = 0.02;
  const running = document.getAnimations().map((animation) => `running: ${animation.id}`);
  const declared = [...document.querySelectorAll("*")].flatMap((element) => {
    const { animationName, animationDuration, transitionDuration, transitionProperty } = getComputedStyle(element);
    const lasts = (durations: string) => durations.split(",").some((text) => Number.parseFloat(text) > longestSeconds);
    const isMoving = animationName !== "none" && lasts(animationDuration);
    const isChanging = transitionProperty !== "none" && lasts(transitionDuration);
    return isMoving || isChanging ? [`${element.tagName} ${element.getAttribute("class")} ${transitionProperty}`] : [];
  });
  return [...running, ...declared];
}
