import type { Locator, Page } from "@playwright/test";
import { part } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

async function openEmptyDesign(page: Page): Promise<void> {
  await page.goto("/");
  await page
    .getByRole("button", { name: /empty|new design/i })
    .first()
    .click();
  await expect(page.getByText("Nothing drawn yet")).toBeVisible();
}

const cards = (page: Page) => page.locator(".react-flow__node-component");
const connections = (page: Page) => page.locator(".react-flow__edge");
const fromPalette = (page: Page, title: string) =>
  page.getByLabel("Parts").getByRole("button", { name: title, exact: true });

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not on the screen");
  return box;
}

/** Presses at a place of a card where nothing else takes the press, moves, and lets go. */
async function drag(page: Page, card: Locator, by: { readonly x: number; readonly y: number }): Promise<void> {
  const box = await boxOf(card);
  const from = { x: box.x + box.width * 0.6, y: box.y + box.height * 0.8 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 40 });
  await page.mouse.up();
}

test("draw with the pointer: place, connect, move, rename, copy, delete, undo all and redo all", async ({ page }) => {
  await openEmptyDesign(page);

  await fromPalette(page, "Client").click();
  await page.mouse.click(400, 300);
  await expect(part(page, "Client")).toBeVisible();
  await fromPalette(page, "Service").dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 480, y: 420 } });
  await expect(part(page, "Service")).toBeVisible();

  // From a dot of one card to anywhere on the other.
  await part(page, "Client").hover();
  await part(page, "Client").locator('[data-side="right"]').hover();
  await page.mouse.down();
  const service = await boxOf(part(page, "Service"));
  await page.mouse.move(service.x + 20, service.y + 20, { steps: 6 });
  await page.mouse.move(service.x + 90, service.y + 60, { steps: 3 });
  await page.mouse.up();
  await expect(page.getByRole("group", { name: /^Client to Service/ })).toHaveCount(1);

  // Let go over nothing, a line asks what it leads to.
  await part(page, "Service").hover();
  await part(page, "Service").locator('[data-side="bottom"]').hover();
  await page.mouse.down();
  await page.mouse.move(500, 640, { steps: 6 });
  await page.mouse.up();
  await page.getByRole("menuitem", { name: "Cache" }).click();
  await expect(page.getByRole("group", { name: /^Service to Cache/ })).toHaveCount(1);

  const before = await boxOf(part(page, "Service"));
  await drag(page, part(page, "Service"), { x: 64, y: -96 });
  await expect.poll(async () => Math.abs((await boxOf(part(page, "Service"))).y - before.y + 96)).toBeLessThan(8);

  await part(page, "Service").dblclick({ position: { x: 100, y: 62 } });
  await page.keyboard.type("Redirect API");
  await page.keyboard.press("Enter");
  await expect(part(page, "Redirect API")).toBeFocused();

  await page.keyboard.press("ControlOrMeta+a");
  await page.evaluate(copyAndPaste);
  await expect(cards(page)).toHaveCount(6);
  await expect(connections(page)).toHaveCount(4);
  await page.keyboard.press("Delete");
  await expect(cards(page)).toHaveCount(3);

  await undoAll(page);
  await expect(page.getByText("Nothing drawn yet")).toBeVisible();
  await redoAll(page);
  await expect(cards(page)).toHaveCount(3);
  await expect(connections(page)).toHaveCount(2);
  await expect(part(page, "Redirect API")).toBeVisible();
});

