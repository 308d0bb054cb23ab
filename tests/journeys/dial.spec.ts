import type { Page } from "@playwright/test";
import { loadDial, openTemplate, part, shownLoad } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

/** Generous: a drag feels stuck above 100 ms, and this machine may be shared. */
const longestTaskMs = 200;

test("dragging the dial moves every figure, past the break there is no steady state, and the screen keeps up", async ({
  page,
}) => {
  await page.addInitScript(recordLongTasks);
  await openTemplate(page);
  const bottleneck = part(page, "Redirect API");
  await expect(bottleneck).toHaveAccessibleName(/utilisation \d+\s%, [^,]+ per second, p99/u);
  const rate = page.getByRole("row", { name: /^Follow a link/ });
  await expect(rate).toContainText(/34\s700/u);
  await page.evaluate(() => performance.mark("drag"));

  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const seen = [await shownLoad(page)];
  for (let offset = 4; offset <= 80; offset += 4) {
    await page.mouse.move(x + offset, y);
    seen.push(await shownLoad(page));
  }
  expect(seen, "the dial follows the pointer").toEqual([...seen].sort((first, second) => first - second));
  const load = seen.at(-1) ?? 0;
  expect(load).toBeGreaterThan(2.5);
  await expect(page.getByRole("heading", { name: `Journeys at load ${load}×` })).toBeVisible();
  await expect(bottleneck).toHaveAccessibleName(/overloaded, .*, no steady state/u);
  for (const percentile of [2, 3]) await expect(rate.getByRole("cell").nth(percentile)).not.toContainText(/\d\s?ms/u);
  await expect(rate).toContainText("missed");
  await expect(page.getByText(/Redirect API is offered more than it can serve/)).toBeVisible();

  for (let offset = 80; offset >= -80; offset -= 8) await page.mouse.move(x + offset, y);
  await page.mouse.up();
  const low = await shownLoad(page);
  expect(low).toBeLessThan(0.5);
  await expect(page.getByRole("heading", { name: `Journeys at load ${low}×` })).toBeVisible();
  await expect(bottleneck).toHaveAccessibleName(/utilisation \d+\s%, [^,]+ per second, p99/u);
  await expect(rate).toContainText("met");
  expect(await longTasksSince(page, "drag"), "tasks that kept the screen from answering").toEqual([]);

  await page.getByRole("button", { name: "Back to 1×" }).click();
  await expect(rate).toContainText(/34\s700/u);
});

test("the dial stands where the design breaks, and every figure there can be explained", async ({ page }) => {
  await openTemplate(page);
  await page.keyboard.press("Control+K");
  await page.keyboard.type("what the design can carry");
  await page.keyboard.press("Enter");
  await expect(part(page, "Redirect API")).toHaveAccessibleName(/utilisation 100\s%/u);
  await page.getByRole("button", { name: /explain largest load/ }).click();
  const explanation = page.getByRole("region", { name: /^Explanation/ });
  await expect(explanation).toContainText("Redirect API");
  await page.keyboard.press("Escape");
  await expect(explanation).toHaveCount(0);
});

async function middleOf(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await loadDial(page).boundingBox();
  if (box === null) throw new Error("The dial is not on screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Runs in the page, before it. */
function recordLongTasks(): void {
  const tasks: { readonly startMs: number; readonly durationMs: number }[] = [];
  Reflect.set(window, "longTasks", tasks);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startMs: startTime, durationMs: duration });
  }).observe({ entryTypes: ["longtask"] });
}

function longTasksSince(page: Page, mark: string): Promise<readonly number[]> {
  return page.evaluate(
    ([name, limitMs]) => {
      const startMs = performance.getEntriesByName(name)[0]?.startTime ?? 0;
      const tasks: readonly { readonly startMs: number; readonly durationMs: number }[] = Reflect.get(
        window,
        "longTasks",
      );
      return tasks
        .filter((task) => task.startMs >= startMs && task.durationMs > limitMs)
        .map((task) => task.durationMs);
    },
    [mark, longestTaskMs] as const,
  );
}
