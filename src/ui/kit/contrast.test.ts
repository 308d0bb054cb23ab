import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

type Tokens = ReadonlyMap<string, string>;

/** Declarations of the one block whose selector list matches exactly. */
function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no block for ${selector}`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

const light = tokensOf(':root,\n[data-theme="light"]');
const dark = tokensOf('\n[data-theme="dark"]');
const systemDark = tokensOf(":root:not([data-theme])");

/** Relative luminance of a #rrggbb colour (WCAG 2.2, definition of relative luminance). */
function luminance(hex: string): number {
  if (!/^#[0-9a-f]{6}$/.test(hex)) throw new Error(`not a #rrggbb colour: ${hex}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const SURFACES = ["--canvas", "--panel", "--card", "--raised", "--sunken", "--hover"];
const pairs = (texts: readonly string[], grounds: readonly string[]) =>
  texts.flatMap((text) => grounds.map((ground) => [text, ground] as const));

/** Text and what it stands on: at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
const TEXT_PAIRS = [
  ...pairs(["--ink", "--muted", "--faint", "--brand-text", "--load-text", "--near-text", "--over-text"], SURFACES),
  ...pairs(["--ink", "--muted", "--brand-text"], ["--brand-wash"]),
  ...pairs(["--ink", "--muted"], ["--pressed", "--near-wash", "--over-wash", "--load-wash"]),
  ...pairs(["--load-text"], ["--load-wash"]),
  ...pairs(["--near-text"], ["--near-wash"]),
  ...pairs(["--over-text"], ["--over-wash"]),
  ...pairs(["--on-brand"], ["--brand", "--brand-hover", "--brand-pressed"]),
  ...pairs(["--on-over"], ["--over", "--over-hover"]),
  ...pairs(["--on-tip", "--on-tip-muted"], ["--tip"]),
];

/** Parts that must be seen to use the interface: at least 3 to 1 (WCAG 2.2, 1.4.11). The mark brings its own panel-coloured ground. */
const PART_PAIRS = [
  ...pairs(
    ["--load", "--near", "--over", "--neutral-bar", "--field-line", "--mark", "--brand", "--focus"],
    ["--panel", "--card", "--raised", "--canvas"],
  ),
  ...pairs(["--mark", "--load", "--near", "--over"], ["--track"]),
];

describe.each([
  ["light", light],
  ["dark", dark],
] as const)("%s theme", (_theme, tokens) => {
  const colour = (name: string): string => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`no token ${name}`);
    return value;
  };

  test.each(TEXT_PAIRS)("text %s on %s is readable", (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(PART_PAIRS)("part %s on %s can be seen", (part, ground) => {
    expect(contrast(colour(part), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});

test("both themes define the same tokens, and the system's dark is the chosen dark", () => {
  expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
  expect([...systemDark]).toEqual([...dark]);
});

test("the ratio is the one of the standard", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