test("draw with the keyboard alone", async ({ page }) => {
  await openEmptyDesign(page);

  await page.keyboard.press("/");
  await page.keyboard.type("client");
  await page.keyboard.press("Enter");
  await expect(part(page, "Client")).toBeFocused();

  // An arrow with Ctrl adds what this part calls.
  await page.keyboard.press("Control+ArrowRight");
  await expect(part(page, "Service")).toBeFocused();
  await expect(page.getByRole("group", { name: /^Client to Service/ })).toHaveCount(1);
  await page.keyboard.press("F2");
  await page.keyboard.type("Redirect API");
  await page.keyboard.press("Enter");
  await expect(part(page, "Redirect API")).toBeFocused();

  await page.keyboard.press("/");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("redis");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(cards(page)).toHaveCount(3);

  // From the API to the new part, chosen from a list.
  await part(page, "Redirect API").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("c");
  await page.keyboard.type("redis");
  await page.keyboard.press("Enter");
  await expect(connections(page)).toHaveCount(2);
  await expect(page.getByRole("group", { name: /^Redirect API to Redis/ })).toHaveCount(1);

  await part(page, "Redirect API").focus();
  await page.keyboard.press("Enter");
  const before = await boxOf(part(page, "Redirect API"));
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => Math.round((await boxOf(part(page, "Redirect API"))).y - before.y)).toBe(8);
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(part(page, "Client")).toBeFocused();

  await page.keyboard.press("Control+d");
  await expect(cards(page)).toHaveCount(4);
  await page.keyboard.press("Delete");
  await expect(cards(page)).toHaveCount(3);

  await undoAll(page);
  await expect(page.getByText("Nothing drawn yet")).toBeVisible();
  await redoAll(page);
  await expect(cards(page)).toHaveCount(3);
  await expect(connections(page)).toHaveCount(2);
});

test("a part dropped on a container goes into it, and out again, in one step each", async ({ page }) => {
  await openEmptyDesign(page);
  await fromPalette(page, "Region").click();
  await page.mouse.click(560, 480);
  const region = page.getByRole("group", { name: /^Region, / });
  await expect(region).toHaveAccessibleName("Region, region with 0 parts");
  await fromPalette(page, "Service").click();
  await page.mouse.click(420, 200);
  await expect(part(page, "Service")).toBeVisible();

  const target = await boxOf(region);
  const card = await boxOf(part(page, "Service"));
  await drag(page, part(page, "Service"), { x: target.x + 20 - card.x, y: target.y + 40 - card.y });
  await expect(region).toHaveAccessibleName("Region, region with 1 part");

  // What is inside comes along.
  const inside = await boxOf(part(page, "Service"));
  await page.mouse.move(target.x + 40, target.y + 14);
  await page.mouse.down();
  await page.mouse.move(target.x + 40, target.y - 50, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await boxOf(part(page, "Service"))).y).toBeLessThan(inside.y - 50);
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(region).toHaveAccessibleName("Region, region with 0 parts");

  await page.keyboard.press("Escape");
  await part(page, "Service").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Shift+M");
  await page.keyboard.type("region");
  await page.keyboard.press("Enter");
  await expect(region).toHaveAccessibleName("Region, region with 1 part");
});

test("a note is written in place, moved, and kept out of the way of keys", async ({ page }) => {
  await openEmptyDesign(page);
  await fromPalette(page, "Service").click();
  await page.mouse.click(420, 200);
  await page.keyboard.press("n");
  await expect(page.getByLabel("Words of the note")).toBeFocused();
  await page.keyboard.type("never change a note by c, v or f");
  await page.keyboard.press("ControlOrMeta+Enter");
  const note = page.getByRole("group", { name: "Note: never change a note by c, v or f" });
  await expect(note).toBeFocused();
  const before = await boxOf(note);
  await drag(page, note, { x: -96, y: 64 });
  await expect.poll(async () => Math.abs((await boxOf(note)).x - before.x + 96)).toBeLessThan(10);
  await page.keyboard.press("Delete");
  await expect(note).toHaveCount(0);
  await expect(cards(page)).toHaveCount(1);
});

async function undoAll(page: Page): Promise<void> {
  const undo = page.getByRole("button", { name: /^Undo/ });
  for (
    let step = 0;
    step < 60 && (await undo.getAttribute("aria-disabled")) !== "true" && (await undo.isEnabled());
    step += 1
  )
    await page.keyboard.press("ControlOrMeta+z");
}

async function redoAll(page: Page): Promise<void> {
  const redo = page.getByRole("button", { name: /^Redo/ });
  for (
    let step = 0;
    step < 60 && (await redo.getAttribute("aria-disabled")) !== "true" && (await redo.isEnabled());
    step += 1
  )
    await page.keyboard.press("ControlOrMeta+Shift+z");
}

/** What the browser does when the keys for copy and paste are pressed, with a clipboard of its own. Runs in the page. */
function copyAndPaste(): void {
  const clipboardData = new DataTransfer();
  for (const type of ["copy", "paste"]) {
    const event = new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }
}
