import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type DrawingPalette, palettes } from "#src/exchange/drawing/palette.ts";

const css = readFileSync(new URL("./kit/tokens.css", import.meta.url), "utf8");

const tokenOf: Readonly<Record<keyof DrawingPalette, string>> = {
  canvas: "--canvas",
  panel: "--card",
  ink: "--ink",
  muted: "--muted",
  line: "--line",
  track: "--track",
  wash: "--load-wash",
  load: "--load",
  near: "--near",
  over: "--over",
  edge: "--neutral-bar",
  mark: "--mark",
};

const blocks = { light: ':root,\n[data-theme="light"] {', dark: '\n[data-theme="dark"] {' } as const;

describe.each(["light", "dark"] as const)("the %s colours of a drawing", (theme) => {
  const start = css.indexOf(blocks[theme]);
  const block = css.slice(start, css.indexOf("}", start));
  const tokens = new Map([...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map((found) => [found[1], found[2]]));

  test("are those of the screen", () => {
    expect(start).toBeGreaterThan(0);
    const ofScreen = Object.fromEntries(Object.entries(tokenOf).map(([name, token]) => [name, tokens.get(token)]));
    expect(palettes[theme]).toEqual(ofScreen);
  });
});
