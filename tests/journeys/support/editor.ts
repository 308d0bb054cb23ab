import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect } from "./test.ts";

/** A design as it lies in the browser's database. */
export interface StoredDesign {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  /** The design file, byte for byte. */
  readonly text: string;
  readonly nodeCount: number;
  readonly trashedAtMs: number | null;
}

export interface StoredSnapshot {
  readonly designId: string;
  readonly revision: number;
  readonly text: string;
}

export function designName(page: Page): Locator {
  return page.getByLabel("Name of the design");
}

/** The words that say that exactly what is on screen is stored. */
export function savedSign(page: Page): Locator {
  return page.getByText(/^Saved \d/);
}

/** A part on the canvas: "Redirect API, service, 4 × 16, utilisation 54 %, 34 700 per second, p99 5.1 ms". */
export function part(page: Page, name: string): Locator {
  return page.getByRole("group", { name: new RegExp(`^${name}, `) });
}

/** In percent, of what is offered; as the part is read aloud. Not a number while nothing is computed. */
export async function utilisation(page: Page, name: string): Promise<number> {
  const sentence = await part(page, name).evaluate((element) => {
    const labelled = element.getAttribute("aria-labelledby");
    return labelled === null ? "" : document.getElementById(labelled)?.textContent;
  });
  return Number(/utilisation ([\d.]+)\s%/u.exec(sentence ?? "")?.[1] ?? Number.NaN);
}

export function loadDial(page: Page): Locator {
  return page.getByRole("slider", { name: "Load" });
}

/** Multiple of the declared load. */
export async function shownLoad(page: Page): Promise<number> {
  return Number(await loadDial(page).getAttribute("aria-valuenow"));
}

/** From the home screen, with one click; waits until the design is stored. */
export async function openTemplate(page: Page, title = "URL shortener"): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: new RegExp(`^${title}`) }).click();
  await expect(designName(page)).toHaveValue(title);
  await expect(savedSign(page)).toBeVisible();
}

export async function renameDesign(page: Page, name: string): Promise<void> {
  const field = designName(page);
  await field.fill(name);
  await field.press("Enter");
}

/** Empty bytes of nothing are no excuse: throws unless exactly one stored design has this name. */
export async function storedDesign(page: Page, name: string): Promise<StoredDesign> {
  const found = (await storedDesigns(page)).filter((design) => design.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} stored designs are called "${name}"`);
  return only;
}

export function storedDesigns(page: Page): Promise<readonly StoredDesign[]> {
  return page.evaluate(readStore<StoredDesign>, "designs");
}

export function storedSnapshots(page: Page): Promise<readonly StoredSnapshot[]> {
  return page.evaluate(readStore<StoredSnapshot>, "snapshots");
}

/** Runs in the page, beside the application and without its code. */
function readStore<Row>(store: string): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("plimsoll");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction(store, "readonly").objectStore(store).getAll();
      reading.onerror = () => reject(reading.error);
      reading.onsuccess = () => {
        database.close();
        resolve(reading.result);
      };
    };
  });
}

export interface Download {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Presses something that hands out a file, and gives the file. */
export async function downloaded(page: Page, press: () => Promise<void>): Promise<Download> {
  const waiting = page.waitForEvent("download");
  await press();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Lets go of a file over the middle of the window, as from a folder of the desktop. */
export async function dropFile(page: Page, name: string, content: Buffer | string): Promise<void> {
  const bytes = Buffer.from(content).toString("base64");
  await page.evaluate(drop, { name, bytes });
}

function drop({ name, bytes }: { readonly name: string; readonly bytes: string }): void {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}

/** A number that is shown in a sentence, "Carries 1.8 times your peak": 1.8. */
export async function numberIn(locator: Locator): Promise<number> {
  const text = await locator.innerText();
  const found = /\d+(?:\.\d+)?/.exec(text.replace(/(?<=\d)\s(?=\d{3})/gu, ""));
  if (found === null) throw new Error(`There is no number in "${text}"`);
  return Number(found[0]);
}
