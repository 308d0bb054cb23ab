import type { Page } from "@playwright/test";
import { designName, downloaded, dropFile, openTemplate, part, storedDesigns } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

/**
 * Every way through the application once, under the served content policy: what the policy refuses, and whatever else the
 * page reports, fails the test by itself.
 */
test("no way through the application asks for what the content policy refuses", async ({ page, context, baseURL }) => {
  const foreign = new Set<string>();
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(baseURL ?? "").origin) foreign.add(origin);
  });
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(new URL(worker.url()).pathname));

  await openTemplate(page);
  await expect(part(page, "Redirect API")).toHaveAccessibleName(/p99/);
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    await expect(page.getByRole("tabpanel")).not.toBeEmpty();
  }
  await page.getByRole("tab", { name: "Load curve" }).click();
  await expect(page.getByRole("figure").first().locator("canvas")).toBeVisible();

  await page.getByRole("button", { name: "Arrange automatically" }).click();
  await expect(page.getByRole("button", { name: "Undo: Arrange automatically" })).toBeEnabled();
  for (const worker of ["/assets/analysis.worker-", "/assets/elk-worker"]) {
    expect(workers).toContainEqual(expect.stringContaining(worker));
  }

  await part(page, "Redirect API").click();
  await page.getByRole("button", { name: /^How is (it|this) computed/ }).click();
  await expect(page.getByRole("dialog")).toContainText("Service");
  await page.keyboard.press("Escape");

  for (const name of await exportNames(page)) {
    await page.getByRole("button", { name: "Export" }).click();
    const { bytes } = await downloaded(page, () => page.getByRole("menuitem", { name }).click());
    expect(bytes.length, name).toBeGreaterThan(100);
  }
  await dropFile(page, "not-a-design.txt", "nothing");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();

  for (const route of ["/#/", "/#/recover", "/#/design/not-there", "/#/nowhere"]) {
    await page.goto("about:blank");
    await page.goto(route);
    await expect(page.locator("#root").getByRole("heading").first()).toBeVisible();
  }
  expect([...foreign]).toEqual([]);
});

test("a hostile file is shown as text: nothing in it becomes markup, style or code", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "New design" })).toBeVisible();
  const hostile = `"><img src=x onerror="document.title='breached'"><script>document.title='breached'</script>`;
  const file = {
    format: "plimsoll",
    version: 1,
    name: hostile,
    journeys: [{ id: "j", name: hostile, source: "constructor", ratePerSecond: 1 }],
    nodes: [
      { id: "constructor", kind: "client", name: hostile, reason: `[x](javascript:alert(1)) ${hostile}` },
      { id: "hasOwnProperty", kind: "service", name: hostile },
    ],
    edges: [{ id: "toString", source: "constructor", target: "hasOwnProperty" }],
  };
  await dropFile(page, "hostile.json", JSON.stringify(file));
  await expect(designName(page)).toHaveValue(hostile);
  await expect(page.getByRole("heading", { name: /^Carries|^Just/ })).toBeVisible();
  for (const tab of await page.getByRole("tab").all()) await tab.click();
  await page.getByRole("button", { name: "Export" }).click();
  const { bytes } = await downloaded(page, () => page.getByRole("menuitem", { name: /SVG/ }).first().click());
  const picture = await page.context().newPage();
  await picture.setContent("<title>picture</title>");
  const parsed = await picture.evaluate((text) => {
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml");
    return [...drawing.querySelectorAll("parsererror, script, img, foreignObject")].map(({ tagName }) => tagName);
  }, bytes.toString());
  expect(parsed).toEqual([]);
  await page.getByRole("button", { name: "All designs" }).click();
  await expect(page.getByRole("heading", { name: hostile })).toBeVisible();
  expect(await storedDesigns(page)).toHaveLength(1);
  await expect(page).not.toHaveTitle("breached");
});

async function exportNames(page: Page): Promise<readonly string[]> {
  await page.getByRole("button", { name: "Export" }).click();
  const entries = page.getByRole("menuitem").filter({ hasText: "Download" });
  await expect(entries.first()).toBeVisible();
  const names: string[] = [];
  for (const entry of await entries.all()) names.push((await entry.getByText(/^Download/).innerText()).trim());
  await page.keyboard.press("Escape");
  expect(names.length).toBeGreaterThanOrEqual(4);
  return names;
}
