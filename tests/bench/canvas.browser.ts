import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { root } from "../tools/support/processes.mjs";

// Our canvas beside a bare React Flow canvas of the same size: a plain card, two handles, straight steps, no figures. What is
// printed are ratios of the two, so that the machine does not matter; frames are counted while a mouse really moves.

const sizes = [100, 500, 1000];
const cardsPerRow = 25;
const callsOfSystem = [
  [0, 1],
  [1, 2],
  [2, 3],
  [2, 4],
  [1, 3],
  [1, 4],
  [0, 2],
] as const;
const folder = join(root, "node_modules", ".cache", "plimsoll", "bare-canvas");
const bareAddress = "http://bare.localhost/";

interface Figures {
  readonly frameMs: number;
  readonly longTasks: number;
  readonly blockedMs: number;
}

test.beforeAll(async () => {
  await build({
    root: join(root, "tests", "bench", "bare-canvas"),
    configFile: false,
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true },
  });
});

for (const size of sizes) {
  test(`${size} parts: panning and dragging against a bare canvas`, async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.evaluate(dropFile, designText(size));
    await expect(page.locator(".react-flow__node").first()).toBeVisible({ timeout: 60_000 });
    // With figures on every card, as it is used.
    await expect(page.getByText(/^Carries|^Cannot carry/).first()).toBeVisible({ timeout: 120_000 });
    await page.waitForTimeout(1500);
    const ours = await measure(page, zoomIn);

    await page.route(`${bareAddress}**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      const file = path === "/" ? "index.html" : path.slice(1);
      const body = await readFile(join(folder, file));
      const type = file.endsWith(".js") ? "text/javascript" : file.endsWith(".css") ? "text/css" : "text/html";
      await route.fulfill({ body, contentType: type });
    });
    await page.goto(`${bareAddress}?size=${size}`);
    await expect(page.locator(".react-flow__node").first()).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(1000);
    const bare = await measure(page, zoomIn);

    for (const [name, figures] of ours) {
      const other = bare.get(name);
      expect(other, name).toBeDefined();
      if (other === undefined) continue;
      const ratio = figures.frameMs / other.frameMs;
      console.log(
        `${size} parts, ${name}: median frame ${figures.frameMs.toFixed(1)} ms, ${ratio.toFixed(2)} times the bare canvas; ` +
          `${figures.longTasks} long tasks (${figures.blockedMs.toFixed(0)} ms), bare ${other.longTasks} (${other.blockedMs.toFixed(0)} ms)`,
      );
      expect(figures.frameMs).toBeGreaterThan(0);
    }
  });
}

/** Pans and drags far out, where all is seen, and at natural size. */
async function measure(page: Page, closer: (page: Page) => Promise<void>): Promise<Map<string, Figures>> {
  const results = new Map<string, Figures>();
  results.set("panning, all in view", await recorded(page, () => pan(page)));
  results.set("dragging, all in view", await recorded(page, () => dragCard(page)));
  await closer(page);
  results.set("panning at natural size", await recorded(page, () => pan(page)));
  results.set("dragging at natural size", await recorded(page, () => dragCard(page)));
  return results;
}

async function middleOf(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(".react-flow").boundingBox();
  if (box === null) throw new Error("There is no canvas");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
}

async function zoomIn(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  for (let step = 0; step < 60; step += 1) {
    const zoom = await page.evaluate(shownZoom);
    if (zoom >= 0.95) break;
    await page.mouse.wheel(0, -120);
    await page.waitForTimeout(30);
  }
  expect(await page.evaluate(shownZoom)).toBeGreaterThan(0.9);
  await page.waitForTimeout(400);
}

/** With the middle button, which moves the view on both. */
async function pan(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  const before = await page.evaluate(shownTransform);
  await page.mouse.move(x, y);
  await page.mouse.down({ button: "middle" });
  for (let step = 0; step < 90; step += 1) {
    const turn = (step / 90) * 2 * Math.PI;
    await page.mouse.move(x + 160 * Math.sin(turn), y + 100 * (1 - Math.cos(turn)) + step / 4);
  }
  await page.mouse.up({ button: "middle" });
  expect(await page.evaluate(shownTransform)).not.toBe(before);
  await page.waitForTimeout(300);
}

async function dragCard(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  const id = await page.evaluate(cardNearest, [x, y] as const);
  const card = page.locator(`.react-flow__node[data-id="${id}"]`);
  const box = await card.boundingBox();
  if (box === null) throw new Error("There is no card to drag");
  const before = await card.getAttribute("style");
  const start = { x: box.x + box.width * 0.6, y: box.y + box.height * 0.5 };
  await page.mouse.move(start.x, start.y);
  await page.waitForTimeout(100);
  await page.mouse.down();
  let moved: string | null = null;
  for (let step = 0; step < 90; step += 1) {
    const turn = (step / 90) * 2 * Math.PI;
    if (step === 30) moved = await card.getAttribute("style");
    // It ends a few pixels from where it began, so that it covers no other card.
    await page.mouse.move(start.x + 80 * Math.sin(turn) + step / 9, start.y + 60 * (1 - Math.cos(turn)));
  }
  await page.mouse.up();
  expect(moved).not.toBe(before);
}

async function recorded(page: Page, act: () => Promise<void>): Promise<Figures> {
  await page.evaluate(startRecording);
  await act();
  return page.evaluate(stopRecording);
}

/* The functions below run in the page. */

function shownTransform(): string {
  return document.querySelector<HTMLElement>(".react-flow__viewport")?.style.transform ?? "";
}

function shownZoom(): number {
  const transform = document.querySelector<HTMLElement>(".react-flow__viewport")?.style.transform ?? "";
  return Number(/scale\(([\d.]+)\)/.exec(transform)?.[1] ?? 0);
}

function cardNearest([x, y]: readonly [number, number]): string {
  let nearest = "";
  let least = Number.POSITIVE_INFINITY;
  for (const node of document.querySelectorAll(".react-flow__node")) {
    const box = node.getBoundingClientRect();
    const away = Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
    if (away < least) {
      least = away;
      nearest = node.getAttribute("data-id") ?? "";
    }
  }
  return nearest;
}

function startRecording(): void {
  const frames: number[] = [];
  const tasks: number[] = [];
  let last = performance.now();
  let isOn = true;
  const onFrame = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    if (isOn) requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ entryTypes: ["longtask"] });
  Reflect.set(window, "stopRecordingFrames", () => {
    isOn = false;
    observer.disconnect();
    const sorted = frames.slice(1).sort((first, second) => first - second);
    return {
      frameMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
      longTasks: tasks.length,
      blockedMs: tasks.reduce((sum, duration) => sum + duration, 0),
    };
  });
}

function stopRecording(): Figures {
  const stop: unknown = Reflect.get(window, "stopRecordingFrames");
  if (typeof stop !== "function") throw new Error("Nothing is recorded");
  return stop();
}

function dropFile(content: string): void {
  const data = new DataTransfer();
  data.items.add(new File([content], "large.plimsoll.json", { type: "application/json" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}

/** A grid of small systems of five: a client and four services that call each other; the bare canvas shows the same. */
function designText(size: number): string {
  const nodes = Array.from({ length: size }, (_, index) => ({
    id: `n${index}`,
    kind: index % 5 === 0 ? "client" : "service",
    name: `Part ${index}`,
    position: { x: (index % cardsPerRow) * 280, y: Math.floor(index / cardsPerRow) * 150 },
  }));
  const clients = nodes.filter(({ kind }) => kind === "client");
  const edges = clients.flatMap((_, system) =>
    callsOfSystem.map(([from, to]) => ({
      id: `e${system}-${from}-${to}`,
      source: `n${5 * system + from}`,
      target: `n${5 * system + to}`,
    })),
  );
  const journeys = clients.map(({ id }, index) => ({ id: `j${index}`, source: id, ratePerSecond: 100 + 4 * index }));
  return JSON.stringify({ format: "plimsoll", version: 1, name: "Large", nodes, edges, journeys });
}
