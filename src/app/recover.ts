import "./recover.css";
import { type RawRecord, readLackingCopies, readRawRecords } from "#src/adapters/storage/raw-records.ts";
import { download, fileName } from "#src/ui/download.ts";

/** The page of last resort: what lies in the database, as it is, to be downloaded. Plain elements, no framework. */
export async function showRecovery(root: HTMLElement): Promise<void> {
  document.title = "Recover designs – Plimsoll";
  const page = newPage(root, "Recover designs");
  page.append(
    paragraph(
      "Everything that this browser has stored for Plimsoll, exactly as it is. Nothing is changed by this page.",
    ),
  );
  let stored: readonly RawRecord[] = [];
  let isReadable = true;
  try {
    stored = await readRawRecords(indexedDB);
  } catch (error) {
    isReadable = false;
    page.append(paragraph(`The browser's storage could not be read: ${textOf(error)}`));
  }
  const copies = await readLackingCopies(stored);
  const designs = stored.filter((record) => record.store === "designs");
  const earlier = stored.filter((record) => record.store !== "designs");
  const records = [...stored, ...copies];
  if (isReadable && records.length === 0) page.append(paragraph("There are no designs in this browser."));
  const everything = button("Download everything", () => {
    download("plimsoll-recovered.json", JSON.stringify(records, null, 2));
  });
  page.append(records.length === 0 ? actions(homeLink()) : actions(everything, homeLink()));
  if (designs.length > 0) page.append(listOf(designs));
  if (copies.length > 0) {
    page.append(paragraph(`Second copies of designs that the database lacks: ${copies.length}`), listOf(copies));
  }
  if (earlier.length > 0) page.append(paragraph(`Earlier versions: ${earlier.length}`), listOf(earlier));
}

/** When the application itself could not be loaded. */
export function showStartFailure(root: HTMLElement, error: unknown): void {
  const page = newPage(root, "Plimsoll did not start");
  const recover = document.createElement("a");
  recover.className = "button";
  recover.href = "#/recover";
  recover.textContent = "Recover designs";
  page.append(
    paragraph(`${textOf(error)} Your designs are still in this browser. Load the page again, or download them.`),
    actions(
      button("Load the page again", () => location.reload()),
      recover,
    ),
  );
}

function newPage(root: HTMLElement, title: string): HTMLElement {
  const page = document.createElement("main");
  page.className = "recovery";
  const heading = document.createElement("h1");
  heading.textContent = title;
  page.append(heading);
  root.replaceChildren(page);
  return page;
}

function listOf(records: readonly RawRecord[]): HTMLElement {
  const list = document.createElement("ul");
  for (const record of records) {
    const row = document.createElement("li");
    const savedAt = record.savedAtMs === null ? "" : new Date(record.savedAtMs).toLocaleString();
    row.append(
      span(record.name),
      span(savedAt),
      span(`${record.text.length.toLocaleString()} characters`),
      button("Download", () => download(fileName(record.name, "plimsoll.json"), record.text)),
    );
    list.append(row);
  }
  return list;
}

function span(text: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function button(text: string, onClick: () => void): HTMLElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", onClick);
  return element;
}

function homeLink(): HTMLElement {
  const link = document.createElement("a");
  link.className = "button";
  link.href = "#/";
  link.textContent = "Back to the designs";
  return link;
}

function actions(...elements: readonly HTMLElement[]): HTMLElement {
  const row = document.createElement("div");
  row.className = "actions";
  row.append(...elements);
  return row;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
