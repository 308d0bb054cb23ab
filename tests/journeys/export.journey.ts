import type { Page } from "@playwright/test";
import { type Download, designName, downloaded, dropFile, openTemplate } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

const title = "Primary with read replicas";

async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menu").getByText(entry, { exact: true }).click();
}

const exported = (page: Page, entry: string): Promise<Download> => downloaded(page, () => choose(page, entry));

/** Size and the colour of the first pixel of a PNG, as the browser decodes it. */
function lookAt(page: Page, base64: string) {
  return page.evaluate(async (text) => {
    const image = new Image();
    image.src = `data:image/png;base64,${text}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const [red, green, blue] = context?.getImageData(1, 1, 1, 1).data ?? [];
    return { width: image.naturalWidth, height: image.naturalHeight, corner: [red, green, blue] };
  }, base64);
}

test("pictures come in two sizes and two themes, and give the design back", async ({ page }) => {
  const writers: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("export-files")) writers.push(request.url());
  });
  await openTemplate(page, title);
  expect(writers).toEqual([]);
  const once = await exported(page, "Download a picture (PNG)");
  expect(writers).toHaveLength(1);
  const twice = await exported(page, "Download a picture of twice the size (PNG)");
  await choose(page, "Dark");
  const dark = await exported(page, "Download a picture (PNG)");
  const [small, large, night] = [
    await lookAt(page, once.bytes.toString("base64")),
    await lookAt(page, twice.bytes.toString("base64")),
    await lookAt(page, dark.bytes.toString("base64")),
  ];
  expect(large.width).toBe(2 * small.width);
  expect(large.height).toBe(2 * small.height);
  expect(small.corner).toEqual([0xf4, 0xf6, 0xf8]);
  expect(night.corner).toEqual([0x0d, 0x13, 0x1a]);
  expect(once.name).toBe("primary-with-read-replicas.png");
  expect(once.bytes.includes("plimsoll-design")).toBe(true);

  // The picture opens as the design that it shows.
  const address = page.url();
  await dropFile(page, once.name, once.bytes);
  await expect(page).not.toHaveURL(address);
  await expect(designName(page)).toHaveValue(title);
});

test("a picture and a drawing go over the clipboard", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTemplate(page, title);
  await choose(page, "Copy as a picture (PNG)");
  await expect(page.getByText("Copied the picture.")).toBeVisible();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => [...item.types]));
  expect(types).toEqual(["image/png"]);
  await choose(page, "Copy as a drawing (SVG)");
  await expect(page.getByText("Copied the drawing as SVG.")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^<svg [\s\S]*Read balancer[\s\S]*<\/svg>\s*$/);
});

test("words in a picture are drawn in the application's own font", async ({ page }) => {
  await openTemplate(page, title);
  const fonts = new Set<string>();
  page.on("request", (request) => {
    if (request.url().endsWith(".woff2")) fonts.add(request.url());
  });
  const picture = await exported(page, "Download a picture (PNG)");
  expect([...fonts].some((url) => url.includes("inter-latin-wght-normal"))).toBe(true);
  // The same drawing without the font inside looks different.
  const drawing = await exported(page, "Download a drawing (SVG)");
  const differing = await page.evaluate(
    async ([png, svg]) => {
      const pixelsOf = async (url: string) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = image.naturalWidth;
        canvas.height = image.naturalHeight;
        const context = canvas.getContext("2d");
        context?.drawImage(image, 0, 0);
        return context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      };
      const [own, plain] = [
        await pixelsOf(`data:image/png;base64,${png}`),
        await pixelsOf(`data:image/svg+xml;base64,${svg}`),
      ];
      return own.reduce((count, value, index) => count + (Math.abs(value - (plain[index] ?? 0)) > 40 ? 1 : 0), 0);
    },
    [picture.bytes.toString("base64"), drawing.bytes.toString("base64")] as const,
  );
  expect(differing).toBeGreaterThan(1000);
});
