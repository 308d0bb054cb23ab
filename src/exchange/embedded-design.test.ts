import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { embedInSvg, readFromSvg } from "./embedded-design.ts";
import { embedInPng, isPng, readFromPng, unpack } from "./png-design.ts";
import { readXml } from "./test-xml.ts";

/** CRC-32 by table, from the PNG specification's sample code (annex D), apart from the one under test. */
function crc32(bytes: Uint8Array): number {
  const table = Array.from({ length: 256 }, (_, start) => {
    let value = start;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, check]);
}

/** A real picture of 2 × 2 grey pixels. */
function tinyPng(...more: readonly Buffer[]): Uint8Array {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.from([0, 10, 20, 0, 30, 40]));
  return new Uint8Array(
    Buffer.concat([signature, chunk("IHDR", header), ...more, chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]),
  );
}

/** Type, data and stored check of each chunk. */
function chunksOf(png: Uint8Array): readonly { type: string; data: Buffer; isSound: boolean }[] {
  const bytes = Buffer.from(png);
  const chunks = [];
  for (let at = 8; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + size);
    chunks.push({
      type: body.toString("latin1", 0, 4),
      data: body.subarray(4),
      isSound: bytes.readUInt32BE(at + 8 + size) === crc32(body),
    });
    at += 12 + size;
  }
  return chunks;
}

const anyText = fc.string({ unit: "grapheme", maxLength: 400 });
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg">\n<title>A &lt;design&gt;</title>\n<rect width="1" height="1"/>\n</svg>';

describe("a design in an SVG", () => {
  test("comes out as it went in, and the picture stays well-formed", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const withDesign = embedInSvg(svg, text);
        expect(readFromSvg(withDesign)).toBe(text);
        expect(readXml(withDesign).map(({ name }) => name)).toEqual(["svg", "title", "metadata", "plimsoll", "rect"]);
      }),
    );
  });

  test.each([
    ["without one", svg],
    ["cut off", embedInSvg(svg, "some text").slice(0, 160)],
    ["with letters that are no base64", embedInSvg(svg, "some text").replace('"base64">', '"base64">*')],
    ["with bytes that are no UTF-8", embedInSvg(svg, "x").replace(/base64">[^<]*/, 'base64">/////w==')],
  ])("a picture %s holds none", (_, text) => {
    expect(readFromSvg(text)).toBeNull();
  });
});

describe("a design in a PNG", () => {
  test("comes out as it went in, behind the header, and every chunk is sound", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const withDesign = embedInPng(tinyPng(), text);
        expect(readFromPng(withDesign)).toBe(text);
        const chunks = chunksOf(withDesign);
        expect(chunks.map(({ type }) => type)).toEqual(["IHDR", "iTXt", "IDAT", "IEND"]);
        expect(chunks.every(({ isSound }) => isSound)).toBe(true);
      }),
    );
  });

  test("is an iTXt chunk that other readers understand", () => {
    const [, text] = chunksOf(embedInPng(tinyPng(), "Straße 🦉"));
    const keyword = text?.data.subarray(0, text.data.indexOf(0)).toString("latin1") ?? "";
    expect(keyword).toBe("plimsoll-design");
    // Compressed (1) by zlib (0), then empty language and translated keyword.
    expect([...(text?.data.subarray(keyword.length, keyword.length + 5) ?? [])]).toEqual([0, 1, 0, 0, 0]);
    expect(inflateSync(text?.data.subarray(keyword.length + 5) ?? Buffer.alloc(0)).toString("utf8")).toBe("Straße 🦉");
  });

  test("leaves the picture itself as it was", () => {
    const png = tinyPng();
    const withDesign = embedInPng(png, "text");
    const kept = chunksOf(withDesign).filter(({ type }) => type !== "iTXt");
    expect(kept).toEqual(chunksOf(png));
  });

  test("no damaged byte goes unnoticed, and none is an error", () => {
    const withDesign = embedInPng(tinyPng(), "a design that must not change unnoticed");
    const start = 8 + 25;
    const size = Buffer.from(withDesign).readUInt32BE(start);
    for (let at = start; at < start + 12 + size; at++) {
      for (const flip of [0x01, 0x80]) {
        const damaged = withDesign.slice();
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        expect(readFromPng(damaged), `byte ${at}`).toBeNull();
      }
    }
    for (let length = 0; length < start + 12 + size; length++) {
      expect(readFromPng(withDesign.subarray(0, length))).toBeNull();
    }
  });

  test("text of others, and bytes that are no picture, hold none", () => {
    expect(readFromPng(tinyPng(chunk("iTXt", Buffer.from("Comment\0\0\0\0\0hello", "latin1"))))).toBeNull();
    expect(readFromPng(tinyPng())).toBeNull();
    expect(readFromPng(new TextEncoder().encode("no picture"))).toBeNull();
    expect(isPng(new Uint8Array())).toBe(false);
    expect(() => embedInPng(new Uint8Array([1, 2, 3]), "text")).toThrow("Not a PNG");
  });

  test("bytes read from the middle of a larger buffer are read rightly", () => {
    const withDesign = embedInPng(tinyPng(), "text");
    const larger = new Uint8Array(withDesign.length + 100);
    larger.set(withDesign, 50);
    expect(readFromPng(larger.subarray(50, 50 + withDesign.length))).toBe("text");
  });
});

describe("unpacking", () => {
  const bomb = deflateSync(Buffer.alloc(200_000_000));

  test("stops soon after the limit, however much is packed", () => {
    const before = process.memoryUsage().arrayBuffers;
    const start = performance.now();
    expect(unpack(bomb, 1_000_000)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2000);
    // One step unpacks at most about a thousand times its 4 kB; the whole would be 200 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });

  test("gives back exactly what was packed, up to the limit itself", () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * index) % 251);
    const packed = deflateSync(bytes);
    expect(unpack(packed, 100_000)).toEqual(bytes);
    expect(unpack(packed, 99_999)).toBeNull();
  });

  test("a picture with such a chunk holds no design", () => {
    const data = Buffer.concat([Buffer.from("plimsoll-design\0\x01\0\0\0", "latin1"), bomb]);
    expect(readFromPng(tinyPng(chunk("iTXt", data)))).toBeNull();
  });

  test("data that ends too early is damaged", () => {
    const packed = deflateSync(Buffer.from("some text that is long enough to be cut"));
    expect(unpack(packed.subarray(0, packed.length - 12), 1000)).toBeNull();
    expect(unpack(new Uint8Array(), 1000)).toBeNull();
  });
});
