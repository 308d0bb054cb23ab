import type { Page } from "@playwright/test";
import {
  type Download,
  designName,
  downloaded,
  dropFile,
  openTemplate,
  renameDesign,
  savedSign,
  storedDesign,
  storedDesigns,
} from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

const forms = [
  { form: "design file", entry: /design file|\(JSON\)/i, name: "taken-away.plimsoll.json" },
  { form: "drawing", entry: /SVG/, name: "taken-away.svg" },
  { form: "picture", entry: /PNG/, name: "taken-away.png" },
] as const;

for (const { form, entry, name } of forms) {
  test(`a ${form} carries the whole design: dropped on the window it opens as a new one, equal to the last byte`, async ({
    page,
  }) => {
    await openEditedTemplate(page);
    const original = await storedDesign(page, "Taken away");
    const file = await exported(page, entry);
    expect(file.name).toBe(name);
    if (form === "design file") expect(file.bytes.toString()).toBe(original.text);

    // Nothing of this browser may be needed: what comes back comes out of the file.
    const address = page.url();
    await dropFile(page, name, file.bytes);
    await expect(page).not.toHaveURL(address);
    await expect(designName(page)).toHaveValue("Taken away");
    await expect(savedSign(page)).toBeVisible();
    const stored = await storedDesigns(page);
    expect(stored).toHaveLength(2);
    expect(stored).toContainEqual(original);
    expect(stored.map(({ text }) => text)).toEqual([original.text, original.text]);
  });
}

test("the report says in words and numbers what the screen says", async ({ page }) => {
  await openTemplate(page);
  const detail = await page.getByRole("button", { name: /explain largest load/ }).innerText();
  const largest = /[\d.]+/.exec(detail)?.[0] ?? "no number";
  const report = (await exported(page, /Markdown/)).bytes.toString();
  expect(report).toMatch(/^# URL shortener$/m);
  expect(report).toContain(largest);
  for (const words of ["Follow a link", "Redirect API", "Link cache"]) expect(report).toContain(words);
  expect(report).not.toMatch(/undefined|NaN|\[object|null/);
});

const brokenFiles = [
  {
    fault: "is cut off in the middle",
    text: (whole: string) => whole.slice(0, 400),
    says: [/Line \d+/],
  },
  {
    fault: "leads to a part that is not there",
    text: (whole: string) => whole.replace('"target": "link-cache"', '"target": "nowhere"'),
    says: [/Line \d+, \$\.edges\[\d+\]\.target/, /nowhere/],
  },
  {
    fault: "has a word where a number belongs",
    text: (whole: string) => whole.replace('"ratePerSecond": 34722', '"ratePerSecond": "many"'),
    says: [/Line \d+, \$\.journeys\[0\]\.ratePerSecond/, /number/],
  },
] as const;

test("a broken file is refused with line and place, and nothing that is open or stored changes", async ({ page }) => {
  await openTemplate(page);
  const before = await storedDesigns(page);
  const address = page.url();
  const whole = before[0]?.text ?? "";
  for (const { fault, text, says } of brokenFiles) {
    const broken = text(whole);
    expect(broken, `the file that ${fault}`).not.toBe(whole);
    await dropFile(page, "broken.plimsoll.json", broken);
    const dialog = page.getByRole("dialog", { name: '"broken.plimsoll.json" cannot be opened' });
    for (const words of says) await expect(dialog).toContainText(words);
    await dialog.getByRole("button", { name: "Close" }).first().click();
    await expect(dialog).toHaveCount(0);
  }
  await expect(page).toHaveURL(address);
  expect(await storedDesigns(page)).toEqual(before);
  await renameDesign(page, "Still editable");
  await expect(savedSign(page)).toBeVisible();
});

async function openEditedTemplate(page: Page): Promise<void> {
  await openTemplate(page);
  await renameDesign(page, "Taken away");
  await expect.poll(async () => (await storedDesigns(page)).map(({ name }) => name)).toEqual(["Taken away"]);
  await expect(savedSign(page)).toBeVisible();
}

async function exported(page: Page, entry: RegExp): Promise<Download> {
  await page.getByRole("button", { name: "Export" }).click();
  return downloaded(page, () => page.getByRole("menuitem", { name: entry }).first().click());
}
