import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readXml } from "../test-xml.ts";
import { escapeXml, fitText, num, textWidth, wrapText } from "./svg-text.ts";

const anyText = fc.string({ unit: "binary", maxLength: 40 });

describe("text in XML", () => {
  test("is read back as it was, without what XML forbids", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeXml(text);
        const [root] = readXml(`<t a="${escaped}">${escaped}</t>`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
        const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "");
        expect(root?.text).toBe(allowed);
        expect(root?.attributes.get("a")).toBe(allowed);
      }),
    );
  });

  test("a lone surrogate is dropped and a pair is kept", () => {
    expect(escapeXml("a\ud800b\udc00c🦉")).toBe("abc🦉");
  });

  test("]]> is no end of anything", () => {
    expect(escapeXml("]]>")).toBe("]]&gt;");
  });
});

describe("fitting", () => {
  test("what is cut is no wider than the room, ends with an ellipsis and begins as the text does", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 30, max: 200 }), (text, width) => {
        const fitted = fitText(text, 12, width);
        expect(textWidth(fitted, 12)).toBeLessThanOrEqual(width + 1e-9);
        if (fitted !== text) {
          expect(fitted.endsWith("…")).toBe(true);
          expect(text.startsWith(fitted.slice(0, -1))).toBe(true);
        }
      }),
    );
  });

  test("never cuts a character in two", () => {
    expect(fitText("🦉🦉🦉🦉", 12, 32)).toMatch(/^(🦉)+…$/u);
  });

  test("strong text is wider", () => {
    expect(textWidth("Redirect API", 12, 600)).toBeGreaterThan(textWidth("Redirect API", 12));
  });
});

describe("wrapping", () => {
  test("every line fits, no more lines than asked for, and all words are there when there is room", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 80, max: 300 }), fc.integer({ min: 1, max: 8 }), (list, width, most) => {
        const lines = wrapText(list.join(" "), 12, width, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width + 1e-9);
        const all = wrapText(list.join(" "), 12, width, 1000);
        expect(all.join(" ")).toBe(list.join(" "));
        if (all.length > most) expect(lines.at(-1)?.endsWith("…")).toBe(true);
      }),
    );
  });

  test("line ends of the text are kept", () => {
    expect(wrapText("one\r\ntwo\n\nthree", 12, 200, 9)).toEqual(["one", "two", "", "three"]);
  });
});

test("numbers have two decimals at most and no minus before zero", () => {
  expect([num(1 / 3), num(-0.001), num(1e6), num(12)]).toEqual(["0.33", "0", "1000000", "12"]);
});
