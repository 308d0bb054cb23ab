import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { renderSvg } from "./drawing/render-svg.ts";
import { openFile } from "./open-file.ts";
import { hostileDesign, hostileNames, templateDesign } from "./test-designs.ts";

const design = await templateDesign("primary-replicas");
const file = printDesignFile(design);
const options = { theme: "light", background: true } as const;
const utf8 = (text: string) => new TextEncoder().encode(text);
const svg = (withSource: boolean) => renderSvg(design, catalogue, null, { ...options, withSource });

describe("a file is opened by what is in it, whatever its name", () => {
  test.each([
    ["a design file", utf8(file)],
    ["a design file with a byte order mark", utf8(`\ufeff${file}`)],
    ["a design file with Windows line ends", utf8(file.replaceAll("\n", "\r\n"))],
    ["an exported drawing", utf8(svg(true))],
    ["an exported drawing behind an XML declaration", utf8(`<?xml version="1.0"?>\n${svg(true)}`)],
    ["an exported drawing behind a comment", utf8(`<!-- passed on -->\n${svg(true)}`)],
  ])("%s", (_, bytes) => {
    expect(openFile("holiday.jpeg", bytes, kindDirectory)).toEqual({ ok: true, value: design });
  });

  test.each([
    ["a drawing without its design", utf8(svg(false)), "syntax", /holds no design/],
    ["another page", utf8("<!doctype html><p>Hello"), "syntax", /holds no design/],
    ["binary junk", Uint8Array.from({ length: 300 }, (_, index) => (index * 37) % 256), "syntax", /is not text/],
    ["text in UTF-16", new Uint8Array(Buffer.from(`\ufeff${file}`, "utf16le")), "syntax", /is not text/],
    ["a packed file", new Uint8Array(deflateSync(file)), "syntax", /is not text/],
    ["nothing", new Uint8Array(), "syntax", /./],
    ["JSON of another program", utf8('{"type":"excalidraw"}'), "shape", /./],
    [
      "a picture of another program",
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      "syntax",
      /holds no design/,
    ],
  ])("%s is refused with a reason", (_, bytes, code, message) => {
    const opened = openFile("file", bytes, kindDirectory);
    if (opened.ok) throw new Error("opened");
    const [first] = opened.problem;
    expect(first?.code).toBe(code);
    expect(first?.message).toMatch(message);
    expect(first?.expected).not.toBe("");
  });

  test("a file that is too large is not looked at", () => {
    const opened = openFile("big", new Uint8Array(50_000_001), kindDirectory);
    expect(opened.ok ? null : opened.problem[0]?.code).toBe("too-large");
  });

  test("a drawing whose embedded design has faults is refused like the file itself", () => {
    const broken = svg(true).replace(
      /base64">[^<]*/,
      `base64">${Buffer.from('{"format":"plimsoll"}').toString("base64")}`,
    );
    const opened = openFile("drawing.svg", utf8(broken), kindDirectory);
    expect(opened).toEqual(openFile("file.json", utf8('{"format":"plimsoll"}'), kindDirectory));
    expect(opened.ok).toBe(false);
  });
});

test.each(hostileNames)("a drawing of %j opens as the same design", (name) => {
  const hostile = hostileDesign(name);
  const opened = openFile(
    "x.svg",
    utf8(renderSvg(hostile, catalogue, null, { ...options, withSource: true })),
    kindDirectory,
  );
  expect(opened).toEqual(openFile("x.json", utf8(printDesignFile(hostile)), kindDirectory));
});
